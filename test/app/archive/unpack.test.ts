import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { pack } from 'tar-stream';
import { describe, expect, test } from 'vitest';
import { isTarHeader, unpackArchive } from '../../../app/archive/unpack.ts';
import { AppError } from '../../../app/contract/errors.ts';
import type { ArchiveEntry } from '../../../app/contract/records.ts';
import { patternBytes, writeDocuments } from '../../support/documents.ts';
import { hasCommand } from '../../support/peers.ts';
import { collect, pieces } from '../../support/streams.ts';
import { END_OF_TAR, tarEntry, tarHeader, tarOf } from '../../support/tars.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** What came out of an entry, its content read. */
type Read = Omit<Extract<ArchiveEntry, { kind: 'file' }>, 'content'> & { content: Buffer };
type ReadEntry = Read | Extract<ArchiveEntry, { kind: 'folder' }>;

async function read(
  payload: AsyncIterable<Uint8Array>,
  maxEntries = 1000,
): Promise<{ kind: 'archive' | 'file'; entries: ReadEntry[] }> {
  const unpacked = await unpackArchive(payload, maxEntries);
  if (unpacked.kind === 'file') {
    const content = await collect(unpacked.content);
    const entry = { kind: 'file', name: '', bytes: 0, modified: new Date(0), content } as const;
    return { kind: 'file', entries: [entry] };
  }
  const entries: ReadEntry[] = [];
  for await (const entry of unpacked.entries)
    entries.push(
      entry.kind === 'file' ? { ...entry, content: await collect(entry.content) } : entry,
    );
  return { kind: 'archive', entries };
}

const TAR = tarOf(
  { name: 'docs/', type: '5' },
  { name: 'docs/a', content: patternBytes(1500), mtime: 1_600_000_000 },
  { name: 'empty', content: '' },
);
const MODIFIED = new Date(1_700_000_000_000);
const ENTRIES = [
  { kind: 'folder', name: 'docs' },
  {
    kind: 'file',
    name: 'docs/a',
    bytes: 1500,
    modified: new Date(1_600_000_000_000),
    content: patternBytes(1500),
  },
  { kind: 'file', name: 'empty', bytes: 0, modified: MODIFIED, content: Buffer.alloc(0) },
];

describe.each([1, 7, 511, 512, 513, 100_000])('in pieces of %i bytes', (size) => {
  test('a tar is taken apart', async () => {
    expect(await read(pieces(TAR, size))).toEqual({ kind: 'archive', entries: ENTRIES });
  });

  test('what is no tar is one file, whole', async () => {
    for (const content of [
      Buffer.alloc(0),
      Buffer.from('x'),
      TAR.subarray(1),
      TAR.subarray(0, 511),
      Buffer.alloc(2048),
      patternBytes(5000),
    ]) {
      const { kind, entries } = await read(pieces(content, size));
      expect(kind).toBe('file');
      expect(entries[0]).toMatchObject({ content });
    }
  });
});

test('a header is known by its magic and its checksum', () => {
  const header = tarHeader({ name: 'x' });
  expect(isTarHeader(header)).toBe(true);
  for (const [offset, value] of [
    [0, 0x79],
    [257, 0],
    [148, 0x39],
    [511, 1],
  ] as const) {
    const other = Buffer.from(header);
    other[offset] = value;
    expect(isTarHeader(other)).toBe(false);
  }
  expect(isTarHeader(header.subarray(0, 511))).toBe(false);
  expect(isTarHeader(Buffer.alloc(512))).toBe(false);
});

test.skipIf(!hasCommand('tar')).each(['gnu', 'pax', 'ustar', 'posix'])(
  'what GNU tar writes in the %s format is taken apart, a leading ./ taken off',
  async (format) => {
    const long = `docs/${'x'.repeat(format === 'ustar' ? 90 : 200)}.txt`;
    const documents = { 'a.txt': 'a', 'docs/日本.txt': 'b', [long]: 'c', 'empty/': '' };
    const folder = writeDocuments(temporaryFolder(), documents);
    const tar = execFileSync('tar', [`--format=${format}`, '-C', folder, '-cf', '-', '.']);
    const { kind, entries } = await read(pieces(tar));
    expect(kind).toBe('archive');
    expect(entries.map(({ name }) => name).sort()).toEqual(
      ['a.txt', 'docs', 'docs/日本.txt', 'empty', long].sort(),
    );
    expect(entries.find(({ name }) => name === long)).toMatchObject({ content: Buffer.from('c') });
  },
);

test.skipIf(!hasCommand('tar')).each([
  ['1969-07-20 20:17:40.25 UTC', -14_182_939_750],
  ['2024-02-29 12:34:56.789 UTC', 1_709_210_096_789],
  ['2100-01-01 00:00:00 UTC', 4_102_444_800_000],
])('the time %s that GNU tar writes is read', async (date, milliseconds) => {
  const folder = writeDocuments(temporaryFolder(), { a: 'x' });
  const args = ['--format=posix', `--mtime=${date}`, '-C', folder, '-cf', '-', 'a'];
  const { entries } = await read(pieces(execFileSync('tar', args)));
  expect(entries).toMatchObject([{ name: 'a', modified: new Date(milliseconds) }]);
});

