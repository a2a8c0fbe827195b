import { execFileSync } from 'node:child_process';
import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32 } from '../../../renderer/page/save/crc32.ts';
import { forShell, nameBeside, pageName } from '../../../renderer/page/save/save.ts';
import { zipOf } from '../../../renderer/page/save/zip.ts';
import { failureOf } from './outcomes.ts';

test('the CRC-32 is that of zlib, in one piece and in several', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat({ max: 300 }), (bytes, at) => {
      expect(crc32(bytes)).toBe(zlibCrc32(bytes));
      expect(crc32(bytes.subarray(at), crc32(bytes.subarray(0, at)))).toBe(zlibCrc32(bytes));
    }),
  );
});

test('a ZIP of nothing is the end of a directory', async () => {
  const zip = new Uint8Array(await (await zipOf([], [], new Date())).arrayBuffer());
  expect(Buffer.from(zip).toString('hex')).toBe(`504b0506${'00'.repeat(18)}`);
});

test('more entries than a ZIP can count are refused', async () => {
  const folders = Array.from({ length: 65_536 }, (_unused, index) => String(index));
  expect(await failureOf(zipOf([], folders, new Date()))).toBe('too-many-entries');
});

test('more bytes than a ZIP can count are refused', async () => {
  const content = { size: 2 ** 32, slice: () => new Blob() } as unknown as Blob;
  const zip = zipOf([{ name: 'a', modified: new Date(), content }], [], new Date());
  expect(await failureOf(zip)).toBe('bundle-too-large');
});

test.each([
  ['file:///home/me/bundle-a2.html', 'bundle-a2.html'],
  ['file:///C:/Users/me/My%20bundle%20%C3%A4.html', 'My bundle ä.html'],
  ['file:///home/me/bundle.html?x#y', 'bundle.html'],
  ['file:///home/me/', 'bundle.html'],
  ['file:///home/me/%FF.html', 'bundle.html'],
  ['file:///home/me/..%2F..%2Fa.html', 'bundle.html'],
  ['blob:null/2b0c', '2b0c'],
])('the page at %s is called %s', (address, name) => {
  expect(pageName(address)).toBe(name);
});

test('what belongs to a page is called like it', () => {
  expect(nameBeside('bundle.html', '.zip')).toBe('bundle.zip');
  expect(nameBeside('bundle.HTM', '.tar.age')).toBe('bundle.tar.age');
  expect(nameBeside('bundle', '.zip')).toBe('bundle.zip');
});

test('a shell takes a file name for what it is, whatever is in it', () => {
  const names = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((name) => !name.includes('\0'));
  fc.assert(
    fc.property(
      fc.oneof(fc.constantFrom("it's.html", '-rf', '$(id)', '`id`', 'a b', '~'), names),
      (name) => {
        const printed = execFileSync('sh', ['-c', `printf %s ${forShell(name)}`]).toString();
        expect(printed.replace(/^\.\/(?=-)/, '')).toBe(name);
      },
    ),
    { numRuns: 40 },
  );
});
