import { extract, type Extract } from 'tar-stream';
import { AppError, isAppError, type SpecialKind } from '../contract/errors.ts';
import type { ArchiveEntry } from '../contract/records.ts';
import { gate } from '../streams/gate.ts';
import { prepend } from '../streams/prepend.ts';

const BLOCK_BYTES = 512;
/** Several times what a name may have, and what tools add to it: times, owners, extended attributes. */
const MAX_ATTRIBUTE_CHARACTERS = 64 * 1024;

/** POSIX.1-2001, "pax Extended Header File Times". */
const PAX_TIME = /^(?<seconds>-?\d+)(?:\.(?<fraction>\d*))?$/;

type Entry = Extract extends AsyncIterable<infer E> ? E : never;

/** What a payload turned out to be. */
export type Unpacked =
  | { readonly kind: 'archive'; readonly entries: AsyncIterable<ArchiveEntry> }
  | { readonly kind: 'file'; readonly content: AsyncIterable<Uint8Array> };

/**
 * Recognises a payload by its content: a tar is taken apart, anything else is one file.
 *
 * The entries are yielded in order and each must be read before the next; their end is reached only after the whole payload was
 * read, so its last authentication tag was checked by then. Entries that are neither files nor folders are refused here; names
 * are not judged.
 *
 * @param payload - the plaintext stream
 * @param maxEntries - more files and folders than this are refused
 * @throws `too-many-entries`, `unsafe-entry`, `bundle-damaged` (`archive`), and whatever the payload throws
 */
export async function unpackArchive(
  payload: AsyncIterable<Uint8Array>,
  maxEntries: number,
): Promise<Unpacked> {
  const { head, all } = await peek(payload, BLOCK_BYTES);
  return isTarHeader(head)
    ? { kind: 'archive', entries: entriesOf(all, maxEntries) }
    : { kind: 'file', content: all };
}

async function peek(
  source: AsyncIterable<Uint8Array>,
  count: number,
): Promise<{ head: Uint8Array; all: AsyncIterable<Uint8Array> }> {
  const iterator = source[Symbol.asyncIterator]();
  const pieces: Uint8Array[] = [];
  let length = 0;
  while (length < count) {
    const next = await iterator.next();
    if (next.done === true) break;
    pieces.push(next.value);
    length += next.value.byteLength;
  }
  return { head: Buffer.concat(pieces).subarray(0, count), all: prepend(pieces, iterator) };
}

/**
 * Whether a block is a tar header: by its magic, `ustar` of POSIX and GNU alike, and its checksum, the sum of all bytes with
 * the checksum field counted as spaces.
 *
 * @param block - the first bytes of a payload
 */
export function isTarHeader(block: Uint8Array): boolean {
  if (block.byteLength < BLOCK_BYTES) return false;
  const text = Buffer.from(block).toString('latin1');
  if (!text.startsWith('ustar', 257)) return false;
  const stored = /^ *(?<octal>[0-7]+)[\0 ]/.exec(text.slice(148, 156));
  if (stored?.groups?.['octal'] === undefined) return false;
  let sum = 8 * 0x20;
  for (let index = 0; index < BLOCK_BYTES; index += 1)
    if (index < 148 || index >= 156) sum += block[index] ?? 0;
  return sum === Number.parseInt(stored.groups['octal'], 8);
}

async function* entriesOf(
  payload: AsyncIterable<Uint8Array>,
  maxEntries: number,
): AsyncGenerator<ArchiveEntry, void, undefined> {
  // Each write is waited for, so that what fails after the last one fails for want of more.
  const tar = extract({ highWaterMark: 0 });
  let ended = false;
  const feeding = feed(payload, tar, () => {
    ended = true;
  });
  let count = 0;
  try {
    for await (const entry of tar) {
      count += 1;
      if (count > maxEntries) throw new AppError('too-many-entries', { limit: maxEntries });
      const described = describe(entry, (error) => archiveError(error, ended));
      // `tar cf - .` begins with the folder itself, which is the person's own.
      if (described.kind === 'file' || described.name !== '') yield described;
      // The consumer may have skipped the content; the next header lies behind it.
      entry.resume();
    }
  } catch (error) {
    throw archiveError(error, ended);
  } finally {
    tar.destroy(null);
    await feeding;
  }
}

