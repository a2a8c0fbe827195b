import { NOTE_NAME, SUMS_NAME } from './sums.ts';
import { findDirectory, readDirectory, type RandomBytes } from './zip-directory.ts';
import { INNER_NAME } from './zip-inner.ts';

const BITS = { 1: 128, 2: 192, 3: 256 } as const;

/** What can be said of a ZIP without opening it. */
export interface ZipSummary {
  /** How its files are locked; both may occur in one archive. */
  readonly locks: { readonly aes: boolean; readonly zipcrypto: boolean };
  /** The smallest key among its entries. */
  readonly aesBits: 128 | 192 | 256 | undefined;
  /** How many files, without the note and the checksums of Signet's own. */
  readonly documents: number;
  /** Whether all there is to see is one sealed archive. */
  readonly hidesNames: boolean;
}

/**
 * Reads the directory of a ZIP for what it says.
 *
 * @param file - the archive
 * @throws `bundle-damaged` (`archive`), `format-unsupported`, `unsafe-entry`
 */
export async function inspectZip(file: RandomBytes): Promise<ZipSummary> {
  const locks = { aes: false, zipcrypto: false };
  let aesBits: 128 | 192 | 256 | undefined;
  let files = 0;
  let entries = 0;
  let first: string | undefined;
  let last: string | undefined;
  for await (const { kind, name, lock } of readDirectory(file, await findDirectory(file))) {
    entries += 1;
    first ??= name;
    last = name;
    if (kind !== 'folder') files += 1;
    if (lock.kind === 'zipcrypto') locks.zipcrypto = true;
    if (lock.kind !== 'aes') continue;
    locks.aes = true;
    const bits = BITS[lock.strength];
    if (aesBits === undefined || bits < aesBits) aesBits = bits;
  }
  const own = (first === NOTE_NAME ? 1 : 0) + (last === SUMS_NAME ? 1 : 0);
  return {
    locks,
    aesBits,
    documents: Math.max(0, files - own),
    hidesNames: entries === 1 && first === INNER_NAME && locks.aes,
  };
}
