/** From this size on a bundle is uploaded in parts, and this is how large they are. Amazon S3 allows 5 MiB to 5 GiB. */
export const PART_BYTES = 16 * 1024 * 1024;
/** Of the 10,000 that Amazon S3 allows; the estimate that the size is based on may be a little low. */
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
