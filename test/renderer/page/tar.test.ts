import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packArchive } from '../../../app/archive/pack.ts';
import { Pieces } from '../../../renderer/page/reader/pieces.ts';
import { readTar } from '../../../renderer/page/reader/tar.ts';
import { documentSource } from '../../support/sources.ts';
import { collect, pieces } from '../../support/streams.ts';
import {
  END_OF_TAR,
  paxHeader,
  signHeader,
  tarEntry,
  tarHeader,
  tarOf,
} from '../../support/tars.ts';
import { failureOf } from './outcomes.ts';

/** Names and contents, in order; folders end with a slash. */
async function entriesOf(tar: Uint8Array, pieceBytes = 1000): Promise<[string, string][]> {
  const entries: [string, string][] = [];
  const source = new Pieces(pieces(tar, pieceBytes));
  for await (const entry of readTar(source, 1_000_000))
    entries.push(
      entry.kind === 'file'
        ? [entry.name, Buffer.from(entry.content).toString('latin1')]
        : [`${entry.name}/`, ''],
    );
  return entries;
}

test('what Signet packs is taken apart again, whatever the names, contents and pieces', async () => {
  const name = fc
    .array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), {
      minLength: 1,
      maxLength: 6,
    })
    .map((segments) => segments.map((one) => one.replace(/[/\0]/g, '_')).join('/'));
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.tuple(name, fc.uint8Array({ maxLength: 2000 })), {
        maxLength: 6,
        selector: ([one]) => one,
      }),
      fc.integer({ min: 1, max: 3000 }),
      async (files, pieceBytes) => {
        const documents = files.map(([one, content]) => documentSource(one, content));
        const { bytes } = packArchive({ documents, emptyFolders: ['none', 'x/y'], note: 'Hi' }, {});
        const entries = await entriesOf(await collect(bytes), pieceBytes);
        expect(entries.slice(0, -1)).toEqual([
          ['NOTE.txt', 'Hi'],
          ['none/', ''],
          ['x/y/', ''],
          ...files.map(([one, content]) => [one, Buffer.from(content).toString('latin1')]),
        ]);
      },
    ),
    { numRuns: 60 },
  );
});

test('the time of a document is that of its header', async () => {
  const modified = new Date('2025-06-01T12:00:00Z');
  const archive = packArchive(
    { documents: [documentSource('a', '1', { modified })], emptyFolders: [] },
    {},
  );
  const entries = readTar(new Pieces(archive.bytes[Symbol.asyncIterator]()), 10_000);
  const { value: first } = await entries.next();
  expect(first).toMatchObject({ name: 'a', modified });
});

const GOOD = tarOf(
  { name: 'a.txt', content: 'content' },
  { name: 'b.txt', content: 'x'.repeat(600) },
);

test('a tar that ends too early is truncated, wherever it ends', async () => {
  const end = GOOD.byteLength - END_OF_TAR.byteLength;
  for (let length = 0; length <= end; length += 64)
    expect(await failureOf(entriesOf(GOOD.subarray(0, length)))).toBe(
      'bundle-damaged archive truncated',
    );
});

test('a changed byte in a header is found', async () => {
  for (const position of [0, 50, 100, 124, 130, 148, 156, 257, 345, 499]) {
    const changed = Buffer.from(GOOD);
    changed[position]! ^= 1;
    expect(await failureOf(entriesOf(changed))).toMatch(
      /^bundle-damaged archive malformed|^unsafe-entry/,
    );
  }
});

test.each<[string, Uint8Array, string]>([
  ['a symbolic link', tarOf({ name: 'a', type: '2', link: '/etc/passwd' }), 'unsafe-entry'],
  ['a hard link', tarOf({ name: 'a', type: '1', link: 'b' }), 'unsafe-entry'],
  ['a device', tarOf({ name: 'a', type: '3' }), 'unsafe-entry'],
  ['a pipe', tarOf({ name: 'a', type: '6' }), 'unsafe-entry'],
  ['a global header', tarOf({ name: 'a', type: 'g' }), 'unsafe-entry'],
  [
    'a long name in the manner of GNU',
    tarOf({ name: 'a', type: 'L', content: 'b' }),
    'unsafe-entry',
  ],
  [
    'a size beyond the bundle',
    tarOf({ name: 'a', size: 2_000_000 }),
    'bundle-damaged archive malformed',
  ],
  ['a size in binary', tarOf({ name: 'a', size: 8 ** 12 }), 'bundle-damaged archive malformed'],
  ['a negative size', tarOf({ name: 'a', size: -1 }), 'bundle-damaged archive malformed'],
  [
    'a name that is not UTF-8',
    tarOf({ name: Buffer.from('a\xff', 'latin1') }),
    'bundle-damaged archive malformed',
  ],
  [
    'an extended header without end',
    tarOf({ name: 'a', pax: { path: 'x'.repeat(70_000) } }),
    'bundle-damaged archive malformed',
  ],
  [
    'bytes behind the end',
    Buffer.concat([GOOD, Buffer.from('hidden')]),
    'bundle-damaged archive trailing-data',
  ],
  [
    'no magic',
    signHeader(Buffer.concat([Buffer.from('a'), Buffer.alloc(511)])),
    'bundle-damaged archive malformed',
  ],
])('%s is refused', async (_what, tar, expected) => {
  expect(await failureOf(entriesOf(tar))).toBe(expected);
});

test.each([
  '0 path=a\n',
  '99 path=a\n',
  'x path=a\n',
  'path=a\n',
  '9 path=ab\n',
  ' path=a\n',
  '1e1 path=a\n',
])('an extended header with the record %j is refused', async (record) => {
  const header = tarHeader({ name: 'PaxHeader', type: 'x' }, record.length);
  const body = Buffer.concat([Buffer.from(record), Buffer.alloc(512 - record.length)]);
  const tar = Buffer.concat([header, body, tarEntry({ name: 'b' }), END_OF_TAR]);
  expect(await failureOf(entriesOf(tar))).toBe('bundle-damaged archive malformed');
});

test('an extended name is that of the next entry only', async () => {
  const tar = Buffer.concat([
    paxHeader({ mtime: '1.5', path: 'long', comment: 'x' }),
    tarEntry({ name: 'short' }),
    tarEntry({ name: 'next' }),
    END_OF_TAR,
  ]);
  expect(await entriesOf(tar)).toEqual([
    ['long', ''],
    ['next', ''],
  ]);
});
