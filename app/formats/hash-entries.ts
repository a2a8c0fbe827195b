import { NOTE_NAME, SUMS_NAME, verifySums } from '../archive/sums.ts';
import { AppError } from '../contract/errors.ts';
import type { ArchiveEntry, DocumentRecord } from '../contract/records.ts';
import { startDigest } from '../digest/digest.ts';

/** The checksum file of as many documents as a bundle may have, each with the longest name. */
const MAX_SUMS_BYTES = 64 * 1024 * 1024;
/** Note and checksums. */
const OWN_ENTRIES = 2;

/**
 * Reads an archive of Signet's own for the proof: hashes what is in it, and holds it against its own checksums.
 *
 * @param entries - of the archive
 * @param most - how many documents there can be
 * @returns the documents in order, without the note and the checksums
 * @throws `proof-failed`, `bundle-damaged`, and what the entries throw
 */
export async function hashEntries(
  entries: AsyncIterable<ArchiveEntry>,
  most: number,
): Promise<readonly DocumentRecord[]> {
  const found: DocumentRecord[] = [];
  let sums: string | undefined;
  for await (const entry of entries) {
    if (entry.kind === 'folder') continue;
    if (found.length === most + OWN_ENTRIES) throw new AppError('proof-failed', {});
    const wanted = entry.name === SUMS_NAME && entry.bytes <= MAX_SUMS_BYTES;
    const { record, text } = await hashEntry(entry, wanted);
    if (wanted) sums = text;
    else found.push(record);
  }
  if (verifySums(sums, found) !== 'matched') throw new AppError('proof-failed', {});
  return found[0]?.name === NOTE_NAME ? found.slice(1) : found;
}

async function hashEntry(
  { name, bytes, content }: Extract<ArchiveEntry, { kind: 'file' }>,
  wanted: boolean,
): Promise<{ readonly record: DocumentRecord; readonly text: string }> {
  const digest = startDigest(bytes);
  const kept: Uint8Array[] = [];
  let count = 0;
  try {
    for await (const piece of content) {
      await digest.update(piece);
      count += piece.byteLength;
      if (wanted) kept.push(Uint8Array.from(piece));
    }
    return {
      record: { name, bytes: count, sha256: await digest.finish() },
      text: Buffer.concat(kept).toString(),
    };
  } finally {
    digest.abandon();
  }
}
