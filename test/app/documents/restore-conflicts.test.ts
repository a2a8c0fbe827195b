import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ConflictPolicy } from '../../../app/contract/records.ts';
import { openPayloadInto } from '../../support/bundles.ts';
import { writeDocuments } from '../../support/documents.ts';
import { stateOf } from '../../support/folder-state.ts';
import { tarOf } from '../../support/tars.ts';
import { filesIn, temporaryFolder } from '../../support/temporary.ts';

const POLICIES: readonly ConflictPolicy[] = ['fail', 'keep', 'replace', 'skip'];

const TAR = tarOf(
  { name: 'a.tar.gz', content: 'new a' },
  { name: 'docs/b', content: 'new b' },
  { name: 'docs/.hidden', content: 'new hidden' },
  { name: 'new/c', content: 'new c' },
);

/** A target in which some of the names are taken and others are somebody's own. */
function occupied(): string {
  return writeDocuments(temporaryFolder(), {
    'a.tar.gz': 'old a',
    'docs/b': 'old b',
    'docs/.hidden': 'old hidden',
    'docs/mine': 'mine',
    'mine/too': 'mine',
  });
}

async function textsIn(folder: string): Promise<Record<string, string>> {
  const files = await filesIn(folder);
  return Object.fromEntries([...files].sort().map(([name, content]) => [name, content.toString()]));
}

test('fail: one name that is taken and nothing changes', async () => {
  const folder = occupied();
  const before = stateOf(folder);
  await expect(openPayloadInto(TAR, folder)).rejects.toMatchObject({
    code: 'output-exists',
    data: { path: join(folder, 'a.tar.gz') },
  });
  expect(stateOf(folder)).toEqual(before);
});

test('fail: a name that is taken after all was written fails, too', async () => {
  const folder = temporaryFolder();
  const onProgress = ({ stage }: { stage: string }): void => {
    if (stage === 'place') writeDocuments(folder, { 'docs/b': 'faster' });
  };
  await expect(openPayloadInto(TAR, folder, {}, { onProgress })).rejects.toMatchObject({
    code: 'output-exists',
    data: { path: join(folder, 'docs/b') },
  });
  expect(await textsIn(folder)).toEqual({ 'docs/b': 'faster' });
});

test('keep: both stay, the new one numbered before its ending, and the caller learns the names', async () => {
  const folder = occupied();
  const { documents } = await openPayloadInto(TAR, folder, { onConflict: 'keep' });
  expect(await textsIn(folder)).toEqual({
    'a.tar.gz': 'old a',
    'a.tar (2).gz': 'new a',
    'docs/b': 'old b',
    'docs/b (2)': 'new b',
    'docs/.hidden': 'old hidden',
    'docs/.hidden (2)': 'new hidden',
    'docs/mine': 'mine',
    'mine/too': 'mine',
    'new/c': 'new c',
  });
  expect(documents.map(({ name, placedAs }) => [name, placedAs])).toEqual([
    ['a.tar.gz', 'a.tar (2).gz'],
    ['docs/b', 'docs/b (2)'],
    ['docs/.hidden', 'docs/.hidden (2)'],
    ['new/c', undefined],
  ]);
});

test('keep: again and again gives the next number that is free', async () => {
  const folder = occupied();
  for (let round = 2; round <= 4; round += 1)
    await openPayloadInto(tarOf({ name: 'docs/b', content: String(round) }), folder, {
      onConflict: 'keep',
    });
  const texts = await textsIn(join(folder, 'docs'));
  expect(texts).toMatchObject({ b: 'old b', 'b (2)': '2', 'b (3)': '3', 'b (4)': '4' });
});

test('keep: a number that the bundle itself uses is not used twice', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'a.txt': 'old' });
  const tar = tarOf({ name: 'a.txt', content: 'one' }, { name: 'a (2).txt', content: 'two' });
  const { documents } = await openPayloadInto(tar, folder, { onConflict: 'keep' });
  const texts = await textsIn(folder);
  expect(Object.keys(texts)).toHaveLength(3);
  expect(texts['a.txt']).toBe('old');
  for (const [index, content] of ['one', 'two'].entries()) {
    const { name, placedAs } = documents[index]!;
    expect(texts[placedAs ?? name]).toBe(content);
  }
});

test.each([
  ['letters', `${'a'.repeat(251)}.pdf`, `${'a'.repeat(247)} (2).pdf`],
  ['almost too many letters', `${'a'.repeat(247)}.pdf`, `${'a'.repeat(247)} (2).pdf`],
  ['characters of three bytes', `${'履'.repeat(83)}.pdf`, `${'履'.repeat(82)} (2).pdf`],
  ['characters of four bytes', `${'😀'.repeat(62)}.jpeg`, `${'😀'.repeat(61)} (2).jpeg`],
  ['letters and no extension', 'a'.repeat(255), `${'a'.repeat(251)} (2)`],
  ['letters behind its only dot', `a.${'b'.repeat(253)}`, `a.${'b'.repeat(249)} (2)`],
])('keep: a name of as many %s as fit gets shorter for its number', async (_what, name, placed) => {
  const folder = writeDocuments(temporaryFolder(), { [name]: 'old' });
  const { documents } = await openPayloadInto(tarOf({ name, content: 'new' }), folder, {
    onConflict: 'keep',
  });
  expect(documents).toMatchObject([{ name, placedAs: placed }]);
  expect(await textsIn(folder)).toEqual({ [name]: 'old', [placed]: 'new' });
});