test.each([
  ['12', 12_000],
  ['12.5', 12_500],
  ['12.', 12_000],
  ['1700000000.123456789', 1_700_000_000_123],
  ['-0.25', -250],
  ['-14182940', -14_182_940_000],
])('a time of %s seconds is understood', async (mtime, milliseconds) => {
  const tar = tarOf({ name: 'a', pax: { mtime } });
  const [entry] = (await read(pieces(tar))).entries;
  expect(entry).toMatchObject({ modified: new Date(milliseconds) });
});

test.each(['', 'yesterday', '1e3', '0x10', '--1', '9'.repeat(20), '9'.repeat(400), '1;2'])(
  'where a time is given as %j, that of the header counts',
  async (mtime) => {
    const tar = tarOf({ name: 'a', mtime: 1_600_000_000, pax: { mtime } });
    const [entry] = (await read(pieces(tar))).entries;
    expect(entry).toMatchObject({ modified: new Date(1_600_000_000_000) });
  },
);

test('what tar-stream writes is taken apart', async () => {
  const tar = pack();
  tar.entry({ name: 'a', mtime: MODIFIED }, 'content');
  tar.entry({ name: 'd/', type: 'directory' });
  tar.finalize();
  expect((await read(tar as AsyncIterable<Uint8Array>)).entries).toEqual([
    { kind: 'file', name: 'a', bytes: 7, modified: MODIFIED, content: Buffer.from('content') },
    { kind: 'folder', name: 'd' },
  ]);
});

test.each([
  ['1', 'hard-link'],
  ['2', 'symbolic-link'],
  ['3', 'device'],
  ['4', 'device'],
  ['6', 'pipe'],
  ['S', 'other'],
  ['D', 'other'],
  ['V', 'other'],
])('an entry of type %s is refused as a %s', async (type, problem) => {
  const tar = tarOf({ name: 'good', content: 'x' }, { name: 'bad', type, link: '/etc/passwd' });
  await expect(read(pieces(tar))).rejects.toMatchObject({
    code: 'unsafe-entry',
    data: { name: 'bad', problem },
  });
});

test.skipIf(!hasCommand('tar'))('links that GNU tar writes are refused', async () => {
  const folder = writeDocuments(temporaryFolder(), { a: 'x' });
  symlinkSync('a', `${folder}/link`);
  const tar = execFileSync('tar', ['-C', folder, '-cf', '-', 'a', 'link']);
  await expect(read(pieces(tar))).rejects.toMatchObject({ data: { problem: 'symbolic-link' } });
});

test('more entries than allowed are refused, and as many are fine', async () => {
  const tar = tarOf(...Array.from({ length: 5 }, (_unused, index) => ({ name: String(index) })));
  expect((await read(pieces(tar), 5)).entries).toHaveLength(5);
  await expect(read(pieces(tar), 4)).rejects.toMatchObject({
    code: 'too-many-entries',
    data: { limit: 4 },
  });
});

test('entries whose contents are passed over do not disturb those that follow', async () => {
  const tar = tarOf(
    { name: 'a', content: patternBytes(100_000) },
    { name: 'b', content: patternBytes(100_000, 2) },
  );
  const unpacked = await unpackArchive(pieces(tar, 1000), 10);
  if (unpacked.kind !== 'archive') throw new Error('not a tar');
  for await (const entry of unpacked.entries) {
    if (entry.name === 'a' || entry.kind === 'folder') continue;
    expect((await collect(entry.content)).equals(patternBytes(100_000, 2))).toBe(true);
  }
});

test('the end of the entries is reached only after the whole payload was read', async () => {
  let ended = false;
  async function* payload(): AsyncGenerator<Uint8Array, void, undefined> {
    yield* pieces(TAR, 512);
    yield* pieces(Buffer.alloc(102_400), 512);
    ended = true;
  }
  await read(payload());
  expect(ended).toBe(true);
});

test('what the payload throws comes out as it is, wherever it happens', async () => {
  const tar = Buffer.concat([
    tarEntry({ name: 'a', content: patternBytes(5000) }),
    tarEntry({ name: 'b', content: patternBytes(5000) }),
    END_OF_TAR,
  ]);
  for (let offset = 0; offset <= tar.byteLength; offset += 256) {
    const failure = new AppError('bundle-damaged', { part: 'payload', damage: 'not-authentic' });
    async function* payload(): AsyncGenerator<Uint8Array, void, undefined> {
      yield* pieces(tar.subarray(0, offset), 300);
      throw failure;
    }
    await expect(read(payload())).rejects.toBe(failure);
  }
});

test('a reader who stops early stops the payload', async () => {
  let closed = false;
  async function* payload(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield* pieces(tarOf({ name: 'a', content: patternBytes(1_000_000) }), 1000);
    } finally {
      closed = true;
    }
  }
  const unpacked = await unpackArchive(payload(), 10);
  if (unpacked.kind !== 'archive') throw new Error('not a tar');
  for await (const entry of unpacked.entries) {
    if (entry.kind === 'folder') continue;
    for await (const piece of entry.content) {
      expect(piece.byteLength).toBeGreaterThan(0);
      break;
    }
    break;
  }
  expect(closed).toBe(true);
});
