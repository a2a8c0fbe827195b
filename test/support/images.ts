/** An entry of a TIFF directory: tag, type, count, value. */
type Field = readonly [tag: number, type: number, count: number, value: number];

/** The smallest PNG: one pixel. */
export const PNG_PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=',
  'base64',
);

const GPS_POINTER = 0x8825;
const THUMBNAIL_OFFSET = 0x0201;
const THUMBNAIL_LENGTH = 0x0202;

function directory(fields: readonly Field[], next = 0): Buffer {
  const bytes = Buffer.alloc(2 + fields.length * 12 + 4);
  bytes.writeUInt16LE(fields.length, 0);
  fields.forEach(([tag, type, count, value], index) => {
    const start = 2 + index * 12;
    bytes.writeUInt16LE(tag, start);
    bytes.writeUInt16LE(type, start + 2);
    bytes.writeUInt32LE(count, start + 4);
    bytes.writeUInt32LE(value, start + 8);
  });
  bytes.writeUInt32LE(next, 2 + fields.length * 12);

  return bytes;
}

/** A TIFF that says where it was taken: 10° 11′ 12″ north and east. */
export function tiffWithLocation(): Buffer {
  const tiff = Buffer.alloc(160);
  tiff.write('II*\0', 'latin1');
  tiff.writeUInt32LE(8, 4);
  directory([[GPS_POINTER, 4, 1, 32]]).copy(tiff, 8);
  directory([
    [1, 2, 2, 'N'.charCodeAt(0)],
    [2, 5, 3, 96],
    [3, 2, 2, 'E'.charCodeAt(0)],
    [4, 5, 3, 120],
  ]).copy(tiff, 32);
  for (const start of [96, 120])
    [10, 11, 12].forEach((value, index) => {
      tiff.writeUInt32LE(value, start + index * 8);
      tiff.writeUInt32LE(1, start + index * 8 + 4);
    });
  return tiff;
}

/** A TIFF with a small JPEG in it. */
export function tiffWithThumbnail(): Buffer {
  const tiff = Buffer.alloc(120);
  tiff.write('II*\0', 'latin1');
  tiff.writeUInt32LE(8, 4);
  directory([], 16).copy(tiff, 8);
  directory([
    [THUMBNAIL_OFFSET, 4, 1, 80],
    [THUMBNAIL_LENGTH, 4, 1, 20],
  ]).copy(tiff, 16);
  Buffer.from('\xff\xd8\xff\xe0thumbnail\xff\xd9', 'latin1').copy(tiff, 80);
  return tiff;
}

/** A JPEG with an EXIF, and no picture to speak of. */
export function jpegWith(tiff: Buffer): Buffer {
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(exif.byteLength + 2, 4);
  return Buffer.concat([head, exif, Buffer.from([0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9])]);
}

/** A photo that says where it was taken. */
export function jpegWithLocation(): Buffer {
  return jpegWith(tiffWithLocation());
}

/** A photo as a camera makes it, with a small one within. */
export function jpegWithThumbnail(): Buffer {
  return jpegWith(tiffWithThumbnail());
}

function chunk(name: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.byteLength);
  head.write(name, 4, 'latin1');
  return Buffer.concat([head, content, Buffer.alloc(4)]);
}

/** A PNG with an EXIF. */
export function pngWith(tiff: Buffer): Buffer {
  return Buffer.concat([
    PNG_PIXEL.subarray(0, 8),
    PNG_PIXEL.subarray(8, 33),
    chunk('eXIf', tiff),
    PNG_PIXEL.subarray(33),
  ]);
}

/** A WebP with an EXIF behind its picture, or another chunk. */
export function webpWith(content: Buffer, name = 'EXIF', pictureBytes = 300_001): Buffer {
  const chunks = [
    ['VP8 ', Buffer.alloc(pictureBytes)],
    [name, content],
  ] as const;
  const body = chunks.map(([fourCc, bytes]) => {
    const head = Buffer.alloc(8);
    head.write(fourCc, 'latin1');
    head.writeUInt32LE(bytes.byteLength, 4);
    return Buffer.concat([head, bytes, Buffer.alloc(bytes.byteLength % 2)]);
  });
  const all = Buffer.concat([Buffer.from('WEBP', 'latin1'), ...body]);
  const head = Buffer.from('RIFF\0\0\0\0', 'latin1');
  head.writeUInt32LE(all.byteLength, 4);
  return Buffer.concat([head, all]);
}

/** As much of a HEIC as says where it was taken. */
export function heicWith(tiff: Buffer): Buffer {
  const type = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1');
  return Buffer.concat([type, Buffer.alloc(5000), Buffer.from('Exif\0\0', 'latin1'), tiff]);
}