test('keep: names that are alike up to where they get shorter still stay apart', async () => {
  const names = ['x', 'y'].map((end) => `${'a'.repeat(250)}${end}.pdf`);
  const folder = writeDocuments(
    temporaryFolder(),
    Object.fromEntries(names.map((name) => [name, 'old'])),
  );
  const tar = tarOf(...names.map((name) => ({ name, content: name })));
  const { documents } = await openPayloadInto(tar, folder, { onConflict: 'keep' });
  const texts = await textsIn(folder);
  expect(documents.map(({ placedAs }) => texts[placedAs!])).toEqual(names);
});

test('replace: what was there is replaced, and all else stays', async () => {
  const folder = occupied();
  await openPayloadInto(TAR, folder, { onConflict: 'replace' });
  expect(await textsIn(folder)).toEqual({
    'a.tar.gz': 'new a',
    'docs/b': 'new b',
    'docs/.hidden': 'new hidden',
    'docs/mine': 'mine',
    'mine/too': 'mine',
    'new/c': 'new c',
  });
});

test('skip: what was there stays, and the caller learns what was skipped', async () => {
  const folder = occupied();
  const { documents } = await openPayloadInto(TAR, folder, { onConflict: 'skip' });
  expect(await textsIn(folder)).toEqual({
    'a.tar.gz': 'old a',
    'docs/b': 'old b',
    'docs/.hidden': 'old hidden',
    'docs/mine': 'mine',
    'mine/too': 'mine',
    'new/c': 'new c',
  });
  expect(documents.map(({ placedAs }) => placedAs)).toEqual([null, null, null, undefined]);
});

test.each(POLICIES)(
  '%s: folders that are there are merged, where no name is taken',
  async (policy) => {
    const folder = writeDocuments(temporaryFolder(), { 'docs/mine': 'mine', 'docs/sub/': '' });
    const tar = tarOf(
      { name: 'docs/b', content: 'b' },
      { name: 'docs/sub/c', content: 'c' },
      { name: 'docs/sub/', type: '5' },
    );
    await openPayloadInto(tar, folder, { onConflict: policy });
    expect(await textsIn(folder)).toEqual({
      'docs/mine': 'mine',
      'docs/b': 'b',
      'docs/sub/c': 'c',
    });
  },
);

test.each(POLICIES)('%s: an empty folder that is there already is no conflict', async (policy) => {
  const folder = writeDocuments(temporaryFolder(), { 'empty/': '', 'full/mine': 'mine' });
  const tar = tarOf({ name: 'empty/', type: '5' }, { name: 'full/', type: '5' });
  await openPayloadInto(tar, folder, { onConflict: policy });
  expect(Object.keys(stateOf(folder))).toEqual(['empty/', 'full/', 'full/mine']);
});

test.each([
  ['fail', { 'NOTE.txt': 'note 0', 'NOTE (2).txt': 'note 1', 'SHA256SUMS (2)': '' }],
  ['keep', { 'NOTE.txt': 'note 0', 'NOTE (2).txt': 'note 1', 'SHA256SUMS (2)': '' }],
  ['replace', { 'NOTE.txt': 'note 1' }],
  ['skip', { 'NOTE.txt': 'note 0' }],
] as const)(
  '%s: the note and the sums of another bundle are no reason to fail',
  async (policy, own) => {
    const folder = temporaryFolder();
    for (const [index, document] of ['one', 'two'].entries()) {
      const contents = { 'NOTE.txt': `note ${String(index)}`, [document]: 'x', SHA256SUMS: '' };
      const tar = tarOf(...Object.entries(contents).map(([name, content]) => ({ name, content })));
      const { note } = await openPayloadInto(tar, folder, { onConflict: policy });
      expect(note).toBe(`note ${String(index)}`);
    }
    expect(await textsIn(folder)).toEqual({ SHA256SUMS: '', one: 'x', two: 'x', ...own });
  },
);

test('a folder at the name of a document is never replaced', async () => {
  const folder = writeDocuments(temporaryFolder(), { 'doc/mine': 'mine' });
  const before = stateOf(folder);
  const tar = tarOf({ name: 'doc', content: 'new' });
  for (const [onConflict, code] of [
    ['fail', 'output-exists'],
    ['replace', 'output-unsafe'],
  ] as const)
    await expect(openPayloadInto(tar, folder, { onConflict })).rejects.toMatchObject({ code });
  await openPayloadInto(tar, folder, { onConflict: 'skip' });
  expect(stateOf(folder)).toEqual(before);
});
