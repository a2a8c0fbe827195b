import { AppError } from '../contract/errors.ts';
import type { DocumentSource } from '../contract/records.ts';
import type { Digest } from '../digest/digest.ts';

/**
 * A document on its way, hashed, and never longer or shorter than it promised to be: a header may have said so already.
 *
 * @param document - to be read
 * @param digest - takes its bytes
 * @param advance - hears of each byte that was taken
 * @throws `document-changed`, and what the document's `read` throws
 */
export async function* hashed(
  document: DocumentSource,
  digest: Digest,
  advance: (bytes: number) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  let bytes = 0;
  for await (const piece of document.read()) {
    bytes += piece.byteLength;
    if (bytes > document.bytes) throw new AppError('document-changed', { name: document.name });
    await digest.update(piece);
    yield piece;
    advance(piece.byteLength);
  }
  if (bytes !== document.bytes) throw new AppError('document-changed', { name: document.name });
}
