/* Renders build/icon.svg into what the packages of each system want. Run after changing the drawing: `node tools/icons.ts`. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';

const BUILD = join(import.meta.dirname, '..', 'build');
/** Below this size the seal's edge and the keyhole are only dirt: a simpler drawing is used. */
const SMALL = 32;
const LINUX = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const WINDOWS = [16, 24, 32, 48, 64, 128, 256];
/** Apple's names of PNG entries: points, and points at twice the density. */
const MAC: readonly (readonly [string, number])[] = [
  ['icp4', 16],
  ['icp5', 32],
  ['icp6', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
];

async function render(page: Page, svg: string, size: number): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>body{margin:0}svg{display:block;width:${String(size)}px;height:${String(size)}px}</style>${svg}`,
  );
  return await page.screenshot({ omitBackground: true });
}

/** A header, a directory, then the pictures; 256 is written as 0. */
function ico(pictures: readonly { readonly size: number; readonly png: Buffer }[]): Buffer {
  const header = Buffer.alloc(6 + 16 * pictures.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length;
  pictures.forEach(({ size, png }, i) => {
    const at = 6 + 16 * i;
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([header, ...pictures.map(({ png }) => png)]);
}

/** Entries of name, length and picture behind a magic number and the length of it all. */
function icns(pictures: readonly { readonly name: string; readonly png: Buffer }[]): Buffer {
  const chunk = (name: string, content: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.write(name, 'latin1');
    head.writeUInt32BE(8 + content.length, 4);
    return Buffer.concat([head, content]);
  };
  return chunk('icns', Buffer.concat(pictures.map(({ name, png }) => chunk(name, png))));
}

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium' });
try {
  const page = await browser.newPage();
  const large = await readFile(join(BUILD, 'icon.svg'), 'utf8');
  const small = await readFile(join(BUILD, 'icon-small.svg'), 'utf8');
  const pictures = new Map<number, Buffer>();
  for (const size of LINUX)
    pictures.set(size, await render(page, size <= SMALL ? small : large, size));
  const picture = (size: number): Buffer => pictures.get(size)!;

  await mkdir(join(BUILD, 'icons'), { recursive: true });
  for (const size of LINUX)
    await writeFile(join(BUILD, 'icons', `${String(size)}x${String(size)}.png`), picture(size));
  await writeFile(join(BUILD, 'icon.png'), picture(1024));
  await writeFile(
    join(BUILD, 'icon.ico'),
    ico(WINDOWS.map((size) => ({ size, png: picture(size) }))),
  );
  await writeFile(
    join(BUILD, 'icon.icns'),
    icns(MAC.map(([name, size]) => ({ name, png: picture(size) }))),
  );
} finally {
  await browser.close();
}
