import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { BundleSummary } from '../../app/contract/formats.ts';
import type { Job } from '../../app/contract/job.ts';
import type { DocumentSource } from '../../app/contract/records.ts';
import { openBundleFile, type BundleFile } from '../../app/files/bundle-file.ts';
import { openVolumes } from '../../app/files/volumes.ts';
import type { FormatOpenRequest, Opening } from '../../app/formats/format.ts';
import { sevenZipFormat } from '../../app/formats/seven-zip.ts';
import { collect } from './streams.ts';
import { temporaryFolder } from './temporary.ts';
import { PASSPHRASE } from './workspace.ts';

/** An entry as an attacker would write it: every field as it is given, whether it makes sense or not. */
export interface RawSevenZipEntry {
  readonly name: string;
  readonly kind?: 'file' | 'folder' | 'anti';
  /** What lies in the archive; stored unless there is a coder. */
  readonly content?: string | Uint8Array;
  /** Its number in hexadecimal, and its settings. */
  readonly coder?: { readonly id: string; readonly settings?: readonly number[] };
  /** What the header says comes out; the size of the content unless given. */
  readonly size?: number;
  /** What the header says of the bytes that come out; the CRC of the content unless given. */
  readonly crc?: number;
  /** As Windows has them; `st_mode` in the upper half. */
  readonly attributes?: number;
}

/** `st_mode` where 7-Zip for Unix puts it. */
export function unixAttributes(mode: number): number {
  return ((mode << 16) | 0x8000) >>> 0;
}

/**
 * A 7z made by hand, so that no program can keep it from being hostile: each file in a stream of its own.
 *
 * @param entries - in order
 */
export function sevenZipOf(...entries: readonly RawSevenZipEntry[]): Buffer {
  const full = entries.filter(({ content }) => content !== undefined);
  const packed = Buffer.concat(full.map(({ content = '' }) => Buffer.from(content)));
  return withStart(packed, headerOf(entries, full));
}

/**
 * Puts the start before packed streams and a header.
 *
 * @param packed - the streams
 * @param header - whatever is to count as one
 */
export function withStart(packed: Uint8Array, header: Uint8Array): Buffer {
  const start = Buffer.alloc(32);
  Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4]).copy(start);
  start.writeBigUInt64LE(BigInt(packed.byteLength), 12);
  start.writeBigUInt64LE(BigInt(header.byteLength), 20);
  start.writeUInt32LE(crc32(header), 28);
  start.writeUInt32LE(crc32(start.subarray(12)), 8);
  return Buffer.concat([start, packed, header]);
}

/**
 * A number as a 7z header has it.
 *
 * @param value - up to 2^53
 */
export function sevenZipNumber(value: number): Buffer {
  if (value < 0x80) return Buffer.from([value]);
  const bytes = Buffer.alloc(9, 0xff);
  bytes.writeBigUInt64LE(BigInt(value), 1);
  return bytes;
}

/** A stream of LZMA2 that stores what it holds, up to 64 KiB. */
export function storedInLzma2(content: string): Buffer {
  const bytes = Buffer.from(content);
  const size = bytes.byteLength - 1;
  return Buffer.concat([Buffer.from([1, size >> 8, size & 0xff]), bytes, Buffer.from([0])]);
}

function headerOf(entries: readonly RawSevenZipEntry[], full: readonly RawSevenZipEntry[]): Buffer {
  const sizeOf = ({ content = '', size }: RawSevenZipEntry): number =>
    size ?? Buffer.byteLength(content);
  const streams = [
    [0x04, 0x06, 0, ...sevenZipNumber(full.length), 0x09],
    ...full.map(({ content = '' }) => [...sevenZipNumber(Buffer.byteLength(content))]),
    [0, 0x07, 0x0b, ...sevenZipNumber(full.length), 0],
    ...full.map(({ coder }) => folderOf(coder)),
    [0x0c],
    ...full.map((entry) => [...sevenZipNumber(sizeOf(entry))]),
    [0x0a, 1],
    ...full.map(({ content = '', crc }) => [...u32(crc ?? crc32(Buffer.from(content)))]),
    [0, 0x08, 0, 0],
  ].flat();
  const empty = entries.map(({ content }) => content === undefined);
  const emptyEntries = entries.filter(({ content }) => content === undefined);
  const names = Buffer.from(entries.map(({ name }) => `${name}\0`).join(''), 'utf16le');
  const attributes = entries.flatMap(({ kind, attributes: given }) => [
    ...u32(given ?? (kind === 'folder' ? 0x10 : 0x20)),
  ]);
  return Buffer.from([
    0x01,
    ...(full.length === 0 ? [] : streams),
    0x05,
    ...sevenZipNumber(entries.length),
    ...property(0x0e, bits(empty)),
    ...property(0x0f, bits(emptyEntries.map(({ kind }) => kind !== 'folder'))),
    ...property(0x10, bits(emptyEntries.map(({ kind }) => kind === 'anti'))),
    ...property(0x11, [0, ...names]),
    ...property(0x15, [1, 0, ...attributes]),
    0,
    0,
  ]);
}

