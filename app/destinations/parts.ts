export { PART_BYTES, partSizeFor } from '../s3/part-size.ts';

/** As many as Amazon S3 allows. */
export const MAX_PARTS = 10_000;

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
