import { AppError } from '../contract/errors.ts';
import type { DocumentRecord, SumsOutcome } from '../contract/records.ts';

/** The name of the checksum file, the last entry of a bundle. */
export const SUMS_NAME = 'SHA256SUMS';
/** The name of the sender's note, the first entry of a bundle that has one. */
export const NOTE_NAME = 'NOTE.txt';

/** `HASH`, a space, a space or `*`, and the name: the form that `sha256sum` writes and `sha256sum -c` reads. */
const LINE = /^(?<sha256>[0-9a-f]{64}) [ *](?:\.\/)?(?<name>.+)$/i;

/**
 * The checksum file over documents, so that `sha256sum -c SHA256SUMS` works beside them.
 *
 * @param documents - in the order of the archive
 */
export function formatSums(documents: readonly DocumentRecord[]): string {
  return documents.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('');
}

/**
 * Compares the documents that came out of an archive with the checksum file that came last.
 *
 * @param text - the checksum file, or `undefined` where there was none
 * @param documents - what came out, with its real sums, without the checksum file itself
 * @param whole - whether it is certain otherwise that these are all documents that were put in: a listed one that is not there was
 * then never in the archive
 * @returns how far the file vouches for the documents; a text that is no checksum file at all counts as `absent`
 * @throws `bundle-damaged` (`checksums`, `mismatch`) when a sum differs, or when a listed document is missing from what may not be
 * whole
 */
export function verifySums(
  text: string | undefined,
  documents: readonly DocumentRecord[],
  whole = false,
): SumsOutcome {
  const sums = text === undefined ? undefined : parseSums(text);
  if (sums === undefined) return 'absent';
  const found = new Map(documents.map((document) => [document.name, document.sha256]));
  for (const [name, sha256] of sums) {
    const real = found.get(name);
    if (real === undefined && whole) continue;
    if (real !== sha256)
      throw new AppError('bundle-damaged', { part: 'checksums', damage: 'mismatch', name });
  }
  const sameNames =
    sums.size === found.size && documents.every((document) => sums.has(document.name));
  return sameNames ? 'matched' : 'partial';
}

function parseSums(text: string): Map<string, string> | undefined {
  const sums = new Map<string, string>();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const groups = LINE.exec(line)?.groups;
    if (groups?.['sha256'] === undefined || groups['name'] === undefined) return undefined;
    sums.set(groups['name'], groups['sha256'].toLowerCase());
  }
  return sums;
}
