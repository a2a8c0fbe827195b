import { readdirSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { openBundleFile } from '../../../../app/files/bundle-file.ts';
import { sevenZipFormat } from '../../../../app/formats/seven-zip.ts';
import { patternBytes } from '../../../support/documents.ts';
import { openFilesUnder } from '../../../support/open-files.ts';
import {
  inspectSevenZip,
  openSevenZip,
  sevenZipBytes,
  sevenZipNumber,
  sevenZipOf,
  storedInLzma2,
  unixAttributes,
  withStart,
  type RawSevenZipEntry,
} from '../../../support/seven-zips.ts';
import { documentSource } from '../../../support/sources.ts';
import { temporaryFolder } from '../../../support/temporary.ts';
import { PASSPHRASE } from '../../../support/workspace.ts';

const NO_PASSPHRASE = { passphrases: [] };

function namesIn(entries: readonly (readonly [string, unknown])[]): string[] {
  return entries.map(([name]) => name);
}

describe('an archive of somebody else', () => {
  test('that is not encrypted opens with a warning, whatever it is packed with', async () => {
    const archive = sevenZipOf(
      { name: 'folder', kind: 'folder' },
      { name: 'folder/stored.txt', content: 'stored' },
      { name: 'empty.txt' },
      {
        name: 'packed.txt',
        content: storedInLzma2('packed'),
        coder: { id: '21', settings: [24] },
        size: 6,
        crc: crc32('packed'),
      },
    );
    expect(await openSevenZip(archive, NO_PASSPHRASE)).toEqual({
      entries: [
        ['folder', null],
        ['empty.txt', Buffer.alloc(0)],
        ['folder/stored.txt', Buffer.from('stored')],
        ['packed.txt', Buffer.from('packed')],
      ],
      openedBy: 'nothing',
      warnings: ['not-encrypted'],
    });
  });

  test('has its checksum file last, wherever it lies', async () => {
    const archive = sevenZipOf(
      { name: 'SHA256SUMS', content: 'the sums\n' },
      { name: 'a.txt', content: 'one' },
      { name: 'none', kind: 'folder' },
      { name: 'b.txt', content: 'two' },
    );
    const { entries, openedBy, warnings } = await openSevenZip(archive, NO_PASSPHRASE);
    expect(entries).toEqual([
      ['none', null],
      ['a.txt', Buffer.from('one')],
      ['b.txt', Buffer.from('two')],
      ['SHA256SUMS', Buffer.from('the sums\n')],
    ]);
    expect({ openedBy, warnings }).toEqual({ openedBy: 'nothing', warnings: ['not-encrypted'] });
  });

  test('with nothing in it has no entries', async () => {
    expect((await openSevenZip(sevenZipOf())).entries).toEqual([]);
    expect((await openSevenZip(withStart(Buffer.alloc(0), Buffer.alloc(0)))).entries).toEqual([]);
  });

  test('says openly what is in it', async () => {
    const archive = sevenZipOf(
      { name: 'a', content: 'abc' },
      { name: 'b' },
      { name: 'c', kind: 'folder' },
    );
    expect(await inspectSevenZip(archive)).toEqual({
      format: '7z',
      bytes: archive.byteLength,
      lockedWith: 'nothing',
      derivation: { kind: 'none' },
      names: 'visible',
      documents: 2,
    });
  });

  test('gives its names as they are, for others to judge', async () => {
    const names = ['../up.txt', '/etc/passwd', 'C:\\a', 'a\tb', 'con', 'a:b', '.', 'x\u202ey'];
    const { entries } = await openSevenZip(
      sevenZipOf(...names.map((name) => ({ name, content: name }))),
      NO_PASSPHRASE,
    );
    expect(namesIn(entries)).toEqual(names);
  });

  test('cannot pretend with a line break in a name', async () => {
    const name = 'a\nSize = 0\nAttributes = D\n\nPath = b';
    const { entries } = await openSevenZip(sevenZipOf({ name, content: 'abc' }), NO_PASSPHRASE);
    expect(entries).toEqual([[name.replaceAll('\n', '_'), Buffer.from('abc')]]);
  });
});

describe('a hostile archive is refused', () => {
  const BOMB = 2 ** 40;

  test.each<[string, RawSevenZipEntry, string, object]>([
    [
      'a symbolic link',
      { name: 'l', content: '/etc/passwd', attributes: unixAttributes(0o120777) },
      'unsafe-entry',
      { name: 'l', problem: 'symbolic-link' },
    ],
    [
      'a reparse point',
      { name: 'l', content: 'x', attributes: 0x400 },
      'unsafe-entry',
      { name: 'l', problem: 'symbolic-link' },
    ],
    [
      'a device',
      { name: 'd', content: 'x', attributes: unixAttributes(0o020666) },
      'unsafe-entry',
      { name: 'd', problem: 'device' },
    ],
    [
      'a pipe',
      { name: 'p', attributes: unixAttributes(0o010666) },
      'unsafe-entry',
      { name: 'p', problem: 'pipe' },
    ],
    [
      'a socket',
      { name: 's', attributes: unixAttributes(0o140777) },
      'unsafe-entry',
      { name: 's', problem: 'socket' },
    ],
    [
      'an anti-item',
      { name: 'gone', kind: 'anti' },
      'unsafe-entry',
      { name: 'gone', problem: 'other' },
    ],
    [
      'a dictionary of a gigabyte',
      { name: 'a', content: storedInLzma2('abc'), coder: { id: '21', settings: [36] }, size: 3 },
      'format-unsupported',
      { format: '7z', feature: 'solid-too-large' },
    ],
    [
      'a dictionary of four gigabytes',
      {
        name: 'a',
        content: 'abc',
        coder: { id: '030101', settings: [0x5d, 0xff, 0xff, 0xff, 0xff] },
        size: 3,
      },
      'format-unsupported',
      { format: '7z', feature: 'solid-too-large' },
    ],
    [
      'a method that nobody knows',
      { name: 'a', content: 'abc', coder: { id: '04f711ff' } },
      'format-unsupported',
      { format: '7z', feature: 'compression' },
    ],
    [
      'more than may come out',
      { name: 'a', content: 'abc', size: BOMB },
      'expands-too-much',
      { kind: 'total', limit: 2 ** 30 },
    ],
    [
      'more than it can hold',
      { name: 'a', content: 'abc', size: 1000 },
      'bundle-damaged',
      { part: 'archive', damage: 'malformed' },
    ],
    [
      'a wrong checksum',
      { name: 'a', content: 'abc', crc: 1 },
      'bundle-damaged',
      { part: 'archive', damage: 'malformed' },
    ],
  ])('with %s', async (_what, entry, code, data) => {
    const archive = sevenZipOf({ name: 'first', content: 'good' }, entry);
    const limits = { maxBytes: 2 ** 30 };
    await expect(openSevenZip(archive, { ...NO_PASSPHRASE, limits })).rejects.toMatchObject({
      code,
      data,
    });
  });

  test('with more that comes out for each byte than may', async () => {
    const bundle = await sevenZipBytes([documentSource('a.txt', Buffer.alloc(1_000_000))]);
    await expect(
      openSevenZip(bundle, { limits: { maxRatio: 200, harmlessBytes: 0 } }),
    ).rejects.toMatchObject({
      code: 'expands-too-much',
      data: { kind: 'ratio', limit: 200 },
    });
  });

  test('with more entries than may be, before they are all listed', async () => {
    const archive = sevenZipOf(
      ...Array.from({ length: 300 }, (_entry, index) => ({ name: String(index) })),
    );
    const open = (maxEntries: number): Promise<unknown> => openSevenZip(archive, { maxEntries });
    await expect(open(299)).rejects.toMatchObject({
      code: 'too-many-entries',
      data: { limit: 299 },
    });
    await expect(open(300)).resolves.toBeDefined();
  });

  test.each([
    ['that would take more memory than there is', [36, 0xf0, 0, 0, 0, 0x7f]],
    ['that would take most of it', [35, 0xf0, 0, 0, 0, 0x30]],
  ])('with a packed header %s', async (_what, [dictionary = 0, ...size]) => {
    const packed = storedInLzma2('x'.repeat(1000));
    const description = Buffer.from([
      ...[0x17, 0x06, 0, 1, 0x09, ...sevenZipNumber(packed.byteLength), 0],
      ...[0x07, 0x0b, 1, 0, 1, 0x21, 0x21, 1, dictionary, 0x0c, ...size, 0, 0],
    ]);
    await expect(openSevenZip(withStart(packed, description), NO_PASSPHRASE)).rejects.toMatchObject(
      { code: 'not-enough-memory', data: { bytes: 768 * 2 ** 20 } },
    );
  });

  test('with a header that makes no sense', async () => {
    for (const header of [
      [1],
      [1, 5, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
      [1, 4, 6, 0, 5, 9],
      [1, 5, 1, 0x11, 3, 0, 0x41],
    ])
      await expect(
        openSevenZip(withStart(Buffer.alloc(10), Buffer.from(header)), NO_PASSPHRASE),
      ).rejects.toMatchObject({
        code: 'bundle-damaged',
        data: { part: 'archive', damage: 'malformed' },
      });
  });
});

test('an archive in volumes opens as one', async () => {
  const bundle = await sevenZipBytes([documentSource('a.jpg', patternBytes(100_000))]);
  const folder = temporaryFolder();
  for (let volume = 0; volume * 30_000 < bundle.byteLength; volume += 1)
    writeFileSync(
      `${folder}/b.7z.00${String(volume + 1)}`,
      bundle.subarray(volume * 30_000, (volume + 1) * 30_000),
    );
  const { entries } = await openSevenZip(`${folder}/b.7z.001`);
  expect(entries[0]).toEqual(['a.jpg', patternBytes(100_000)]);
});

describe('damage', () => {
  const document = documentSource('a.jpg', patternBytes(5000));
  const text = documentSource('b.txt', 'text '.repeat(200));

  test('at any place never gives wrong bytes and calls itself success', async () => {
    const bundle = await sevenZipBytes([document, text], { note: 'a note' });
    const whole = await openSevenZip(bundle);
    const codes = new Set<unknown>();
    for (let position = 0; position < bundle.byteLength; position += 523) {
      const damaged = Buffer.from(bundle);
      damaged[position]! ^= 1 << (position % 8);
      await openSevenZip(damaged).then(
        ({ entries }) => {
          expect(entries, `at ${String(position)}`).toEqual(whole.entries);
        },
        (error: unknown) => codes.add((error as { code: unknown }).code),
      );
    }
    // What seals the names cannot be told from a wrong passphrase when it is damaged.
    expect(codes).toEqual(new Set(['bundle-damaged', 'wrong-passphrase']));
  });

  test('in a document is told from a wrong passphrase', async () => {
    const bundle = await sevenZipBytes([document]);
    bundle[1000]! ^= 1;
    await expect(openSevenZip(bundle)).rejects.toMatchObject({
      code: 'bundle-damaged',
      data: { part: 'archive', damage: 'malformed' },
    });
  });

  test('of an end that is missing is told', async () => {
    const bundle = await sevenZipBytes([document]);
    for (const length of [40, 3000, bundle.byteLength - 1])
      await expect(openSevenZip(bundle.subarray(0, length))).rejects.toMatchObject({
        code: 'bundle-damaged',
        data: { part: 'header', damage: 'truncated' },
      });
  });
});

test('opening tells how far it is, and can be cancelled on the way', async () => {
  const bundle = await sevenZipBytes([documentSource('a.jpg', patternBytes(9_000_000))]);
  const controller = new AbortController();
  let last = 0;
  const opening = openSevenZip(
    bundle,
    {},
    {
      signal: controller.signal,
      onProgress: ({ stage, bytes, total }) => {
        expect({ stage, total: (total ?? 0) > 9_000_000 }).toEqual({ stage: 'open', total: true });
        last = bytes;
        if (bytes > 1_000_000) controller.abort();
      },
    },
  );
  await expect(opening).rejects.toMatchObject({ code: 'cancelled' });
  expect(last).toBeLessThan(9_000_000);
});

test('an opening that is closed early leaves no thread and no open file', async () => {
  const folder = temporaryFolder();
  writeFileSync(
    `${folder}/a.7z`,
    await sevenZipBytes([documentSource('a.jpg', patternBytes(9_000_000))]),
  );
  const file = await openBundleFile(`${folder}/a.7z`);
  const opening = await sevenZipFormat.open(
    file,
    {
      unlock: {
        passphrases: [PASSPHRASE],
        identities: [],
      },
      maxEntries: 10,
      limits: { maxBytes: Infinity, maxRatio: Infinity, harmlessBytes: 0 },
    },
    {},
  );
  if (opening.payload.kind === 'archive') {
    const entries = opening.payload.entries[Symbol.asyncIterator]();
    const first = await entries.next();
    expect(first.value).toMatchObject({ name: 'a.jpg' });
  }
  await opening.close();
  await file.close();
  expect(readdirSync(folder)).toEqual(['a.7z']);
  expect(openFilesUnder(folder)).toEqual([]);
});
