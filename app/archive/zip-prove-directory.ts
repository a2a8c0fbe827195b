import { damagedArchive } from './zip-damage.ts';
import { take, type Forward } from './zip-forward.ts';
import {
  centralLengths,
  parseCentral,
  RECORD_BYTES,
  type LocalHeader,
  type ZipEntry,
} from './zip-parse.ts';
import { MAX_16, MAX_32, SIGNATURE } from './zip-records.ts';

/** What was seen of an entry: its header, completed by what followed it, and where it began. */
export interface SeenEntry extends LocalHeader {
  readonly offset: number;
}

/**
 * Holds the central directory, and the records at the end, against what was seen before them.
 *
 * @param bytes - what is left of the archive
 * @param signature - the first four bytes of the directory, already taken
 * @param seen - the entries, in order
 * @throws `bundle-damaged` (`archive`)
 */
export async function proveDirectory(
  bytes: Forward,
  signature: Uint8Array,
  seen: readonly SeenEntry[],
): Promise<void> {
  const start = bytes.position - 4;
  let first = signature;
  for (const entry of seen) {
    const header = Buffer.concat([first, await take(bytes, RECORD_BYTES.central - 4)]);
    if (header.readUInt32LE(0) !== SIGNATURE.central) throw damagedArchive();
    const lengths = centralLengths(header);
    const name = await take(bytes, lengths.name);
    const extra = await take(bytes, lengths.extra);
    await take(bytes, lengths.comment);
    const listed = parseCentral(header, name, extra);
    if (!isSame(listed, entry)) throw damagedArchive('malformed', listed.name);
    first = await take(bytes, 4);
  }
  const end = bytes.position - 4;
  await proveEnd(bytes, first, { entries: seen.length, start, bytes: end - start });
}

function isSame(listed: ZipEntry, seen: SeenEntry): boolean {
  const folder = seen.rawName.endsWith('/');
  return (
    listed.kind === (folder ? 'folder' : 'file') &&
    listed.rawName === seen.rawName &&
    listed.flags === seen.flags &&
    listed.headerMethod === seen.headerMethod &&
    listed.method === seen.method &&
    JSON.stringify(listed.lock) === JSON.stringify(seen.lock) &&
    listed.crc === seen.crc &&
    listed.bytes === seen.bytes &&
    listed.sealedBytes === seen.sealedBytes &&
    listed.offset === seen.offset &&
    listed.modified.getTime() === seen.modified.getTime()
  );
}

interface Directory {
  readonly entries: number;
  readonly start: number;
  readonly bytes: number;
}

async function proveEnd(
  bytes: Forward,
  signature: Uint8Array,
  directory: Directory,
): Promise<void> {
  const { entries, start, bytes: length } = directory;
  let end = Buffer.concat([signature, await take(bytes, 18)]);
  let long = false;
  if (end.readUInt32LE(0) === SIGNATURE.end64) {
    long = true;
    const end64 = Buffer.concat([end, await take(bytes, 56 - 22)]);
    const locator = Buffer.from(await take(bytes, 20));
    const right =
      wide(end64, 4) === 44 &&
      end64.readUInt32LE(16) === 0 &&
      end64.readUInt32LE(20) === 0 &&
      wide(end64, 24) === entries &&
      wide(end64, 32) === entries &&
      wide(end64, 40) === length &&
      wide(end64, 48) === start &&
      locator.readUInt32LE(0) === SIGNATURE.locator64 &&
      locator.readUInt32LE(4) === 0 &&
      wide(locator, 8) === start + length &&
      locator.readUInt32LE(16) === 1;
    if (!right) throw damagedArchive();
    end = Buffer.from(await take(bytes, 22));
  }
  const agrees = (short: number, real: number, most: number): boolean =>
    short === real || (long && short === most);
  const right =
    end.readUInt32LE(0) === SIGNATURE.end &&
    end.readUInt32LE(4) === 0 &&
    agrees(end.readUInt16LE(8), entries, MAX_16) &&
    agrees(end.readUInt16LE(10), entries, MAX_16) &&
    agrees(end.readUInt32LE(12), length, MAX_32) &&
    agrees(end.readUInt32LE(16), start, MAX_32) &&
    end.readUInt16LE(20) === 0;
  if (!right) throw damagedArchive();
}

function wide(record: Buffer, offset: number): number {
  return Number(record.readBigUInt64LE(offset));
}
