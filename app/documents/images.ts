import { open, type FileHandle } from 'node:fs/promises';
import { extname } from 'node:path';
import { READ_WITHOUT_WAITING } from '../files/read-flags.ts';

/** A picture, small enough to hand over whole. */
export interface Picture {
  readonly type: 'image/jpeg' | 'image/png' | 'image/webp' | 'image/gif';
  readonly bytes: Uint8Array;
}

/** What an image says about itself stands at its beginning; in a TIFF it may stand anywhere. */
const HEAD_BYTES = 256 * 1024;
const TIFF_HEAD_BYTES = 4 * 1024 * 1024;
/** What is handed over as a preview, at most. */
const MAX_PREVIEW_BYTES = 4 * 1024 * 1024;
/** More chunks than this no WebP has before its EXIF. */
const MAX_CHUNKS = 64;
/** An image that seems to hold more EXIFs than this is playing with us. */
const MAX_BLOCKS = 8;

const LOCATING = /^\.(?:jpe?g|heic|heif|tiff?|png|webp)$/i;

/**
 * Whether an image says where it was taken, by its EXIF or its XMP. Judged by its ending, only its beginning is read, and what
 * cannot be understood says nothing.
 *
 * @param path - of the image
 */
export async function tellsLocation(path: string): Promise<boolean> {
  if (!LOCATING.test(extname(path))) return false;
  const found = await withFile(path, async (file, size) => {
    const tiff = /^\.tif/i.test(extname(path));
    const head = await read(file, 0, Math.min(size, tiff ? TIFF_HEAD_BYTES : HEAD_BYTES));
    for (const block of await metadataOf(file, head)) {
      if (block.includes('exif:GPSLatitude')) return true;
      if (!isForLibrary(block)) continue;
      // The library's typings promise more than it keeps: without a position there is nothing.
      const position = (await exifr()).gps(block) as Promise<object | undefined>;
      if ((await position.catch(() => undefined)) !== undefined) return true;
    }
    return false;
  }).catch(() => null);
  return found ?? false;
}

/**
 * A small picture of a document: the one that a camera put into it, or the image itself where it is small and of a kind that any
 * browser shows. Judged by content, not by name.
 *
 * @param path - of the document
 * @returns `null` where there is none, and where the document cannot be read
 */
export async function preview(path: string): Promise<Picture | null> {
  return await withFile(path, async (file, size) => {
    const head = await read(file, 0, Math.min(size, HEAD_BYTES));
    for (const block of await metadataOf(file, head)) {
      if (!isForLibrary(block)) continue;
      const thumbnail = await (await exifr()).thumbnail(block).catch(() => undefined);
      if (thumbnail !== undefined && typeOf(thumbnail) === 'image/jpeg')
        return { type: 'image/jpeg', bytes: thumbnail } as const;
    }
    const type = typeOf(head);
    if (type === undefined || size > MAX_PREVIEW_BYTES) return null;
    return { type, bytes: await read(file, 0, size) };
  }).catch(() => null);
}

type Exifr = Pick<typeof import('exifr'), 'gps' | 'thumbnail'>;

/** Its bundle for Node has everything under `default`; the one that a bundler takes has it there, too. */
async function exifr(): Promise<Exifr> {
  return (await import('exifr')).default;
}

/** The library's reading of HEIC can be made to go round in circles for ever: it never sees one, or what could pass for one. */
function isForLibrary(block: Buffer): boolean {
  const type = typeOf(block);
  return isTiff(block.toString('latin1', 0, 4)) || type === 'image/jpeg' || type === 'image/png';
}

/** The parts of an image that may say something about it: of a HEIC, whatever in it looks like an EXIF. */
async function metadataOf(file: FileHandle, head: Buffer): Promise<Buffer[]> {
  const start = head.toString('latin1', 0, 12);
  if (isTiff(start)) return [head];
  if (start.slice(4, 8) === 'ftyp') return [...tiffsIn(head)];
  switch (typeOf(head)) {
    case 'image/jpeg':
    case 'image/png':
      return [head];
    case 'image/webp':
      return await webpMetadata(file);
    case 'image/gif':
    case undefined:
      return [];
  }
}

function isTiff(start: string): boolean {
  return /^(?:II\*\0|MM\0\*)/.test(start);
}

function* tiffsIn(head: Buffer): Generator<Buffer, void, undefined> {
  const text = head.toString('latin1');
  const found = text.matchAll(/II\*\0|MM\0\*/g);
  let blocks = 0;
  for (const { index } of found) {
    if (blocks === MAX_BLOCKS) return;
    blocks += 1;
    yield head.subarray(index);
  }
}

/** WebP keeps its EXIF, which is a TIFF, and its XMP in chunks behind the picture. */
async function webpMetadata(file: FileHandle): Promise<Buffer[]> {
  const found: Buffer[] = [];
  let position = 12;
  for (let chunks = 0; chunks < MAX_CHUNKS; chunks += 1) {
    const header = await read(file, position, 8);
    if (header.byteLength < 8) break;
    const length = header.readUInt32LE(4);
    const name = header.toString('latin1', 0, 4);
    if (name === 'EXIF' || name === 'XMP ')
      found.push(withoutExifHeader(await read(file, position + 8, Math.min(length, HEAD_BYTES))));
    position += 8 + length + (length % 2);
  }
  return found;
}

/** Some programs put the header of a JPEG's EXIF before it. */
function withoutExifHeader(bytes: Buffer): Buffer {
  return bytes.toString('latin1', 0, 6) === 'Exif\0\0' ? bytes.subarray(6) : bytes;
}

function typeOf(bytes: Uint8Array): Picture['type'] | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(16, bytes.byteLength));
  const text = head.toString('latin1');
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (/^GIF8[79]a/.test(text)) return 'image/gif';
  return /^RIFF....WEBP/s.test(text) ? 'image/webp' : undefined;
}

async function withFile<T>(
  path: string,
  work: (file: FileHandle, size: number) => Promise<T>,
): Promise<T | null> {
  // A pipe in the file's place must not make us wait for its writer.
  const file = await open(path, READ_WITHOUT_WAITING);
  try {
    const stats = await file.stat();
    return stats.isFile() ? await work(file, stats.size) : null;
  } finally {
    await file.close();
  }
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let used = 0;
  while (used < length) {
    const { bytesRead } = await file.read(buffer, used, length - used, position + used);
    if (bytesRead === 0) break;
    used += bytesRead;
  }
  return buffer.subarray(0, used);
}
