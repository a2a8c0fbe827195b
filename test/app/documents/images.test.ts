import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { preview, tellsLocation } from '../../../app/documents/images.ts';
import { writeDocuments } from '../../support/documents.ts';
import {
  heicWith,
  jpegWith,
  jpegWithLocation,
  jpegWithThumbnail,
  PNG_PIXEL,
  pngWith,
  tiffWithLocation,
  tiffWithThumbnail,
  webpWith,
} from '../../support/images.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const XMP = Buffer.from('<x:xmpmeta exif:GPSLatitude="48,8N"/>');

async function located(name: string, bytes: Uint8Array): Promise<boolean> {
  return await tellsLocation(join(writeDocuments(temporaryFolder(), { [name]: bytes }), name));
}

test.each([
  ['a.jpg', jpegWithLocation()],
  ['a.JPEG', jpegWithLocation()],
  ['a.tif', tiffWithLocation()],
  ['a.png', pngWith(tiffWithLocation())],
  ['a.heic', heicWith(tiffWithLocation())],
  ['a.webp', webpWith(tiffWithLocation())],
  ['odd.webp', webpWith(Buffer.concat([Buffer.from('Exif\0\0'), tiffWithLocation()]), 'EXIF', 8)],
  ['xmp.webp', webpWith(XMP, 'XMP ')],
  ['xmp.jpg', Buffer.concat([jpegWithThumbnail(), XMP])],
])('%s says where it was taken', async (name, bytes) => {
  expect(await located(name, bytes)).toBe(true);
});

test.each([
  ['a.jpg', jpegWithThumbnail()],
  ['a.txt', jpegWithLocation()],
  ['a.tif', tiffWithThumbnail()],
  ['a.png', PNG_PIXEL],
  ['a.heic', heicWith(tiffWithThumbnail())],
  ['a.webp', webpWith(tiffWithThumbnail())],
  ['empty.jpg', Buffer.alloc(0)],
  ['text.jpg', Buffer.from('no image')],
])('%s says nothing of a place', async (name, bytes) => {
  expect(await located(name, bytes)).toBe(false);
});

/** What makes the library, left alone with a HEIC, go round in circles for ever. */
const CIRCLE = Buffer.from(
  '000000186674797068656963000000006d696631686569630000004d00657461000000000000002369696e66000000' +
    '00000100000015696e6665020000000001000045786966000000001e696c6f63000000004400000100010000000100' +
    '00006d0000019a000000a26d646174',
  'hex',
);

test.each(['a.heic', 'a.jpg', 'a.png', 'a.tif'])(
  '%s that was made to keep a reader busy for ever does not',
  async (name) => {
    expect(await located(name, CIRCLE)).toBe(false);
    expect(await located(name, webpWith(CIRCLE, 'EXIF', 8))).toBe(false);
    expect(await located('b.webp', webpWith(CIRCLE, 'EXIF', 8))).toBe(false);
  },
);

test('damaged images are looked at in no time, and never make anything fail', async () => {
  const originals = [
    jpegWith(tiffWithLocation()),
    jpegWithThumbnail(),
    pngWith(tiffWithLocation()),
    heicWith(tiffWithLocation()),
    webpWith(tiffWithLocation(), 'EXIF', 8),
    tiffWithThumbnail(),
  ];
  const folder = temporaryFolder();
  const names = ['a.jpg', 'a.png', 'a.heic', 'a.webp', 'a.tif'];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...originals),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 8 }),
      fc.constantFrom(...names),
      async (original, changes, name) => {
        const bytes = Buffer.from(original);
        for (const [at, value] of changes) bytes[at % bytes.byteLength] = value;
        writeDocuments(folder, { [name]: bytes });
        const started = performance.now();
        await tellsLocation(join(folder, name));
        await preview(join(folder, name));
        expect(performance.now() - started).toBeLessThan(2000);
      },
    ),
    { numRuns: 500 },
  );
}, 120_000);

test('a preview is a picture, whatever the file is called, or nothing', async () => {
  const folder = writeDocuments(temporaryFolder(), {
    camera: jpegWithThumbnail(),
    heic: heicWith(tiffWithThumbnail()),
    tiff: tiffWithThumbnail(),
    'plain.txt': PNG_PIXEL,
    gif: Buffer.from('GIF89a-and-so-on'),
    webp: webpWith(Buffer.alloc(0), 'EXIF', 8),
    'text.png': 'text',
    'page.svg': '<svg onload="x">',
    'empty.png': '',
    'folder/': '',
  });
  const typeOf = async (name: string) => (await preview(join(folder, name)))?.type;
  const types = await Promise.all(
    ['camera', 'heic', 'tiff', 'plain.txt', 'gif', 'webp'].map(typeOf),
  );
  expect(types).toEqual([
    'image/jpeg',
    'image/jpeg',
    'image/jpeg',
    'image/png',
    'image/gif',
    'image/webp',
  ]);
  for (const name of ['text.png', 'page.svg', 'empty.png', 'folder', 'missing.png'])
    expect(await preview(join(folder, name)), name).toBeNull();
});

test('a pipe in the place of an image is not waited for', async () => {
  const path = join(temporaryFolder(), 'a.jpg');
  execFileSync('mkfifo', [path]);
  expect(await tellsLocation(path)).toBe(false);
  expect(await preview(path)).toBeNull();
});
