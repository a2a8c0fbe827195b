import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AppError } from '../../../app/contract/errors.ts';
import type { ArchiveEntry } from '../../../app/contract/records.ts';
import { sha256 } from '../../../app/digest/digest.ts';
import {
  listDocuments,
  stageDocuments,
  type RestoreOptions,
} from '../../../app/documents/restore.ts';
import { patternBytes, writeDocuments } from '../../support/documents.ts';
import { stateOf } from '../../support/folder-state.ts';
import { openFilesUnder } from '../../support/open-files.ts';
import { pieces } from '../../support/streams.ts';
import { namesIn, temporaryFolder } from '../../support/temporary.ts';

const MODIFIED = new Date(1_600_000_000_000);
/** Beyond the size up to which documents are written at once. */
const LARGE = patternBytes(700_001);

function file(name: string, content: string | Uint8Array, modified = MODIFIED): ArchiveEntry {
  const bytes = Buffer.from(content);
  return { kind: 'file', name, bytes: bytes.byteLength, modified, content: pieces(bytes, 100_000) };
}

async function* entries(
  ...list: readonly ArchiveEntry[]
): AsyncGenerator<ArchiveEntry, void, undefined> {
  for (const entry of list) yield await Promise.resolve(entry);
}

function options(directory: string, more: Partial<RestoreOptions> = {}): RestoreOptions {
  return { directory, onConflict: 'fail', wantTexts: new Set(), maxNames: 1000, ...more };
}

test('documents get their names, contents and times, and folders are made', async () => {
  const folder = temporaryFolder();
  const staged = await stageDocuments(
    entries(
      { kind: 'folder', name: 'empty' },
      file('docs/deep/small.txt', 'small'),
      file('docs/large.bin', LARGE),
      file('nothing', ''),
    ),
    options(folder),
    {},
  );
  const placed = await staged.place();
  expect(await namesIn(folder)).toEqual([
    'docs',
    'docs/deep',
    'docs/deep/small.txt',
    'docs/large.bin',
    'empty',
    'nothing',
  ]);
  expect(readFileSync(join(folder, 'docs/deep/small.txt'), 'utf8')).toBe('small');
  expect(readFileSync(join(folder, 'docs/large.bin')).equals(LARGE)).toBe(true);
  for (const name of ['docs/deep/small.txt', 'docs/large.bin', 'nothing'])
    expect(statSync(join(folder, name)).mtime).toEqual(MODIFIED);
  expect(staged.documents).toEqual([
    { name: 'docs/deep/small.txt', bytes: 5, sha256: sha256(Buffer.from('small')) },
    { name: 'docs/large.bin', bytes: LARGE.byteLength, sha256: sha256(LARGE) },
    { name: 'nothing', bytes: 0, sha256: sha256(Buffer.alloc(0)) },
  ]);
  expect([...placed].sort()).toEqual(
    staged.documents.map(({ name }) => [name, name]).sort() as [string, string][],
  );
  expect(openFilesUnder(folder)).toEqual([]);
});

test('nothing has its name before it is placed, and nobody else can look in', async () => {
  const folder = temporaryFolder();
  const staged = await stageDocuments(
    entries(file('a', 'x'), file('b/c', LARGE)),
    options(folder),
    {},
  );
  const names = readdirSync(folder);
  expect(names).toEqual([expect.stringMatching(/^\.signet-.*\.partial$/)]);
  expect(statSync(join(folder, names[0]!)).mode & 0o777).toBe(0o700);
  await staged.discard();
  expect(readdirSync(folder)).toEqual([]);
});

test('discarding twice, or after placing, does no harm', async () => {
  const folder = temporaryFolder();
  const staged = await stageDocuments(entries(file('a', 'x')), options(folder), {});
  await staged.place();
  await staged.discard();
  await staged.discard();
  expect(await namesIn(folder)).toEqual(['a']);
});

test('restored documents are as readable as any new file', async () => {
  const folder = temporaryFolder();
  const staged = await stageDocuments(
    entries(file('a', 'x'), file('b', LARGE)),
    options(folder),
    {},
  );
  await staged.place();
  writeDocuments(folder, { usual: 'made by anybody' });
  const usual = statSync(join(folder, 'usual')).mode;
  for (const name of ['a', 'b']) expect(statSync(join(folder, name)).mode).toBe(usual);
});

test('the target folder is made when it is missing, with those above it', async () => {
  const folder = temporaryFolder();
  const staged = await stageDocuments(entries(file('a', 'x')), options(join(folder, 'x/y/z')), {});
  await staged.place();
  await staged.discard();
  expect(await namesIn(folder)).toEqual(['x', 'x/y', 'x/y/z', 'x/y/z/a']);
});

