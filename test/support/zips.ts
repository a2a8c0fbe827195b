import { crc32 } from 'node:zlib';
import type { ArchiveEntry, DocumentRecord, DocumentSource } from '../../app/contract/records.ts';
import type { ExpansionLimits } from '../../app/contract/formats.ts';
import type { Job } from '../../app/contract/job.ts';
import type { BundleFile } from '../../app/files/bundle-file.ts';
import type { Opening } from '../../app/formats/format.ts';
import { zipFormat } from '../../app/formats/zip.ts';
import { collect, pieces } from './streams.ts';

/** Ten words would take no longer. */
export const ZIP_PASSPHRASE = 'correct-horse-battery-staple';

/** Limits that nothing reaches by accident. */
export const NO_LIMITS = { maxBytes: 2 ** 50, maxRatio: 1_000_000, harmlessBytes: 0 } as const;

/** An entry as an attacker would write it: every field as it is given, whether it makes sense or not. */
export interface RawZipEntry {
  readonly name: string | Uint8Array;
  /** As it stands behind the local header. */
  readonly content?: string | Uint8Array;
  readonly method?: number;
  /** UTF-8 unless given. */
  readonly flags?: number;
  readonly crc?: number;
  /** What the headers say; the content's real size unless given. */
  readonly bytes?: number;
  readonly sealedBytes?: number;
  readonly extra?: Uint8Array;
  /** 3 is Unix. */
  readonly system?: number;
  readonly attributes?: number;
  readonly dos?: { readonly date: number; readonly time: number };
  /** What the local header says instead. */
  readonly local?: Partial<
    Pick<RawZipEntry, 'name' | 'method' | 'flags' | 'crc' | 'bytes' | 'sealedBytes' | 'extra'>
  >;
  /** What stands behind the content. */
  readonly after?: Uint8Array;
  /** Where the directory says that it is. */
  readonly offset?: number;
}

/** What the records at the end say instead of the truth. */
export interface RawZipEnd {
  readonly entries?: number;
  readonly start?: number;
  readonly bytes?: number;
  readonly disk?: number;
  readonly comment?: Uint8Array;
  /** Stands before everything. */
  readonly before?: Uint8Array;
  /** Stands between the entries and the directory. */
  readonly between?: Uint8Array;
}

/**
 * A ZIP made by hand, so that no library can keep it from being hostile.
 *
 * @param entries - in order
 * @param end - what to say at the end
 */
export function zipOf(entries: readonly RawZipEntry[], end: RawZipEnd = {}): Buffer {
  const parts: Uint8Array[] = [end.before ?? Buffer.alloc(0)];
  const central: Uint8Array[] = [];
  let offset = parts[0]!.byteLength;
  for (const entry of entries) {
    const content = Buffer.from(entry.content ?? '');
    const local = Buffer.concat([
      zipHeader({ ...entry, ...entry.local }, 'local', offset),
      content,
      entry.after ?? Buffer.alloc(0),
    ]);
    central.push(zipHeader(entry, 'central', offset));
    parts.push(local);
    offset += local.byteLength;
  }
  parts.push(end.between ?? Buffer.alloc(0));
  const start = offset + (end.between?.byteLength ?? 0);
  const directory = Buffer.concat(central);
  const comment = end.comment ?? Buffer.alloc(0);
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x0605_4b50, 0);
  record.writeUInt16LE(end.disk ?? 0, 4);
  record.writeUInt16LE(end.entries ?? entries.length, 8);
  record.writeUInt16LE(end.entries ?? entries.length, 10);
  record.writeUInt32LE(end.bytes ?? directory.byteLength, 12);
  record.writeUInt32LE(end.start ?? start, 16);
  record.writeUInt16LE(comment.byteLength, 20);
  return Buffer.concat([...parts, directory, record, comment]);
}

function zipHeader(entry: RawZipEntry, kind: 'local' | 'central', offset: number): Buffer {
  const name = Buffer.from(entry.name);
  const content = Buffer.from(entry.content ?? '');
  const extra = entry.extra ?? Buffer.alloc(0);
  const header = Buffer.alloc(kind === 'local' ? 30 : 46);
  header.writeUInt32LE(kind === 'local' ? 0x0403_4b50 : 0x0201_4b50, 0);
  const at = kind === 'local' ? 4 : 6;
  if (kind === 'central') header.writeUInt16LE(((entry.system ?? 3) << 8) | 63, 4);
  header.writeUInt16LE(20, at);
  header.writeUInt16LE(entry.flags ?? 0x800, at + 2);
  header.writeUInt16LE(entry.method ?? 0, at + 4);
  header.writeUInt16LE(entry.dos?.time ?? 0, at + 6);
  header.writeUInt16LE(entry.dos?.date ?? 0x5821, at + 8);
  header.writeUInt32LE(entry.crc ?? crc32(content), at + 10);
  header.writeUInt32LE(entry.sealedBytes ?? content.byteLength, at + 14);
  header.writeUInt32LE(entry.bytes ?? content.byteLength, at + 18);
  header.writeUInt16LE(name.byteLength, at + 22);
  header.writeUInt16LE(extra.byteLength, at + 24);
  if (kind === 'central') {
    header.writeUInt32LE(entry.attributes ?? 0o100_644 * 0x1_0000, 38);
    header.writeUInt32LE(entry.offset ?? offset, 42);
  }
  return Buffer.concat([header, name, extra]);
}

