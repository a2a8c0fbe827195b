/**
 * A stream that delivers bytes in pieces of one size.
 *
 * @param bytes - all of them
 * @param size - of each piece; the whole at once by default
 */
export async function* pieces(
  bytes: Uint8Array,
  size = Math.max(1, bytes.byteLength),
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let offset = 0; offset < bytes.byteLength; offset += size)
    yield await Promise.resolve(bytes.subarray(offset, offset + size));
}

/**
 * All bytes of a stream.
 *
 * @param stream - to its end
 */
export async function collect(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  // Copied at once, so that a stream which reused its buffers would be found out.
  for await (const piece of stream) all.push(Uint8Array.from(piece));
  return Buffer.concat(all);
}
