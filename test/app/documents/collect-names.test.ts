import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { NameProblem } from '../../../app/contract/errors.ts';
import { collectDocuments } from '../../../app/documents/collect.ts';
import { writeDocuments } from '../../support/documents.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const NFD = 'Re\u0301sume\u0301 が.pdf'.normalize('NFD');
const NFC = NFD.normalize('NFC');

test('names in decomposed Unicode, as macOS once wrote them, become composed', async () => {
  const folder = writeDocuments(temporaryFolder(), { [`${NFD}/${NFD}`]: 'x', [`2${NFD}`]: 'y' });
  expect(readdirSync(folder)).toContain(NFD);
  const paths = [join(folder, NFD), join(folder, `2${NFD}`)];
  const { documents } = await collectDocuments(paths, {});
  expect(documents.map(({ name }) => name)).toEqual([`${NFC}/${NFC}`, `2${NFC}`]);
  // The file is still found under the name that it has on disk.
  expect(Buffer.from(documents[0]!.readWhole()!).toString()).toBe('x');
});

/** Names that this file system allows and another, or Signet, does not. */
const REFUSED: readonly [string, NameProblem][] = [
  ['a\\b', 'backslash'],
  ['10:30.txt', 'colon'],
  ['C:x', 'colon'],
  ['what?', 'windows-character'],
  ['a\nb', 'control-character'],
  ['\u202efdp.exe', 'control-character'],
  ['nul.txt', 'reserved-on-windows'],
  ['COM1', 'reserved-on-windows'],
  ['etc.', 'trailing-dot-or-space'],
  ['etc ', 'trailing-dot-or-space'],
  ['a\ufffdb', 'not-unicode'],
];

test.each(REFUSED)('a file named %j within a folder is refused as %s', async (name, problem) => {
  const folder = writeDocuments(temporaryFolder(), { [`client/${name}`]: '' });
  await expect(collectDocuments([join(folder, 'client')], {})).rejects.toMatchObject({
    code: 'document-name',
    data: { name: `client/${name}`, problem },
  });
});

test('a drive letter is refused where a path begins with it', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'C:x': '' });
  await expect(collectDocuments([join(folder, 'C:x')], {})).rejects.toMatchObject({
    code: 'document-name',
    data: { name: 'C:x', problem: 'drive-letter' },
  });
});

test('a folder with a bad name is refused even when it is empty', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'client/aux/': '' });
  await expect(collectDocuments([join(folder, 'client')], {})).rejects.toMatchObject({
    code: 'document-name',
    data: { name: 'client/aux', problem: 'reserved-on-windows' },
  });
});

test('the root of the file system has no name to go in under', async () => {
  await expect(collectDocuments(['/'], {})).rejects.toMatchObject({
    code: 'document-name',
    data: { name: '', problem: 'empty' },
  });
});

test('a path too long for other systems is refused', async () => {
  const folder = temporaryFolder();
  const deep = Array.from({ length: 5 }, (_unused, index) => `${String(index)}${'x'.repeat(230)}`);
  mkdirSync(join(folder, ...deep), { recursive: true });
  await expect(collectDocuments([join(folder, deep[0]!)], {})).rejects.toMatchObject({
    code: 'document-name',
    data: { problem: 'too-long' },
  });
});

test('a name that fills a segment to the last byte goes in', async () => {
  const names = ['x'.repeat(255), '日'.repeat(85)];
  const folder = writeDocuments(
    temporaryFolder(),
    Object.fromEntries(names.map((name) => [`client/${name}`, ''])),
  );
  const { documents } = await collectDocuments([join(folder, 'client')], {});
  expect(documents.map(({ name }) => name)).toEqual(names.map((name) => `client/${name}`));
});

test('a name that is not UTF-8 is refused by name, and nothing hangs', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'client/a': '' });
  const raw = Buffer.concat([Buffer.from(`${folder}/client/caf`), Buffer.from([0xe9])]);
  onTestFinished(() => {
    rmSync(raw, { force: true });
  });
  writeFileSync(raw, 'Latin-1');
  await expect(collectDocuments([join(folder, 'client')], {})).rejects.toMatchObject({
    code: 'document-name',
    data: { name: 'client/caf\ufffd', problem: 'not-unicode' },
  });
});

test.each(['SHA256SUMS', 'Sha256Sums', 'NOTE.txt', 'note.txt'])(
  'a document named %s is refused at the top and welcome below',
  async (name) => {
    const folder = writeDocuments(temporaryFolder(), { [name]: '', [`client/${name}`]: '' });
    await expect(collectDocuments([join(folder, name)], {})).rejects.toMatchObject({
      code: 'document-name',
      data: { name, problem: 'reserved-by-signet' },
    });
    const { documents } = await collectDocuments([join(folder, 'client')], {});
    expect(documents.map((document) => document.name)).toEqual([`client/${name}`]);
  },
);

test.each([
  ['a', 'b', 'report.pdf', 'report.pdf'],
  ['a', 'b', 'Report.pdf', 'report.PDF'],
  ['a', 'b', NFC, NFD],
])('from %s and %s, %j and %j would fall on each other', async (first, second, one, other) => {
  const folder = writeDocuments(temporaryFolder(), {
    [`${first}/${one}`]: '1',
    [`${second}/${other}`]: '2',
  });
  const paths = [join(folder, first, one), join(folder, second, other)];
  await expect(collectDocuments(paths, {})).rejects.toMatchObject({
    code: 'document-duplicate',
    data: { name: other.normalize('NFC'), other: one.normalize('NFC') },
  });
});

test('two files of one folder that differ only in case or Unicode form are a collision', async () => {
  const pairs: readonly (readonly [string, string])[] = [
    ['A', 'a'],
    [NFC, NFD],
  ];
  for (const [one, other] of pairs) {
    const folder = writeDocuments(temporaryFolder(), {
      [`client/${one}`]: '1',
      [`client/${other}`]: '2',
    });
    await expect(collectDocuments([join(folder, 'client')], {})).rejects.toMatchObject({
      code: 'document-duplicate',
    });
  }
});

test('the same path given twice is a collision', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'client/a': '' });
  const path = join(folder, 'client');
  await expect(collectDocuments([path, path], {})).rejects.toMatchObject({
    code: 'document-duplicate',
    data: { name: 'client', other: 'client' },
  });
});

test('a file and a folder of one name are a collision, whichever comes first', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'x/client': 'file', 'client/a': '' });
  const paths = [join(folder, 'x/client'), join(folder, 'client')];
  for (const order of [paths, paths.toReversed()])
    await expect(collectDocuments(order, {})).rejects.toMatchObject({
      code: 'document-duplicate',
      data: { name: 'client', other: 'client' },
    });
});

test('two folders of one name given side by side are not mixed into one', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'x/client/a': '', 'y/client/b': '' });
  const paths = [join(folder, 'x/client'), join(folder, 'y/client')];
  await expect(collectDocuments(paths, {})).rejects.toMatchObject({
    code: 'document-duplicate',
    data: { name: 'client', other: 'client' },
  });
});
