import { crc32 } from 'node:zlib';
import { AppError, type Damage } from '../../contract/errors.ts';

/*
 * What a 7z archive says before 7-Zip looks at it (7zFormat.txt of the LZMA SDK): 32 bytes at its start say where the header lies,
 * and that is either the header itself or a few bytes that say how to unpack it. Sealed names are a packed header with AES in it.
 */
const START_BYTES = 32;
const SIGNATURE = Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]);
/** The description of a packed header has a few dozen bytes. */
const MAX_DESCRIPTION_BYTES = 64 * 1024;
const AES = 0x06f10701;

const ID = {
  end: 0,
  header: 1,
  packInfo: 6,
  unpackInfo: 7,
  size: 9,
  crc: 10,
  folder: 11,
  encodedHeader: 23,
} as const;

/** What an archive says openly about its header. */
export type ArchiveHead =
  /** The names can be read by anybody. */
  | { readonly kind: 'visible' }
  /** They are sealed; a guess at the passphrase costs SHA-256 over 2^logRounds repetitions. */
  | { readonly kind: 'sealed'; readonly logRounds: number };

/** Reads `length` bytes at `position`; fewer where the archive ends before. */
export type ReadAt = (position: number, length: number) => Promise<Uint8Array>;

/**
 * Recognises a 7z archive.
 *
 * @param head - its first bytes
 */
export function isSevenZip(head: Uint8Array): boolean {
  return SIGNATURE.equals(head.subarray(0, SIGNATURE.byteLength));
}

/**
 * Reads the start of an archive, and the description of its header where that is packed.
 *
 * @param read - reads the archive
 * @param bytes - its size
 * @throws `bundle-damaged` (`header`), `format-unsupported`
 */
export async function readArchiveHead(read: ReadAt, bytes: number): Promise<ArchiveHead> {
  const start = Buffer.from(await read(0, START_BYTES));
  if (start.byteLength < START_BYTES) throw damaged('truncated');
  // Version 0 is the only one; its second number grew without a change to anything that matters here.
  if (start[6] !== 0) throw new AppError('format-unsupported', { format: '7z', feature: 'format' });
  if (crc32(start.subarray(12)) !== start.readUInt32LE(8)) throw damaged('malformed');
  const offset = start.readBigUInt64LE(12) + BigInt(START_BYTES);
  const size = start.readBigUInt64LE(20);
  const end = offset + size;
  if (end > bytes) throw damaged('truncated');
  if (end < bytes) throw damaged('trailing-data');
  const [id] = await read(Number(offset), 1);
  // An archive without entries has no header at all.
  if (size === 0n || id === ID.header) return { kind: 'visible' };
  if (id !== ID.encodedHeader || size > MAX_DESCRIPTION_BYTES) throw damaged('malformed');
  const description = await read(Number(offset), Number(size));
  if (crc32(description) !== start.readUInt32LE(28)) throw damaged('malformed');
  return packedHead(new Cursor(description));
}

function damaged(damage: Damage): AppError {
  return new AppError('bundle-damaged', { part: 'header', damage });
}

/** Goes through the description up to the coders of its first folder, of which a header has one. */
function packedHead(cursor: Cursor): ArchiveHead {
  cursor.expect(ID.encodedHeader);
  cursor.expect(ID.packInfo);
  cursor.number();
  const streams = cursor.number();
  for (let id = cursor.byte(); id !== ID.end; id = cursor.byte()) {
    if (id !== ID.size && id !== ID.crc) throw damaged('malformed');
    const count = id === ID.size ? streams : cursor.definedCount(streams);
    for (let stream = 0; stream < count; stream += 1)
      if (id === ID.size) cursor.number();
      else cursor.take(4);
  }
  cursor.expect(ID.unpackInfo);
  cursor.expect(ID.folder);
  cursor.number();
  // The folders could lie elsewhere; no program does that.
  cursor.expect(0);
  for (let coders = cursor.number(); coders > 0; coders -= 1) {
    const { id, properties } = cursor.coder();
    if (id === AES) return { kind: 'sealed', logRounds: (properties[0] ?? 0) & 0x3f };
  }
  return { kind: 'visible' };
}

class Cursor {
  readonly #bytes: Uint8Array;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  take(count: number): Uint8Array {
    const end = this.#position + count;
    if (end > this.#bytes.byteLength) throw damaged('malformed');
    const taken = this.#bytes.subarray(this.#position, end);
    this.#position = end;
    return taken;
  }

  byte(): number {
    return this.take(1)[0] ?? 0;
  }

  expect(id: number): void {
    if (this.byte() !== id) throw damaged('malformed');
  }

  /** A number of up to eight bytes: as many ones as its first byte begins with, so many bytes follow, the lowest first. */
  number(): number {
    const first = this.byte();
    let value = 0;
    let mask = 0x80;
    for (let index = 0; index < 8; index += 1, mask >>= 1) {
      if ((first & mask) === 0) return value + (first & (mask - 1)) * 2 ** (8 * index);
      value += this.byte() * 2 ** (8 * index);
    }
    return value;
  }

  /** How many of so many there are: all, or as many as a field of bits says. */
  definedCount(count: number): number {
    if (this.byte() !== 0) return count;
    let defined = 0;
    for (const byte of this.take(Math.ceil(count / 8)))
      for (let bits = byte; bits > 0; bits >>= 1) defined += bits & 1;
    return defined;
  }

  coder(): { readonly id: number; readonly properties: Uint8Array } {
    const flags = this.byte();
    const id = this.take(flags & 0x0f).reduce((value, byte) => value * 256 + byte, 0);
    if ((flags & 0x10) !== 0) {
      this.number();
      this.number();
    }
    const properties = (flags & 0x20) === 0 ? new Uint8Array() : this.take(this.number());
    return { id, properties };
  }
}