async function feed(
  payload: AsyncIterable<Uint8Array>,
  tar: Extract,
  onEnd: () => void,
): Promise<void> {
  const drained = gate(tar, ['drain', 'close']);
  try {
    for await (const piece of payload) {
      if (tar.write(piece)) continue;
      if (tar.destroying) return;
      await drained();
    }
    onEnd();
    tar.end(null);
  } catch (error) {
    tar.destroy(error instanceof Error ? error : new Error('failed', { cause: error }));
  }
}

/** tar-stream's own errors have no codes: after the end of the payload they mean that it was too short. */
function archiveError(error: unknown, ended: boolean): AppError {
  if (isAppError(error)) return error;
  return new AppError(
    'bundle-damaged',
    { part: 'archive', damage: ended ? 'truncated' : 'malformed' },
    error,
  );
}

function describe(entry: Entry, translate: (error: unknown) => AppError): ArchiveEntry {
  const { type, size, mtime, pax } = entry.header;
  refuseBloat(entry.header.name, pax);
  const name = withoutDot(entry.header.name);
  if (type === 'directory') return { kind: 'folder', name: withoutSlash(name) };
  if (type !== 'file' && type !== 'contiguous-file')
    throw new AppError('unsafe-entry', { name, problem: specialKind(type) });
  return {
    kind: 'file',
    name,
    bytes: size,
    modified: modifiedIn(pax) ?? (Number.isNaN(mtime.getTime()) ? new Date(0) : mtime),
    content: contentOf(entry, translate),
  };
}

/**
 * The time in a pax record, which tar-stream leaves to its caller: seconds since 1970, with a fraction where a tool knows more of it.
 * A time that is none counts as not given.
 */
function modifiedIn(pax: unknown): Date | undefined {
  if (typeof pax !== 'object' || pax === null || !('mtime' in pax)) return undefined;
  const parts = PAX_TIME.exec(String(pax.mtime))?.groups;
  if (parts === undefined) return undefined;
  const fraction = (parts['fraction'] ?? '').slice(0, 3).padEnd(3, '0');
  const time = new Date(Number(`${parts['seconds'] ?? ''}${fraction}`));
  return Number.isNaN(time.getTime()) ? undefined : time;
}

/**
 * Refuses names and attributes that are larger than any file system's. Attributes of a global header are copied to each entry, so
 * that a large one would cost its size again and again.
 */
function refuseBloat(name: string, pax: unknown): void {
  if (name.length > MAX_ATTRIBUTE_CHARACTERS)
    throw new AppError('unsafe-entry', { name: `${name.slice(0, 80)}…`, problem: 'too-long' });
  if (typeof pax !== 'object' || pax === null) return;
  let characters = 0;
  for (const [key, value] of Object.entries(pax)) {
    characters += key.length + String(value).length;
    if (characters > MAX_ATTRIBUTE_CHARACTERS)
      throw new AppError('bundle-damaged', { part: 'archive', damage: 'malformed' });
  }
}

/** `tar cf - .` puts `./` before every name. */
function withoutDot(name: string): string {
  let start = 0;
  while (name.startsWith('./', start)) {
    start += 2;
    while (name[start] === '/') start += 1;
  }
  return name.slice(start);
}

function withoutSlash(name: string): string {
  let end = name.length;
  while (end > 0 && name[end - 1] === '/') end -= 1;
  return name.slice(0, end);
}

async function* contentOf(
  entry: Entry,
  translate: (error: unknown) => AppError,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for await (const piece of entry as AsyncIterable<Uint8Array>) yield piece;
  } catch (error) {
    throw translate(error);
  }
}

function specialKind(type: string): SpecialKind {
  switch (type) {
    case 'symlink':
      return 'symbolic-link';
    case 'link':
      return 'hard-link';
    case 'character-device':
    case 'block-device':
      return 'device';
    case 'fifo':
      return 'pipe';
    default:
      return 'other';
  }
}