function folderOf(coder: RawSevenZipEntry['coder']): number[] {
  if (coder === undefined) return [1, 1, 0];
  const id = Buffer.from(coder.id, 'hex');
  const { settings } = coder;
  const flags = id.byteLength | (settings === undefined ? 0 : 0x20);
  return [1, flags, ...id, ...(settings === undefined ? [] : [settings.length, ...settings])];
}

function property(id: number, bytes: readonly number[]): number[] {
  return bytes.length === 0 ? [] : [id, ...sevenZipNumber(bytes.length), ...bytes];
}

function bits(values: readonly boolean[]): number[] {
  if (!values.includes(true)) return [];
  return Array.from({ length: Math.ceil(values.length / 8) }, (_byte, index) =>
    values
      .slice(index * 8, index * 8 + 8)
      .reduce((byte, value, bit) => byte | (value ? 0x80 >> bit : 0), 0),
  );
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** What to seal, and how, as far as it is not as usual. */
export interface SevenZipSealing {
  readonly emptyFolders?: readonly string[];
  readonly note?: string;
  readonly passphrase?: string;
}

/**
 * Seals documents as 7z.
 *
 * @param documents - in order
 * @param sealing - what is not as usual
 * @param job - may be cancelled
 */
export function sealSevenZip(
  documents: readonly DocumentSource[],
  sealing: SevenZipSealing = {},
  job: Job = {},
): ReturnType<typeof sevenZipFormat.seal> {
  const { emptyFolders = [], note, passphrase = PASSPHRASE } = sealing;
  return sevenZipFormat.seal(
    {
      contents: { documents, emptyFolders, note },
      bytes: documents.reduce((sum, { bytes }) => sum + bytes, 0),
      lock: { kind: 'passphrase', passphrase, logN: 4 },
      hideNames: false,
    },
    job,
  );
}

/**
 * Seals documents as 7z, and takes the whole bundle.
 *
 * @param documents - in order
 * @param sealing - what is not as usual
 */
export async function sevenZipBytes(
  documents: readonly DocumentSource[],
  sealing: SevenZipSealing = {},
): Promise<Buffer> {
  return await collect((await sealSevenZip(documents, sealing)).bytes);
}

/** How to open, as far as it is not with the usual passphrase and without limits. */
export interface SevenZipOpening {
  readonly passphrases?: readonly string[];
  readonly maxEntries?: number;
  readonly limits?: Partial<FormatOpenRequest['limits']>;
}

/** What came out of a 7z. */
export interface OpenedSevenZip extends Pick<Opening, 'openedBy' | 'warnings'> {
  /** Contents by name in order; `null` for a folder. */
  readonly entries: readonly (readonly [string, Buffer | null])[];
}

/**
 * Opens a 7z and reads all of it.
 *
 * @param bundle - a path, that of a volume too, or the archive's bytes
 * @param options - what is not as usual
 * @param job - may be cancelled
 */
export async function openSevenZip(
  bundle: string | Uint8Array,
  options: SevenZipOpening = {},
  job: Job = {},
): Promise<OpenedSevenZip> {
  const file = await fileOf(bundle);
  try {
    const opening = await sevenZipFormat.open(
      file,
      {
        unlock: { passphrases: options.passphrases ?? [PASSPHRASE], identities: [] },
        maxEntries: options.maxEntries ?? 1000,
        limits: { maxBytes: Infinity, maxRatio: Infinity, harmlessBytes: 0, ...options.limits },
      },
      job,
    );
    try {
      const entries: [string, Buffer | null][] = [];
      if (opening.payload.kind === 'file') throw new Error('a 7z is always an archive');
      for await (const entry of opening.payload.entries)
        entries.push([entry.name, entry.kind === 'file' ? await collect(entry.content) : null]);
      return { entries, openedBy: opening.openedBy, warnings: opening.warnings };
    } finally {
      await opening.close();
    }
  } finally {
    await file.close();
  }
}

/**
 * Says what a 7z is.
 *
 * @param bundle - a path, that of a volume too, or the archive's bytes
 */
export async function inspectSevenZip(bundle: string | Uint8Array): Promise<BundleSummary> {
  const file = await fileOf(bundle);
  try {
    return await sevenZipFormat.inspect(file);
  } finally {
    await file.close();
  }
}

function fileOf(bundle: string | Uint8Array): Promise<BundleFile> {
  if (typeof bundle === 'string')
    return bundle.endsWith('.001') ? openVolumes(bundle) : openBundleFile(bundle);
  const path = join(temporaryFolder(), 'bundle.7z');
  writeFileSync(path, bundle);
  return openBundleFile(path);
}
