/** From this size on a bundle is uploaded in parts, and this is how large they are. Amazon S3 allows 5 MiB to 5 GiB. */
export const PART_BYTES = 16 * 1024 * 1024;
/** Amazon S3 allows 10,000; the estimate that the size is based on may be a little low. */
export const MAX_PARTS = 10_000;
const PLANNED_PARTS = 9_000;

/**
 * The part size with which a bundle fits into one upload.
 *
 * @param expectedBytes - about how long the bundle will be
 * @returns bytes; 16 MiB up to 140 GiB, whole MiB above
 */
export function partSizeFor(expectedBytes: number): number {
  const mebibyte = 1024 * 1024;
  const needed = Math.ceil(expectedBytes / PLANNED_PARTS / mebibyte) * mebibyte;
  return Math.max(PART_BYTES, needed);
}

/**
 * Cuts a stream into parts of one size; only the last may be shorter. Each is a buffer of its own, so that it can be sent again.
 *
 * @param source - pieces of any size
 * @param size - bytes
 * @returns parts, none of them empty
 */
export async function* cutParts(
  source: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array, undefined, undefined> {
  let part: Buffer | undefined;
  let used = 0;
  for await (const piece of source) {
    for (let offset = 0; offset < piece.byteLength;) {
      part ??= Buffer.allocUnsafeSlow(size);
      const count = Math.min(size - used, piece.byteLength - offset);
      part.set(piece.subarray(offset, offset + count), used);
      used += count;
      offset += count;
      if (used === size) {
        yield part;
        part = undefined;
        used = 0;
      }
    }
  }
  if (part !== undefined) yield part.subarray(0, used);
  return undefined;
}
