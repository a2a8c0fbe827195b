import { AppError, type SpecialKind } from '../contract/errors.ts';
import { damagedArchive } from './zip-damage.ts';
import { aesHeadBytes, AES_CODE_BYTES, ZIP_CRYPTO_HEAD_BYTES } from './zip-cipher.ts';
import { decodeName } from './zip-names.ts';
import { parseAes, parseExtras, wideSizes, type AesField, type Extras } from './zip-extra.ts';
import { FLAG, MAX_16, METHOD } from './zip-records.ts';
import { fromDosTime } from './zip-time.ts';

/** How long the fixed part of each record is. */
export const RECORD_BYTES = { local: 30, central: 46 } as const;

/** Longer than any file system's, and than anything but an attack. */
const MAX_NAME_BYTES = 4096;
const FOLDER_BIT = 0x10;
const REPARSE_BIT = 0x400;
/** MS-DOS, HPFS, NTFS and VFAT, whose attributes have a bit for a link. */
const WINDOWS_SYSTEMS: ReadonlySet<number> = new Set([0, 6, 10, 14]);

/** How an entry is locked. */
export type EntryLock =
  | { readonly kind: 'none' }
  | { readonly kind: 'aes'; readonly strength: 1 | 2 | 3; readonly hasCrc: boolean }
  | { readonly kind: 'zipcrypto'; readonly check: number };

/** An entry as the central directory describes it. */
export interface ZipEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | SpecialKind;
  /** The name's bytes, one for each character. */
  readonly rawName: string;
  /** The field with a name in UTF-8 in its place, likewise; empty where there is none. */
  readonly rawUnicodePath: string;
  readonly flags: number;
  /** The method in the header, which for AES says only that. */
  readonly headerMethod: number;
  /** How the content is written underneath the sealing. */
  readonly method: number;
  readonly lock: EntryLock;
  readonly crc: number;
  /** Size of what stands behind the local header, in bytes. */
  readonly sealedBytes: number;
  /** Size of the document, in bytes, as the directory has it. */
  readonly bytes: number;
  /** Where the local header begins. */
  readonly offset: number;
  readonly modified: Date;
}

/** What the header before an entry's content says. */
export interface LocalHeader {
  readonly flags: number;
  readonly headerMethod: number;
  readonly method: number;
  readonly lock: EntryLock;
  readonly crc: number;
  readonly sealedBytes: number;
  readonly bytes: number;
  readonly rawName: string;
  readonly rawUnicodePath: string;
  readonly modified: Date;
}

/** The lengths of what follows the fixed part of a record. */
export interface Lengths {
  readonly name: number;
  readonly extra: number;
  readonly comment: number;
}

/**
 * How much follows the fixed part of a local header.
 *
 * @param header - 30 bytes
 */
export function localLengths(header: Uint8Array): Lengths {
  const view = viewOf(header);
  return { name: view.getUint16(26, true), extra: view.getUint16(28, true), comment: 0 };
}

/**
 * How much follows the fixed part of an entry of the central directory.
 *
 * @param header - 46 bytes
 */
export function centralLengths(header: Uint8Array): Lengths {
  const view = viewOf(header);
  return {
    name: view.getUint16(28, true),
    extra: view.getUint16(30, true),
    comment: view.getUint16(32, true),
  };
}

/**
 * Reads a local header.
 *
 * @param header - 30 bytes
 * @param name - what follows
 * @param extra - what follows that
 * @throws `bundle-damaged`, `format-unsupported`
 */
export function parseLocal(header: Uint8Array, name: Uint8Array, extra: Uint8Array): LocalHeader {
  const view = viewOf(header);
  const fields = parseExtras(extra);
  const [bytes, sealedBytes] = wideSizes(fields.zip64, [
    view.getUint32(22, true),
    view.getUint32(18, true),
  ]);
  const common = parseCommon(view, 6, fields);
  return { ...common, bytes, sealedBytes, rawName: latin1(name) };
}

/**
 * Reads an entry of the central directory.
 *
 * @param header - 46 bytes
 * @param name - what follows
 * @param extra - what follows that
 * @throws `bundle-damaged`, `format-unsupported`, `unsafe-entry`
 */
