import { isAppError } from '../contract/errors.ts';
import { checkCancelled, type Job } from '../contract/job.ts';
import { SUMS_NAME } from './sums.ts';
import type { AesOpener, ZipUnlocking } from './zip-cipher.ts';
import { notAuthentic } from './zip-contents.ts';
import type { RandomBytes } from './zip-directory.ts';
import type { LocatedEntry } from './zip-locate.ts';
import { loadZip, type LoadedZip } from './zip-read.ts';
import { METHOD } from './zip-records.ts';

/** The name of the only entry of a bundle that hides the names of its documents. */
export const INNER_NAME = 'documents.zip';

const NO_ARCHIVE = ['bundle-damaged', 'format-unsupported', 'unsafe-entry'] as const;

/** An archive within an archive. */
export interface InnerZip {
  readonly zip: LoadedZip;
  /** Size in bytes. */
  readonly bytes: number;
}

/**
 * Looks whether an archive is one that hides the names of its documents: its only entry is a sealed, stored plain ZIP with a
 * checksum file at its end. If so, that entry is authenticated as a whole, and then read through.
 *
 * @param file - the outer archive
 * @param outer - its directory
 * @param unlock - settled on the passphrase that fits
 * @param maxEntries - more files and folders than this are refused
 * @param job - may be cancelled
 * @returns the archive inside, or `undefined`
 * @throws `bundle-damaged` where the entry is not authentic, `too-many-entries`
 */
export async function findInnerZip(
  file: RandomBytes,
  outer: LoadedZip,
  unlock: ZipUnlocking,
  maxEntries: number,
  job: Job,
): Promise<InnerZip | undefined> {
  const [entry] = outer.entries;
  if (entry?.name !== INNER_NAME || entry.kind !== 'file' || outer.entries.length !== 1)
    return undefined;
  if (entry.lock.kind !== 'aes' || entry.method !== METHOD.store) return undefined;
  const located = await outer.locator.locate(entry);
  const opener = await unlock.openAes(entry.lock.strength, located.head);
  if (opener === undefined) throw notAuthentic(entry.name);
  const inside = openedBytes(file, located, opener);
  const zip = await loadZip(inside, maxEntries).catch((error: unknown) => {
    // It is no archive of ours, and so one document.
    if (NO_ARCHIVE.some((code) => isAppError(error, code))) return undefined;
    throw error;
  });
  if (zip?.entries.at(-1)?.name !== SUMS_NAME) return undefined;
  if (zip.entries.some(({ lock }) => lock.kind !== 'none')) return undefined;
  for await (const piece of outer.locator.sealed(located)) {
    checkCancelled(job);
    opener.authenticate(piece);
  }
  if (!opener.finish(await outer.locator.tail(located))) throw notAuthentic(entry.name);
  return { zip, bytes: inside.bytes };
}

function openedBytes(
  file: RandomBytes,
  { start, end }: LocatedEntry,
  opener: AesOpener,
): RandomBytes {
  const bytes = end - start;
  return {
    bytes,
    read: async (position, length) => {
      const most = Math.max(0, Math.min(length, bytes - position));
      return opener.openAt(position, await file.read(start + position, most));
    },
    content: async function* (from = 0, to = bytes) {
      let position = from;
      for await (const piece of file.content(start + from, start + Math.min(to, bytes))) {
        yield opener.openAt(position, piece);
        position += piece.byteLength;
      }
    },
  };
}
