import { AppError } from '../contract/errors.ts';
import type { ExpansionLimits, OpenWarning } from '../contract/formats.ts';
import { checkCancelled, type Job } from '../contract/job.ts';
import type { ArchiveEntry } from '../contract/records.ts';
import { Allowance } from './expansion.ts';
import { damagedArchive } from './zip-damage.ts';
import type { LockedHead, ZipUnlocking } from './zip-cipher.ts';
import { EntryContents, type PreparedEntry } from './zip-contents.ts';
import { findDirectory, readDirectory, type RandomBytes } from './zip-directory.ts';
import { expectApart, Locator, type LocatedEntry } from './zip-locate.ts';
import { lockBytes, type ZipEntry } from './zip-parse.ts';
import { FLAG, METHOD } from './zip-records.ts';

/** Entries that are found, and their keys derived, ahead of whoever takes them: four threads derive. */
const AHEAD = 16;
/** How many entries a passphrase is tried on: one check is passed by one wrong passphrase in 256, in the old encryption. */
const SAMPLES = 4;

/** How to read an archive. */
export interface ZipReadOptions {
  readonly unlock: ZipUnlocking;
  readonly limits: ExpansionLimits;
}

/** An archive whose directory was read and found to make sense. */
export interface LoadedZip {
  readonly entries: readonly ZipEntry[];
  readonly locator: Locator;
}

/** An archive that is open. */
export interface ReadZip {
  /** To be read once, in order. Their end is reached only after everything was authenticated, or its checksum compared. */
  readonly entries: AsyncIterable<ArchiveEntry>;
  readonly encrypted: boolean;
  readonly warnings: readonly OpenWarning[];
}

/**
 * Reads the directory of an archive.
 *
 * @param file - the archive
 * @param maxEntries - more files and folders than this are refused
 * @throws `bundle-damaged` (`archive`), `format-unsupported`, `too-many-entries`, `unsafe-entry`
 */
export async function loadZip(file: RandomBytes, maxEntries: number): Promise<LoadedZip> {
  const place = await findDirectory(file);
  if (place.entries > maxEntries) throw new AppError('too-many-entries', { limit: maxEntries });
  const entries: ZipEntry[] = [];
  for await (const entry of readDirectory(file, place)) {
    expectReadable(entry);
    entries.push(entry);
  }
  return { entries, locator: new Locator(file, expectApart(entries, place.start)) };
}

/**
 * Opens an archive: finds the reading of the passphrase that fits, and gives out the entries.
 *
 * @param zip - the archive
 * @param bytes - how large it is
 * @param options - what opens it, and how much may come out
 * @param job - reports `open` with the archive's bytes; may be cancelled
 * @throws `passphrase-needed`, `wrong-passphrase`, `expands-too-much`, `bundle-damaged`; while entries are read, these and `cancelled`
 */
export async function readZip(
  zip: LoadedZip,
  bytes: number,
  { unlock, limits }: ZipReadOptions,
  job: Job,
): Promise<ReadZip> {
  const allowance = new Allowance(limits, bytes);
  allowance.expect(zip.entries.reduce((sum, entry) => sum + entry.bytes, 0));
  const locked = zip.entries.filter(({ lock }) => lock.kind !== 'none');
  const samples: LockedHead[] = [];
  for (const entry of locked.slice(0, SAMPLES)) {
    const sample = lockedHead(await zip.locator.locate(entry));
    if (sample !== undefined) samples.push(sample);
  }
  if (samples.length > 0) {
    if (unlock.empty) throw new AppError('passphrase-needed', {});
    if (!(await unlock.settle(samples))) throw new AppError('wrong-passphrase', {});
  }
  let done = 0;
  const contents = new EntryContents(zip.locator, unlock, allowance, (count) => {
    checkCancelled(job);
    done += count;
    job.onProgress?.({ stage: 'open', bytes: done, total: bytes });
  });
  // Few and weak checks were passed: if the first entry is not right, it is the passphrase that is not.
  const unsure =
    samples.length < SAMPLES && samples[0]?.kind === 'zipcrypto' ? locked[0] : undefined;
  return {
    entries: readEntries(zip, contents, unlock, unsure),
    encrypted: locked.length > 0,
    warnings: warningsOf(zip.entries),
  };
}

async function* readEntries(
  { entries, locator }: LoadedZip,
  contents: EntryContents,
  unlock: ZipUnlocking,
  unsure: ZipEntry | undefined,
): AsyncGenerator<ArchiveEntry, void, undefined> {
  const ahead: PreparedEntry[] = [];
  let next = 0;
  for (;;) {
    while (ahead.length < AHEAD && next < entries.length) {
      const entry = entries[next];
      next += 1;
      if (entry !== undefined) ahead.push(prepare(await locator.locate(entry), unlock));
    }
    const prepared = ahead.shift();
    if (prepared === undefined) return;
    const { entry } = prepared.located;
    if (entry.kind === 'folder') {
      // An archive of a folder may begin with the folder itself, which is the person's own.
      if (entry.name !== '') yield { kind: 'folder', name: entry.name };
      continue;
    }
    const content = contents.open(prepared, entry === unsure);
    const { name, bytes, modified } = entry;
    yield { kind: 'file', name, bytes, modified: validTime(modified), content };
    // Whoever skipped it still wants to know whether it is whole.
    while ((await content.next()).done !== true);
  }
}

function prepare(located: LocatedEntry, unlock: ZipUnlocking): PreparedEntry {
  const { lock, kind } = located.entry;
  if (kind === 'folder' || lock.kind === 'none') return { located, opener: undefined };
  if (lock.kind === 'zipcrypto')
    return { located, opener: { legacy: unlock.openZipCrypto(lock.check, located.head) } };
  const aes = unlock.openAes(lock.strength, located.head);
  // It is awaited when its turn comes; if that never comes, its failure is nobody's concern.
  aes.catch(() => undefined);
  return { located, opener: { aes } };
}

function lockedHead({ entry, head }: LocatedEntry): LockedHead | undefined {
  return entry.lock.kind === 'none' ? undefined : { ...entry.lock, head };
}

/** Refuses what cannot be restored, before anything is. */
function expectReadable(entry: ZipEntry): void {
  const { name, kind, method, flags, lock, bytes, sealedBytes } = entry;
  if (kind !== 'file' && kind !== 'folder')
    throw new AppError('unsafe-entry', { name, problem: kind });
  if ((method !== METHOD.store && method !== METHOD.deflate) || (flags & FLAG.patched) !== 0)
    throw new AppError('format-unsupported', { format: 'zip', feature: 'compression' });
  const { head, tail } = lockBytes(lock);
  if (sealedBytes < head + tail) throw damagedArchive('malformed', name);
  if (method === METHOD.store && sealedBytes !== head + bytes + tail)
    throw damagedArchive('malformed', name);
}

/** Empty files are written in the clear by some; there is nothing in them to be read. */
function warningsOf(entries: readonly ZipEntry[]): OpenWarning[] {
  const files = entries.filter(({ kind, bytes }) => kind === 'file' && bytes > 0);
  const open = files.filter(({ lock }) => lock.kind === 'none').length;
  const warnings: OpenWarning[] = [];
  if (open === files.length && entries.every(({ lock }) => lock.kind === 'none'))
    warnings.push('not-encrypted');
  else if (open > 0) warnings.push('partly-encrypted');
  if (entries.some(({ lock }) => lock.kind === 'zipcrypto')) warnings.push('legacy-encryption');
  return warnings;
}

function validTime(time: Date): Date {
  return Number.isNaN(time.getTime()) ? new Date(0) : time;
}
