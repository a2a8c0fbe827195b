import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolders, removeFolders } from '../../../app/files/make-folders.ts';
import { writeDocuments } from '../../support/documents.ts';
import { stateOf } from '../../support/folder-state.ts';
import { namesIn, temporaryFolder } from '../../support/temporary.ts';

test('a folder is made with those above it that are missing, and it is told which', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'there/': '' });
  const made = await makeFolders(join(folder, 'there/a/b/c'));
  expect(made).toEqual(['there/a/b/c', 'there/a/b', 'there/a'].map((name) => join(folder, name)));
  expect(await namesIn(folder)).toEqual(['there', 'there/a', 'there/a/b', 'there/a/b/c']);
  await removeFolders(made);
  expect(await namesIn(folder)).toEqual(['there']);
});

test('a folder that is there, or a link to one, is left as it is', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'real/file': '' });
  symlinkSync('real', join(folder, 'link'));
  const before = stateOf(folder);
  for (const name of ['', 'real', 'link'])
    expect(await makeFolders(join(folder, name))).toEqual([]);
  expect(await makeFolders('/')).toEqual([]);
  expect(stateOf(folder)).toEqual(before);
});

test('a path that cannot be made is refused, and no part of it is left', async () => {
  const folder = writeDocuments(temporaryFolder(), { file: '' });
  symlinkSync('nowhere', join(folder, 'dangling'));
  const before = stateOf(folder);
  for (const [name, code] of [
    ['file', 'EEXIST'],
    ['file/a/b', 'ENOTDIR'],
    ['dangling', 'EEXIST'],
    [`a/b/${'x'.repeat(300)}`, 'ENAMETOOLONG'],
    [`a/${'x'.repeat(300)}/b`, 'ENAMETOOLONG'],
  ] as const)
    await expect(makeFolders(join(folder, name)), name).rejects.toMatchObject({ code });
  expect(stateOf(folder)).toEqual(before);
});

test('a folder into which somebody put something is not taken back', async () => {
  const folder = temporaryFolder();
  const made = await makeFolders(join(folder, 'a/b/c'));
  mkdirSync(join(folder, 'a/mine'));
  await removeFolders(made);
  expect(await namesIn(folder)).toEqual(['a', 'a/mine']);
});