test('folders that had to be made go away again on failure, and only those', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'x/': '' });
  const before = stateOf(folder);
  async function* failing(): AsyncGenerator<ArchiveEntry, void, undefined> {
    yield* entries(file('a', 'x'), file('b', LARGE));
    throw new AppError('bundle-damaged', { part: 'payload', damage: 'truncated' });
  }
  const target = join(folder, 'x/y/z');
  await expect(stageDocuments(failing(), options(target), {})).rejects.toMatchObject({
    code: 'bundle-damaged',
  });
  expect(stateOf(folder)).toEqual(before);
  const staged = await stageDocuments(entries(file('a', 'x')), options(target), {});
  await staged.discard();
  expect(stateOf(folder)).toEqual(before);
});

test('a target that cannot be made leaves no part of its path', async () => {
  const folder = temporaryFolder();
  const target = join(folder, 'new', 'x'.repeat(300));
  await expect(stageDocuments(entries(), options(target), {})).rejects.toMatchObject({
    code: 'output-unwritable',
    data: { path: target },
  });
  expect(await namesIn(folder)).toEqual([]);
});

test('a target that is a file is refused, and the file is left alone', async () => {
  const folder = writeDocuments(temporaryFolder(), { file: 'mine' });
  const before = stateOf(folder);
  for (const target of ['file', 'file/below'])
    await expect(
      stageDocuments(entries(file('a', 'x')), options(join(folder, target)), {}),
    ).rejects.toBeInstanceOf(AppError);
  expect(stateOf(folder)).toEqual(before);
});

test('a target that is a link to a folder is that folder', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'real'));
  symlinkSync('real', join(folder, 'link'));
  const staged = await stageDocuments(entries(file('d/a', 'x')), options(join(folder, 'link')), {});
  await staged.place();
  expect(readFileSync(join(folder, 'real/d/a'), 'utf8')).toBe('x');
});

test('what a killed run left in the target is cleared away', async () => {
  const folder = temporaryFolder();
  const first = await stageDocuments(entries(file('a', 'x')), options(folder), {});
  const [partial] = readdirSync(folder);
  // The mark of this machine, and a process that cannot be there.
  const dead = partial!.replace(`-${String(process.pid)}-`, '-4194305-');
  writeDocuments(folder, { [`${dead}/docs/half`]: 'x' });
  const second = await stageDocuments(entries(file('b', 'x')), options(folder), {});
  expect(readdirSync(folder)).toHaveLength(2);
  expect(readdirSync(folder)).not.toContain(dead);
  await first.discard();
  await second.discard();
});

test('texts that are asked for come along, of documents that are wanted and not too large', async () => {
  const wantTexts = new Set(['note', 'sums', 'huge']);
  const list = (): AsyncGenerator<ArchiveEntry, void, undefined> =>
    entries(
      file('note', 'hello'),
      file('other', 'not asked for'),
      file('sums', LARGE.toString('hex')),
      file('huge', Buffer.alloc(16 * 1024 * 1024 + 1)),
    );
  const folder = temporaryFolder();
  const staged = await stageDocuments(list(), options(folder, { wantTexts }), {});
  const listed = await listDocuments(list(), { wantTexts, maxNames: 1000 }, {});
  for (const texts of [staged.texts, listed.texts]) {
    expect([...texts.keys()]).toEqual(['note', 'sums']);
    expect(texts.get('note')).toBe('hello');
    expect(texts.get('sums')).toBe(LARGE.toString('hex'));
  }
  expect(listed.documents).toEqual(staged.documents);
  await staged.discard();
});

test('a listing judges names as restoring does', async () => {
  const wantTexts = new Set<string>();
  for (const [name, code] of [
    ['../x', 'unsafe-entry'],
    ['A', 'duplicate-entry'],
  ] as const)
    await expect(
      listDocuments(entries(file('a', 'x'), file(name, 'y')), { wantTexts, maxNames: 1000 }, {}),
    ).rejects.toMatchObject({ code });
});

test('folders that names imply count, so that no small archive fills a disk with them', async () => {
  const deep = (last: string): ArchiveEntry => file(`${`${last}/`.repeat(60)}x`, '');
  const folder = temporaryFolder();
  const limit = { code: 'too-many-entries', data: { limit: 100 } };
  await expect(
    stageDocuments(entries(deep('a'), deep('b')), options(folder, { maxNames: 100 }), {}),
  ).rejects.toMatchObject(limit);
  expect(readdirSync(folder)).toEqual([]);
  await expect(
    listDocuments(entries(deep('a'), deep('b')), { wantTexts: new Set(), maxNames: 100 }, {}),
  ).rejects.toMatchObject(limit);
  await listDocuments(entries(deep('a'), deep('b')), { wantTexts: new Set(), maxNames: 122 }, {});
});
