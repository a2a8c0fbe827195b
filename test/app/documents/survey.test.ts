import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { surveyDocuments } from '../../../app/documents/survey.ts';
import { writeDocuments } from '../../support/documents.ts';
import { isRoot } from '../../support/peers.ts';
import { temporaryFolder } from '../../support/temporary.ts';

async function rows(path: string, name = 'in') {
  const { documents, leftOut } = await surveyDocuments(path, name, 1000, {});
  return {
    leftOut,
    found: documents.map(({ name, kind, bytes, fault }) => [name, kind, bytes, fault?.kind]),
  };
}

test('a folder is found with everything in it, sorted, without the system’s litter', async () => {
  const folder = writeDocuments(temporaryFolder(), {
    'b.txt': 'bb',
    'a/2.txt': '2',
    'a/1.txt': '1',
    'a/.DS_Store': 'x',
    'empty/': '',
    'litter/Thumbs.db': 'x',
  });
  expect(await rows(folder)).toEqual({
    leftOut: 2,
    found: [
      ['in/a/1.txt', 'file', 1, undefined],
      ['in/a/2.txt', 'file', 1, undefined],
      ['in/b.txt', 'file', 2, undefined],
      ['in/empty', 'folder', 0, undefined],
      ['in/litter', 'folder', 0, undefined],
    ],
  });
});

test('litter that is named by itself is taken, and left out when it is named as part of a folder', async () => {
  const folder = writeDocuments(temporaryFolder(), { '.DS_Store': 'x', 'a.txt': 'a' });
  const litter = join(folder, '.DS_Store');
  expect((await rows(litter, '.DS_Store')).found).toHaveLength(1);
  expect(await rows(litter, 'in/.DS_Store')).toEqual({ leftOut: 1, found: [] });
  expect((await rows(join(folder, 'a.txt'), 'in/a.txt')).found).toHaveLength(1);
});

test('what could not be sealed is found, too, with the reason', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'good.txt': 'x' });
  symlinkSync(join(folder, 'good.txt'), join(folder, 'link'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  expect((await rows(folder)).found).toEqual([
    ['in/good.txt', 'file', 1, undefined],
    ['in/link', 'file', 0, 'special'],
    ['in/pipe', 'file', 0, 'special'],
  ]);
  expect((await rows(join(folder, 'gone'))).found).toEqual([['in', 'file', 0, 'missing']]);
});

test('a name that is not Unicode is found, and does not stop the rest', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'good.txt': 'x' });
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/bad `), Buffer.from([0xff])]), 'x');
  const { found } = await rows(folder);
  expect(found.map(([, , , fault]) => fault)).toEqual(['missing', undefined]);
});

test('a link that the person named is followed, and its place is where it leads', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'real/a.txt': 'a' });
  symlinkSync(join(folder, 'real'), join(folder, 'link'));
  const { documents } = await surveyDocuments(join(folder, 'link'), 'link', 10, {});
  expect(documents).toMatchObject([{ name: 'link/a.txt', path: join(folder, 'real/a.txt') }]);
});

test('more than can be sealed is refused before it is all found', async () => {
  const folder = temporaryFolder();
  for (let each = 0; each < 11; each += 1) writeDocuments(folder, { [`${String(each)}.txt`]: 'x' });
  await expect(surveyDocuments(folder, 'in', 10, {})).rejects.toMatchObject({
    code: 'too-many-documents',
    data: { limit: 10 },
  });
  expect((await surveyDocuments(folder, 'in', 11, {})).documents).toHaveLength(11);
});

test('it can be stopped', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'a.txt': 'x' });
  const job = { signal: AbortSignal.abort() };
  await expect(surveyDocuments(folder, 'in', 10, job)).rejects.toMatchObject({ code: 'cancelled' });
});

test.skipIf(isRoot)('what may not be read is found as such', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'a.txt': 'x', 'sub/b.txt': 'x' });
  execFileSync('chmod', ['000', join(folder, 'a.txt'), join(folder, 'sub')]);
  try {
    expect((await rows(folder)).found).toEqual([
      ['in/a.txt', 'file', 0, 'unreadable'],
      ['in/sub', 'folder', 0, 'unreadable'],
    ]);
  } finally {
    execFileSync('chmod', ['700', join(folder, 'a.txt'), join(folder, 'sub')]);
  }
});
