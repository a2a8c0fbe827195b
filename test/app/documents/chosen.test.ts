import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { collectChosen, type ChosenDocument } from '../../../app/documents/chosen.ts';
import { writeDocuments } from '../../support/documents.ts';
import { temporaryFolder } from '../../support/temporary.ts';

function chosen(): { folder: string; file: ChosenDocument; empty: ChosenDocument } {
  const folder = writeDocuments(temporaryFolder(), { 'a.txt': 'a', 'empty/': '' });
  return {
    folder,
    file: { path: join(folder, 'a.txt'), name: 'Re\u0301sume\u0301.txt', kind: 'file' },
    empty: { path: join(folder, 'empty'), name: 'nothing', kind: 'folder' },
  };
}

test('exactly what was chosen is collected, under the names that were chosen', () => {
  const { file, empty } = chosen();
  const { documents, emptyFolders, bytes, leftOut } = collectChosen([file, empty], {});
  expect(documents.map(({ name }) => name)).toEqual(['R\u00e9sum\u00e9.txt']);
  expect({ emptyFolders, bytes, leftOut }).toEqual({
    emptyFolders: ['nothing'],
    bytes: 1,
    leftOut: [],
  });
});

test('each thing that cannot be sealed is refused by its name', () => {
  const { folder, file, empty } = chosen();
  symlinkSync(file.path, join(folder, 'link'));
  const cases: readonly (readonly [readonly ChosenDocument[], string])[] = [
    [[], 'no-documents'],
    [[{ ...file, name: '../a' }], 'document-name'],
    [[{ ...file, name: '/a' }], 'document-name'],
    [[{ ...file, name: 'SHA256SUMS' }], 'document-name'],
    [[{ ...file, name: 'note.txt/a' }], 'document-name'],
    [[file, { ...empty, name: file.name }], 'document-duplicate'],
    [
      [
        { ...file, name: 'a/b' },
        { ...file, name: 'A' },
      ],
      'document-duplicate',
    ],
    [[{ ...file, path: join(folder, 'gone') }], 'document-missing'],
    [[{ ...file, path: join(folder, 'link') }], 'document-special'],
    [[{ ...file, kind: 'folder' }], 'document-changed'],
    [[{ ...empty, kind: 'file' }], 'document-changed'],
  ];
  for (const [documents, code] of cases)
    expect(() => collectChosen(documents, {}), code).toThrow(code);
});

test('a file that became a folder meanwhile is not walked into', () => {
  const { file } = chosen();
  rmSync(file.path);
  mkdirSync(join(file.path, 'secret'), { recursive: true });
  expect(() => collectChosen([file], {})).toThrow('document-changed');
});
