import { linkSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import type * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { flushFolder, flushParent, placeWithoutReplacing } from '../../../app/files/place.ts';
import { writeDocuments } from '../../support/documents.ts';
import { stateOf } from '../../support/folder-state.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** What the file system is made to answer; file systems of which only some machines have one. */
const answers = vi.hoisted(() => ({
  link: undefined as string | undefined,
  unlink: undefined as string | undefined,
  rename: undefined as string | undefined,
  openFolder: undefined as string | undefined,
}));

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof fs>();
  const refuse = (code: string): Promise<never> =>
    Promise.reject(Object.assign(new Error('made for the test'), { code }));
  return {
    ...real,
    link: (from: string, to: string) =>
      answers.link === undefined ? real.link(from, to) : refuse(answers.link),
    unlink: (path: string) =>
      answers.unlink !== undefined && path.endsWith('/from')
        ? refuse(answers.unlink)
        : real.unlink(path),
    rename: (from: string, to: string) =>
      answers.rename === undefined ? real.rename(from, to) : refuse(answers.rename),
    open: (path: string, flags: string) =>
      answers.openFolder !== undefined && flags === 'r'
        ? refuse(answers.openFolder)
        : real.open(path, flags),
  };
});

beforeEach(() => {
  Object.assign(answers, {
    link: undefined,
    unlink: undefined,
    rename: undefined,
    openFolder: undefined,
  });
});

const WITHOUT_HARD_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EISDIR', 'UNKNOWN'];

test.each([undefined, ...WITHOUT_HARD_LINKS])(
  'a file gets its final name where link says %s, and is the same file',
  async (link) => {
    const folder = writeDocuments(temporaryFolder(), { from: 'content' });
    const { ino } = statSync(join(folder, 'from'));
    answers.link = link;
    await placeWithoutReplacing(join(folder, 'from'), join(folder, 'to'));
    expect(readdirSync(folder)).toEqual(['to']);
    expect(statSync(join(folder, 'to')).ino).toBe(ino);
  },
);

test.each([undefined, 'EPERM'])(
  'whatever is there is never replaced where link says %s',
  async (link) => {
    const folder = writeDocuments(temporaryFolder(), { from: 'new', file: 'old', 'folder/': '' });
    symlinkSync('file', join(folder, 'link'));
    symlinkSync('nowhere', join(folder, 'dangling'));
    linkSync(join(folder, 'file'), join(folder, 'hard'));
    const before = stateOf(folder);
    answers.link = link;
    for (const name of ['file', 'folder', 'link', 'dangling', 'hard'])
      await expect(
        placeWithoutReplacing(join(folder, 'from'), join(folder, name)),
      ).rejects.toMatchObject({ code: 'EEXIST' });
    expect(stateOf(folder)).toEqual(before);
  },
);

test('any other refusal of a link is thrown on, and nothing was claimed', async () => {
  const folder = writeDocuments(temporaryFolder(), { from: 'content' });
  answers.link = 'EIO';
  await expect(
    placeWithoutReplacing(join(folder, 'from'), join(folder, 'to')),
  ).rejects.toMatchObject({ code: 'EIO' });
  expect(readdirSync(folder)).toEqual(['from']);
});

test('a name that was claimed is given back when the rename fails', async () => {
  const folder = writeDocuments(temporaryFolder(), { from: 'content' });
  // As between two mounts: neither a link nor a rename leads from one to the other.
  answers.link = 'EISDIR';
  answers.rename = 'EISDIR';
  await expect(
    placeWithoutReplacing(join(folder, 'from'), join(folder, 'to')),
  ).rejects.toMatchObject({ code: 'EISDIR' });
  expect(readdirSync(folder)).toEqual(['from']);
});

test('a name is taken back when the temporary one cannot be removed', async () => {
  const folder = writeDocuments(temporaryFolder(), { from: 'content' });
  answers.unlink = 'EIO';
  await expect(
    placeWithoutReplacing(join(folder, 'from'), join(folder, 'to')),
  ).rejects.toMatchObject({ code: 'EIO' });
  expect(readdirSync(folder)).toEqual(['from']);
});

test('a missing source is thrown on, and no name is left claimed', async () => {
  const folder = temporaryFolder();
  for (const link of [undefined, 'EPERM']) {
    answers.link = link;
    await expect(
      placeWithoutReplacing(join(folder, 'from'), join(folder, 'to')),
    ).rejects.toMatchObject({ code: 'ENOENT' });
    expect(readdirSync(folder)).toEqual([]);
  }
});

test('a folder that can be written but not read is left to the system to flush', async () => {
  const folder = temporaryFolder();
  // A drop box: others may put files in, and may not look.
  answers.openFolder = 'EACCES';
  await expect(flushFolder(folder)).resolves.toBeUndefined();
});

test('a folder that cannot be flushed for another reason is an error', async () => {
  const folder = temporaryFolder();
  answers.openFolder = 'EIO';
  await expect(flushFolder(folder)).rejects.toMatchObject({ code: 'EIO' });
  await expect(flushParent(join(folder, 'file'))).rejects.toMatchObject({ code: 'EIO' });
});

test('flushing a folder and the folder of a file does no harm', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'sub'));
  writeFileSync(join(folder, 'file'), 'content');
  const before = stateOf(folder);
  await flushFolder(folder);
  await flushParent(join(folder, 'file'));
  expect(stateOf(folder)).toEqual(before);
});
