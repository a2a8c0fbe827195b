import { dosTime, extendedTime } from './zip-time.ts';

/*
 * The records of a ZIP (PKWARE's APPNOTE.TXT, 4.3) as Signet writes them. They tell nothing about the maker: one version, one
 * plain mode, times in UTC.
 */

/** What each kind of record begins with. */
export const SIGNATURE = {
  local: 0x0403_4b50,
  central: 0x0201_4b50,
  end: 0x0605_4b50,
  end64: 0x0606_4b50,
  locator64: 0x0706_4b50,
  descriptor: 0x0807_4b50,
  /** Stands before the only volume of an archive that was prepared for more. */
  oneVolume: 0x3030_4b50,
} as const;

/** General purpose bits. */
export const FLAG = {
  encrypted: 1,
  descriptor: 8,
  patched: 0x20,
  strong: 0x40,
  utf8: 0x800,
  masked: 0x2000,
} as const;

/** Ways in which an entry's content is written. */
export const METHOD = { store: 0, deflate: 8, aes: 99 } as const;

/** Extra fields. */
export const EXTRA = {
  zip64: 0x0001,
  ntfs: 0x000a,
  strong: 0x0017,
  time: 0x5455,
  unicodePath: 0x7075,
  aes: 0x9901,
} as const;

/** What 32 and 16 bits cannot hold; the value says: look into the Zip64 field. */
export const MAX_32 = 0xffff_ffff;
export const MAX_16 = 0xffff;

/** Unix, so that modes are understood; APPNOTE 6.3. */
const MADE_BY = (3 << 8) | 63;
const NEEDS = { plain: 20, zip64: 45, aes: 51 } as const;
const AES_VERSION = 2;
const FILE_ATTRIBUTES = 0o100_644 * 0x1_0000;
const FOLDER_ATTRIBUTES = 0o040_755 * 0x1_0000 + 0x10;

/** What the headers of an entry say. */
export interface ZipRecord {
  /** UTF-8; that of a folder ends with a slash. */
  readonly name: Uint8Array;
  readonly folder: boolean;
  /** How the key is counted that seals it; absent for a folder, which has nothing to seal. */
  readonly strength?: 1 | 2 | 3;
  /** How the content is written underneath the sealing. */
  readonly method: 0 | 8;
  readonly modified: Date;
  /** Whether sizes follow the content, because nobody knew them before. */
  readonly streamed: boolean;
  /** Whether its sizes are, or may become, too large for 32 bits. */
  readonly large: boolean;
  /** Size of the document in bytes. */
  readonly bytes: number;
  /** Size of what stands behind the local header. */
  readonly sealedBytes: number;
  /** Where the local header begins. */
  readonly offset: number;
}

/**
 * Whether sizes need Zip64.
 *
 * @param sizes - in bytes
 */
export function needsZip64(...sizes: readonly number[]): boolean {
  return sizes.some((size) => size >= MAX_32);
}

/**
 * The header before an entry's content.
 *
 * @param record - where it is `streamed`, its sizes do not matter
 */
export function localHeader(record: ZipRecord): Uint8Array {
  const bytes = record.streamed ? 0 : record.bytes;
  const sealedBytes = record.streamed ? 0 : record.sealedBytes;
  const extra = extras(record, record.large ? [bytes, sealedBytes] : []);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(SIGNATURE.local, 0);
  writeCommon(header, 4, record, record.large);
  header.writeUInt32LE(record.large ? MAX_32 : sealedBytes, 18);
  header.writeUInt32LE(record.large ? MAX_32 : bytes, 22);
  header.writeUInt16LE(record.name.byteLength, 26);
  header.writeUInt16LE(extra.byteLength, 28);
  return Buffer.concat([header, record.name, extra]);
}

/**
 * What follows the content of an entry whose sizes nobody knew.
 *
 * @param record - of the entry, complete
 */
export function dataDescriptor({ large, bytes, sealedBytes }: ZipRecord): Uint8Array {
  const descriptor = Buffer.alloc(large ? 24 : 16);
  descriptor.writeUInt32LE(SIGNATURE.descriptor, 0);
  if (large) {
    writeUint64(descriptor, sealedBytes, 8);
    writeUint64(descriptor, bytes, 16);
  } else {
    descriptor.writeUInt32LE(sealedBytes, 8);
    descriptor.writeUInt32LE(bytes, 12);
  }
  return descriptor;
}

/**
 * An entry of the central directory.
 *
 * @param record - of the entry, complete
 */
