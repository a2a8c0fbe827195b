import { AppError } from '../../../app/contract/errors.ts';
import { Breath } from '../reader/pause.ts';
import { crc32 } from './crc32.ts';

/*
 * A plain ZIP (PKWARE, APPNOTE 6.3.10) whose entries are stored as they are. It is put together from the documents without a
 * copy of any; what a page can hold stays far below the limits at which ZIP would need its 64-bit form.
 */
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
const VERSION = 20;
/** Names are UTF-8. */
const UTF8_NAMES = 0x0800;
/** Unix, because some tools take names from anywhere else for the code page of an old PC, whatever the flag says. */
const MADE_ON = 3 << 8;
/** The mode of Unix, and of a folder the mark of DOS, too. */
const FILE_ATTRIBUTES = 0o100_644 * 0x1_0000;
const FOLDER_ATTRIBUTES = 0o040_755 * 0x1_0000 + 0x10;
const MAX_ENTRIES = 0xffff;
const MAX_BYTES = 0xffff_ffff;

/** A file for the ZIP. */
export interface ZipFile {
  /** Relative, `/` between folders. */
  readonly name: string;
  readonly modified: Date;
  readonly content: Blob;
}

interface Entry {
  readonly name: Uint8Array<ArrayBuffer>;
  readonly modified: Date;
  readonly content: Blob;
  readonly crc: number;
  readonly folder: boolean;
}

/**
 * Makes a ZIP.
 *
 * @param files - their names are different from each other
 * @param emptyFolders - names without a slash at the end
 * @param now - the time that empty folders get
 * @throws `too-many-entries`, `bundle-too-large`
 */
export async function zipOf(
  files: readonly ZipFile[],
  emptyFolders: readonly string[],
  now: Date,
): Promise<Blob> {
  if (files.length + emptyFolders.length > MAX_ENTRIES)
    throw new AppError('too-many-entries', { limit: MAX_ENTRIES });
  const encoder = new TextEncoder();
  const parts: BlobPart[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  const add = (entry: Entry): void => {
    directory.push(centralHeader(entry, offset), entry.name);
    parts.push(localHeader(entry), entry.name, entry.content);
    offset += LOCAL_BYTES + entry.name.byteLength + entry.content.size;
  };
  for (const folder of emptyFolders)
    add({
      name: encoder.encode(`${folder}/`),
      modified: now,
      content: new Blob(),
      crc: 0,
      folder: true,
    });
  const breath = new Breath();
  for (const { name, modified, content } of files) {
    const crc = await crcOf(content, breath);
    add({ name: encoder.encode(name), modified, content, crc, folder: false });
  }
  const directoryBytes = directory.reduce((sum, part) => sum + part.byteLength, 0);
  if (offset + directoryBytes > MAX_BYTES)
    throw new AppError('bundle-too-large', { limit: MAX_BYTES });
  const count = files.length + emptyFolders.length;
  return new Blob([...parts, ...directory, endOfDirectory(count, directoryBytes, offset)], {
    type: 'application/zip',
  });
}

async function crcOf(content: Blob, breath: Breath): Promise<number> {
  let crc = 0;
  const slice = 1024 * 1024;
  for (let start = 0; start < content.size; start += slice) {
    crc = crc32(new Uint8Array(await content.slice(start, start + slice).arrayBuffer()), crc);
    await breath.take();
  }
  return crc;
}

function localHeader(entry: Entry): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(LOCAL_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x04034b50, true);
  writeCommon(view, 4, entry);
  return bytes;
}

function centralHeader(entry: Entry, offset: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(CENTRAL_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x02014b50, true);
  view.setUint16(4, MADE_ON | VERSION, true);
  writeCommon(view, 6, entry);
  view.setUint32(38, entry.folder ? FOLDER_ATTRIBUTES : FILE_ATTRIBUTES, true);
  view.setUint32(42, offset, true);
  return bytes;
}

/** What both headers say in the same order: version, flags, method, time, date, sum, both sizes, length of the name. */
function writeCommon(view: DataView, at: number, entry: Entry): void {
  const { time, date } = dosTime(entry.modified);
  view.setUint16(at, VERSION, true);
  view.setUint16(at + 2, UTF8_NAMES, true);
  view.setUint16(at + 6, time, true);
  view.setUint16(at + 8, date, true);
  view.setUint32(at + 10, entry.crc, true);
  view.setUint32(at + 14, entry.content.size, true);
  view.setUint32(at + 18, entry.content.size, true);
  view.setUint16(at + 22, entry.name.byteLength, true);
}

function endOfDirectory(count: number, bytes: number, offset: number): Uint8Array<ArrayBuffer> {
  const end = new Uint8Array(END_BYTES);
  const view = new DataView(end.buffer);
  view.setUint32(0, 0x06054b50, true);
  view.setUint16(8, count, true);
  view.setUint16(10, count, true);
  view.setUint32(12, bytes, true);
  view.setUint32(16, offset, true);
  return end;
}

/** Local time in steps of two seconds, from 1980 to 2107. */
function dosTime(moment: Date): { time: number; date: number } {
  const year = Math.min(Math.max(moment.getFullYear(), 1980), 2107);
  return {
    time: (moment.getHours() << 11) | (moment.getMinutes() << 5) | (moment.getSeconds() >> 1),
    date: ((year - 1980) << 9) | ((moment.getMonth() + 1) << 5) | moment.getDate(),
  };
}
