import { AppError } from '../contract/errors.ts';
import { damagedArchive } from './zip-damage.ts';
import { ForwardBytes, take } from './zip-forward.ts';
import { centralLengths, parseCentral, RECORD_BYTES, type ZipEntry } from './zip-parse.ts';
import { MAX_16, MAX_32, SIGNATURE } from './zip-records.ts';

const END_BYTES = 22;
const LOCATOR_BYTES = 20;
const END64_BYTES = 56;

/** Bytes that can be read anywhere. */
export interface RandomBytes {
  /** How many there are. */
  readonly bytes: number;
  /** Reads `length` bytes at `position`; fewer where they end before. */
  read(position: number, length: number): Promise<Uint8Array>;
  /** Reads a range in pieces, each a buffer of its own. */
  content(start?: number, end?: number): AsyncGenerator<Uint8Array, void, undefined>;
}

/** Where the central directory lies. */
export interface DirectoryPlace {
  readonly start: number;
  readonly end: number;
  readonly entries: number;
}

/**
 * Finds the central directory by the records at the end.
 *
 * @param file - the archive
 * @throws `bundle-damaged` (`archive`), `format-unsupported` for an archive in several volumes
 */
export async function findDirectory(file: RandomBytes): Promise<DirectoryPlace> {
  const tailBytes = Math.min(file.bytes, END_BYTES + MAX_16);
  const tailStart = file.bytes - tailBytes;
  const tail = buffer(await file.read(tailStart, tailBytes));
  if (tail.byteLength < tailBytes) throw damagedArchive('truncated');
  const at = findEnd(tail);
  const end = tail.subarray(at);
  const place = await readEnd64(file, tailStart + at, end);
  if (place.start + place.bytes !== place.behind) throw damagedArchive();
  if (place.entries * RECORD_BYTES.central > place.bytes) throw damagedArchive();
  return { start: place.start, end: place.behind, entries: place.entries };
}

/**
 * Reads the central directory, entry by entry.
 *
 * @param file - the archive
 * @param place - where it lies
 * @throws `bundle-damaged` (`archive`), `format-unsupported`, `unsafe-entry`
 */
export async function* readDirectory(
  file: RandomBytes,
  place: DirectoryPlace,
): AsyncGenerator<ZipEntry, void, undefined> {
  const bytes = new ForwardBytes(file.content(place.start, place.end));
  try {
    for (let index = 0; index < place.entries; index += 1) {
      const header = await take(bytes, RECORD_BYTES.central);
      if (buffer(header).readUInt32LE(0) !== SIGNATURE.central) throw damagedArchive();
      const lengths = centralLengths(header);
      const rest = await take(bytes, lengths.name + lengths.extra + lengths.comment);
      const name = rest.subarray(0, lengths.name);
      yield parseCentral(header, name, rest.subarray(lengths.name, lengths.name + lengths.extra));
    }
    if (bytes.position !== place.end - place.start) throw damagedArchive();
  } finally {
    await bytes.close();
  }
}

/** The last record whose comment reaches exactly to the end. Where two do, programs would not agree about what is inside. */
function findEnd(tail: Buffer): number {
  let found: number | undefined;
  let early = false;
  for (let at = tail.byteLength - END_BYTES; at >= 0; at -= 1) {
    if (tail[at] !== 0x50 || tail.readUInt32LE(at) !== SIGNATURE.end) continue;
    const behind = at + END_BYTES + tail.readUInt16LE(at + 20);
    if (behind < tail.byteLength) early = true;
    if (behind !== tail.byteLength) continue;
    if (found !== undefined) throw damagedArchive();
    found = at;
  }
  if (found === undefined) throw damagedArchive(early ? 'trailing-data' : 'truncated');
  return found;
}

interface End {
  readonly start: number;
  readonly bytes: number;
  readonly entries: number;
  /** Where the directory has to end. */
  readonly behind: number;
}

async function readEnd64(file: RandomBytes, endAt: number, end: Buffer): Promise<End> {
  const classic: End = {
    entries: end.readUInt16LE(10),
    bytes: end.readUInt32LE(12),
    start: end.readUInt32LE(16),
    behind: endAt,
  };
  expectOneVolume(end.readUInt16LE(4), end.readUInt16LE(6), MAX_16);
  if (end.readUInt16LE(8) !== classic.entries) throw splitArchive();
  if (endAt < LOCATOR_BYTES + END64_BYTES) return classic;
  const locator = buffer(await file.read(endAt - LOCATOR_BYTES, LOCATOR_BYTES));
  if (locator.readUInt32LE(0) !== SIGNATURE.locator64) return classic;
  if (locator.readUInt32LE(16) > 1) throw splitArchive();
  const at = wide(locator, 8);
  const record = buffer(await file.read(at, END64_BYTES));
  if (record.byteLength < END64_BYTES || record.readUInt32LE(0) !== SIGNATURE.end64)
    throw damagedArchive();
  if (at + 12 + wide(record, 4) !== endAt - LOCATOR_BYTES) throw damagedArchive();
  expectOneVolume(record.readUInt32LE(16), record.readUInt32LE(20), MAX_32);
  const entries = wide(record, 32);
  if (wide(record, 24) !== entries) throw splitArchive();
  return {
    entries: agreed(classic.entries, entries, MAX_16),
    bytes: agreed(classic.bytes, wide(record, 40), MAX_32),
    start: agreed(classic.start, wide(record, 48), MAX_32),
    behind: at,
  };
}

/** The short field says the same as the long one, or that it cannot. */
function agreed(short: number, long: number, most: number): number {
  if (short !== long && short !== most) throw damagedArchive();
  return long;
}

function expectOneVolume(disk: number, directoryDisk: number, most: number): void {
  if ((disk !== 0 && disk !== most) || (directoryDisk !== 0 && directoryDisk !== most))
    throw splitArchive();
}

function splitArchive(): AppError {
  return new AppError('format-unsupported', { format: 'zip', feature: 'split' });
}

function wide(record: Buffer, offset: number): number {
  const value = Number(record.readBigUInt64LE(offset));
  if (!Number.isSafeInteger(value)) throw damagedArchive();
  return value;
}

function buffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
