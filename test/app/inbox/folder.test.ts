import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AppError } from '../../../app/contract/errors.ts';
import { folderInbox } from '../../../app/inbox/folder.ts';
import { patternBytes, writeDocuments } from '../../support/documents.ts';
import { cancelledAt } from '../../support/jobs.ts';
import { openFilesUnder } from '../../support/open-files.ts';
import { hasCommand } from '../../support/peers.ts';
import { collect } from '../../support/streams.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const CONTENT = patternBytes(700_000);

test('the files of a folder are listed, newest first, hidden ones and all else left out', async () => {
  const folder = writeDocuments(temporaryFolder(), {
    'old.age': '1',
    'new.age': '333',
    'middle.age': '22',
    '.hidden': '',
    '.signet-00000000-1-000000000000.partial': '',
    'sub/below.age': '',
  });
  symlinkSync('old.age', join(folder, 'link.age'));
  for (const [index, name] of ['old.age', 'middle.age', 'new.age'].entries())
    utimesSync(join(folder, name), 1_700_000_000 + index, 1_700_000_000 + index);
  const received = (seconds: number): Date => new Date(seconds * 1000);
  expect(await folderInbox(folder).list({})).toEqual([
    {
      location: join(folder, 'new.age'),
      name: 'new.age',
      bytes: 3,
      received: received(1_700_000_002),
    },
    {
      location: join(folder, 'middle.age'),
      name: 'middle.age',
      bytes: 2,
      received: received(1_700_000_001),
    },
    {
      location: join(folder, 'old.age'),
      name: 'old.age',
      bytes: 1,
      received: received(1_700_000_000),
    },
  ]);
});

test('an empty folder lists nothing, a missing one is an error', async () => {
  const folder = temporaryFolder();
  expect(await folderInbox(folder).list({})).toEqual([]);
  await expect(folderInbox(join(folder, 'missing')).list({})).rejects.toMatchObject({
    code: 'bundle-missing',
    data: { path: join(folder, 'missing') },
  });
});

test('listing can be cancelled', async () => {
  const folder = writeDocuments(temporaryFolder(), { a: '', b: '' });
  await expect(folderInbox(folder).list(cancelledAt(1))).rejects.toMatchObject({
    code: 'cancelled',
  });
});

test('a bundle is fetched byte for byte', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'x.age': CONTENT });
  const fetched = await folderInbox(folder).fetch('x.age', {});
  expect(fetched).toMatchObject({ name: 'x.age', bytes: CONTENT.byteLength });
  expect((await collect(fetched.content)).equals(CONTENT)).toBe(true);
  expect(fetched.evidence()).toEqual([]);
  expect(openFilesUnder(folder)).toEqual([]);
});

test.each([
  ['shorter', CONTENT.subarray(0, 300_000)],
  ['longer', Buffer.concat([CONTENT, CONTENT])],
])('a bundle that gets %s before it is read fails', async (_what, content) => {
  const folder = writeDocuments(temporaryFolder(), { 'x.age': CONTENT });
  const fetched = await folderInbox(folder).fetch('x.age', {});
  writeDocuments(folder, { 'x.age': content });
  await expect(collect(fetched.content)).rejects.toMatchObject({
    code: 'bundle-unreadable',
    data: { path: join(folder, 'x.age') },
  });
  expect(openFilesUnder(folder)).toEqual([]);
});

test('a bundle that is announced and then not wanted keeps no file open', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'x.age': CONTENT });
  const unwanted = await folderInbox(folder).fetch('x.age', {});
  expect(unwanted.bytes).toBe(CONTENT.byteLength);
  expect(openFilesUnder(folder)).toEqual([]);
  const halfWanted = await folderInbox(folder).fetch('x.age', {});
  for await (const piece of halfWanted.content) {
    expect(piece.byteLength).toBeGreaterThan(0);
    break;
  }
  expect(openFilesUnder(folder)).toEqual([]);
});

test('a missing bundle and a folder are told apart', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'sub/': '' });
  await expect(folderInbox(folder).fetch('missing', {})).rejects.toMatchObject({
    code: 'bundle-missing',
  });
  await expect(folderInbox(folder).fetch('sub', {})).rejects.toMatchObject({
    code: 'not-a-bundle',
    data: { found: 'folder' },
  });
});

test('a bundle that is gone by the time it is read fails', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'x.age': CONTENT });
  const { content } = await folderInbox(folder).fetch('x.age', {});
  rmSync(join(folder, 'x.age'));
  await expect(collect(content)).rejects.toMatchObject({ code: 'bundle-missing' });
});

test.skipIf(!hasCommand('mkfifo'))('a pipe is no bundle, and is not waited for', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'x.age': CONTENT });
  const pipe = { code: 'not-a-bundle', data: { path: join(folder, 'x.age'), found: 'other' } };
  const { content } = await folderInbox(folder).fetch('x.age', {});
  rmSync(join(folder, 'x.age'));
  execFileSync('mkfifo', [join(folder, 'x.age')]);
  await expect(collect(content)).rejects.toMatchObject(pipe);
  await expect(folderInbox(folder).fetch('x.age', {})).rejects.toMatchObject(pipe);
  expect(openFilesUnder(folder)).toEqual([]);
});

test('a bundle is deleted, and nothing else', async () => {
  const folder = writeDocuments(temporaryFolder(), { a: '', b: '' });
  await folderInbox(folder).delete('a', {});
  expect(readdirSync(folder)).toEqual(['b']);
});

test('deleting what is not there, or a folder, fails and deletes nothing', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'sub'));
  await expect(folderInbox(folder).delete('missing', {})).rejects.toMatchObject({
    code: 'bundle-missing',
  });
  await expect(folderInbox(folder).delete('sub', {})).rejects.toBeInstanceOf(AppError);
  expect(readdirSync(folder)).toEqual(['sub']);
});