export function parseCentral(header: Uint8Array, name: Uint8Array, extra: Uint8Array): ZipEntry {
  const view = viewOf(header);
  if (name.byteLength > MAX_NAME_BYTES)
    throw new AppError('unsafe-entry', { name: `${latin1(name, 80)}…`, problem: 'too-long' });
  const fields = parseExtras(extra);
  const [bytes, sealedBytes, offset] = wideSizes(fields.zip64, [
    view.getUint32(24, true),
    view.getUint32(20, true),
    view.getUint32(42, true),
  ]);
  const disk = view.getUint16(34, true);
  if (disk !== 0 && disk !== MAX_16)
    throw new AppError('format-unsupported', { format: 'zip', feature: 'split' });
  const common = parseCommon(view, 8, fields);
  const system = view.getUint8(5);
  const decoded = decodeName({
    raw: name,
    utf8: (common.flags & FLAG.utf8) !== 0,
    system,
    unicodePath: fields.unicodePath,
  });
  const kind = kindOf(decoded, view.getUint32(38, true), system, bytes);
  // Some compress the nothing that is in a folder; but what only its attributes call one must not be an empty file, sealed.
  const hollow = bytes === 0 && (sealedBytes === 0 || decoded.endsWith('/'));
  if (kind === 'folder' && !hollow) throw damagedArchive('malformed', decoded);
  return {
    ...common,
    name: kind === 'folder' ? withoutSlash(decoded) : decoded,
    kind,
    rawName: latin1(name),
    bytes,
    sealedBytes,
    offset,
  };
}

/**
 * How many bytes of an entry stand before and behind its sealed bytes.
 *
 * @param lock - how it is locked
 */
export function lockBytes(lock: EntryLock): { readonly head: number; readonly tail: number } {
  switch (lock.kind) {
    case 'none':
      return { head: 0, tail: 0 };
    case 'aes':
      return { head: aesHeadBytes(lock.strength), tail: AES_CODE_BYTES };
    case 'zipcrypto':
      return { head: ZIP_CRYPTO_HEAD_BYTES, tail: 0 };
  }
}

type Common = Omit<LocalHeader, 'bytes' | 'sealedBytes' | 'rawName'>;

function parseCommon(view: DataView, offset: number, fields: Extras): Common {
  const flags = view.getUint16(offset, true);
  const headerMethod = view.getUint16(offset + 2, true);
  const time = view.getUint16(offset + 4, true);
  const crc = view.getUint32(offset + 8, true);
  if ((flags & (FLAG.strong | FLAG.masked)) !== 0 || fields.strong)
    throw new AppError('format-unsupported', { format: 'zip', feature: 'encryption' });
  const aes = headerMethod === METHOD.aes ? parseAes(fields.aes) : undefined;
  return {
    flags,
    headerMethod,
    method: aes?.method ?? headerMethod,
    lock: lockOf(flags, aes, crc, time),
    crc,
    rawUnicodePath: latin1(fields.unicodePath ?? new Uint8Array()),
    modified: fields.modified ?? fromDosTime(view.getUint16(offset + 6, true), time),
  };
}

function lockOf(flags: number, aes: AesField | undefined, crc: number, time: number): EntryLock {
  const encrypted = (flags & FLAG.encrypted) !== 0;
  if (aes !== undefined) {
    if (!encrypted) throw damagedArchive();
    return { kind: 'aes', strength: aes.strength, hasCrc: aes.hasCrc };
  }
  if (!encrypted) return { kind: 'none' };
  // Where the CRC was not known yet, the head ends with a byte of the time.
  return { kind: 'zipcrypto', check: (flags & FLAG.descriptor) !== 0 ? time >>> 8 : crc >>> 24 };
}

/** By the mode of Unix in the upper half, which some programs for Windows fill in, too; by attributes; by the slash. */
function kindOf(name: string, attributes: number, system: number, bytes: number): ZipEntry['kind'] {
  switch ((attributes >>> 16) & 0o170_000) {
    case 0o120_000:
      return 'symbolic-link';
    case 0o040_000:
      return 'folder';
    case 0o010_000:
      return 'pipe';
    case 0o140_000:
      return 'socket';
    case 0o020_000:
    case 0o060_000:
      return 'device';
  }
  if (WINDOWS_SYSTEMS.has(system) && (attributes & REPARSE_BIT) !== 0) return 'symbolic-link';
  if (name.endsWith('/')) return 'folder';
  return (attributes & FOLDER_BIT) !== 0 && bytes === 0 ? 'folder' : 'file';
}

function withoutSlash(name: string): string {
  let end = name.length;
  while (end > 0 && name[end - 1] === '/') end -= 1;
  return name.slice(0, end);
}

function latin1(bytes: Uint8Array, most = bytes.byteLength): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', 0, most);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