export function centralHeader(record: ZipRecord): Uint8Array {
  const wide = [record.bytes, record.sealedBytes, record.offset].filter((size) => size >= MAX_32);
  const extra = extras(record, wide);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(SIGNATURE.central, 0);
  header.writeUInt16LE(MADE_BY, 4);
  writeCommon(header, 6, record, record.large || wide.length > 0);
  header.writeUInt32LE(Math.min(record.sealedBytes, MAX_32), 20);
  header.writeUInt32LE(Math.min(record.bytes, MAX_32), 24);
  header.writeUInt16LE(record.name.byteLength, 28);
  header.writeUInt16LE(extra.byteLength, 30);
  header.writeUInt32LE(record.folder ? FOLDER_ATTRIBUTES : FILE_ATTRIBUTES, 38);
  header.writeUInt32LE(Math.min(record.offset, MAX_32), 42);
  return Buffer.concat([header, record.name, extra]);
}

/**
 * What ends an archive.
 *
 * @param entries - how many the central directory lists
 * @param offset - where it begins
 * @param bytes - how long it is
 */
export function endRecords(entries: number, offset: number, bytes: number): Uint8Array {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(SIGNATURE.end, 0);
  end.writeUInt16LE(Math.min(entries, MAX_16), 8);
  end.writeUInt16LE(Math.min(entries, MAX_16), 10);
  end.writeUInt32LE(Math.min(bytes, MAX_32), 12);
  end.writeUInt32LE(Math.min(offset, MAX_32), 16);
  if (entries < MAX_16 && !needsZip64(bytes, offset)) return end;
  const end64 = Buffer.alloc(56 + 20);
  end64.writeUInt32LE(SIGNATURE.end64, 0);
  writeUint64(end64, 44, 4);
  end64.writeUInt16LE(MADE_BY, 12);
  end64.writeUInt16LE(NEEDS.zip64, 14);
  writeUint64(end64, entries, 24);
  writeUint64(end64, entries, 32);
  writeUint64(end64, bytes, 40);
  writeUint64(end64, offset, 48);
  end64.writeUInt32LE(SIGNATURE.locator64, 56);
  writeUint64(end64, offset + bytes, 64);
  end64.writeUInt32LE(1, 72);
  return Buffer.concat([end64, end]);
}

/** From the version that is needed up to the CRC, which AE-2 leaves at zero. */
function writeCommon(header: Buffer, offset: number, record: ZipRecord, zip64: boolean): void {
  const sealed = record.strength !== undefined;
  const { date, time } = dosTime(record.modified);
  header.writeUInt16LE(sealed ? NEEDS.aes : zip64 ? NEEDS.zip64 : NEEDS.plain, offset);
  header.writeUInt16LE(
    FLAG.utf8 | (sealed ? FLAG.encrypted : 0) | (record.streamed ? FLAG.descriptor : 0),
    offset + 2,
  );
  header.writeUInt16LE(sealed ? METHOD.aes : record.method, offset + 4);
  header.writeUInt16LE(time, offset + 6);
  header.writeUInt16LE(date, offset + 8);
}

function extras(record: ZipRecord, wide: readonly number[]): Uint8Array {
  const fields: Uint8Array[] = [];
  if (wide.length > 0) {
    const field = extraField(EXTRA.zip64, wide.length * 8);
    wide.forEach((size, index) => {
      writeUint64(field, size, 4 + index * 8);
    });
    fields.push(field);
  }
  const seconds = extendedTime(record.modified);
  if (seconds !== undefined) {
    const field = extraField(EXTRA.time, 5);
    field.writeUInt8(1, 4);
    field.writeInt32LE(seconds, 5);
    fields.push(field);
  }
  if (record.strength !== undefined) {
    const field = extraField(EXTRA.aes, 7);
    field.writeUInt16LE(AES_VERSION, 4);
    field.write('AE', 6, 'latin1');
    field.writeUInt8(record.strength, 8);
    field.writeUInt16LE(record.method, 9);
    fields.push(field);
  }
  return Buffer.concat(fields);
}

function extraField(id: number, bytes: number): Buffer {
  const field = Buffer.alloc(4 + bytes);
  field.writeUInt16LE(id, 0);
  field.writeUInt16LE(bytes, 2);
  return field;
}

function writeUint64(buffer: Buffer, value: number, offset: number): void {
  buffer.writeBigUInt64LE(BigInt(value), offset);
}