/**
 * An extra field.
 *
 * @param id - its number
 * @param content - what is in it
 */
export function extraOf(id: number, content: Uint8Array): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt16LE(id, 0);
  header.writeUInt16LE(content.byteLength, 2);
  return Buffer.concat([header, content]);
}

/**
 * A bundle that is all in memory.
 *
 * @param bytes - all of it
 */
export function bundleOf(bytes: Uint8Array): BundleFile {
  return {
    path: '/bundle.zip',
    name: 'bundle.zip',
    bytes: bytes.byteLength,
    modified: new Date(0),
    parts: [{ path: '/bundle.zip', bytes: bytes.byteLength }],
    read: (position, length) =>
      Promise.resolve(Uint8Array.from(bytes.subarray(position, position + length))),
    content: (start = 0, end = bytes.byteLength) => pieces(bytes.subarray(start, end), 64 * 1024),
    close: () => Promise.resolve(),
  };
}

/** What to seal. */
export interface ZipContents {
  readonly documents: readonly DocumentSource[];
  readonly emptyFolders?: readonly string[];
  readonly note?: string;
  readonly hideNames?: boolean;
  readonly passphrase?: string;
}

/**
 * Seals documents as a ZIP.
 *
 * @param contents - what to seal
 * @param job - the job
 */
export async function sealedZip(
  { documents, emptyFolders = [], note, hideNames = false, passphrase }: ZipContents,
  job: Job = {},
): Promise<{ readonly zip: Buffer; readonly documents: readonly DocumentRecord[] }> {
  const sealing = await zipFormat.seal(
    {
      contents: { documents, emptyFolders, note },
      bytes: documents.reduce((sum, { bytes }) => sum + bytes, 0),
      lock: { kind: 'passphrase', passphrase: passphrase ?? ZIP_PASSPHRASE, logN: 1 },
      hideNames,
    },
    job,
  );
  const zip = await collect(sealing.bytes);
  return { zip, documents: sealing.documents };
}

/** How to open. */
export interface ZipOpening {
  readonly passphrases?: readonly string[];
  readonly maxEntries?: number;
  readonly limits?: ExpansionLimits;
}

/**
 * Opens a ZIP.
 *
 * @param zip - all of it, or a file
 * @param how - by default with the passphrase of these tests, and no limits
 * @param job - the job
 */
export function openZip(
  zip: Uint8Array | BundleFile,
  { passphrases = [ZIP_PASSPHRASE], maxEntries = 100_000, limits = NO_LIMITS }: ZipOpening = {},
  job: Job = {},
): Promise<Opening> {
  const file = zip instanceof Uint8Array ? bundleOf(zip) : zip;
  return zipFormat.open(file, { unlock: { passphrases, identities: [] }, maxEntries, limits }, job);
}

/** An entry with all of its content. */
export interface ReadZipEntry {
  readonly name: string;
  /** Absent for a folder. */
  readonly content?: Buffer;
  readonly bytes?: number;
  readonly modified?: Date;
}

/**
 * All that is in an opened bundle.
 *
 * @param opening - from `openZip`
 */
export async function readAll(opening: Opening): Promise<ReadZipEntry[]> {
  if (opening.payload.kind !== 'archive') throw new Error('not an archive');
  const entries: ReadZipEntry[] = [];
  try {
    for await (const entry of opening.payload.entries) entries.push(await readEntry(entry));
  } finally {
    await opening.close();
  }
  return entries;
}

async function readEntry(entry: ArchiveEntry): Promise<ReadZipEntry> {
  if (entry.kind === 'folder') return { name: `${entry.name}/` };
  const { name, bytes, modified } = entry;
  return { name, bytes, modified, content: await collect(entry.content) };
}

/**
 * All that is in a ZIP, from its bytes.
 *
 * @param zip - all of it, or a file
 * @param how - see `openZip`
 */
export async function readZipEntries(
  zip: Uint8Array | BundleFile,
  how: ZipOpening = {},
): Promise<ReadZipEntry[]> {
  return await readAll(await openZip(zip, how));
}
