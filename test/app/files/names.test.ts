import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NameProblem } from '../../../app/contract/errors.ts';
import { documentNameProblem, NameSet, nameProblem } from '../../../app/files/names.ts';

const REFUSED: readonly [string, NameProblem][] = [
  ['', 'empty'],
  ['a//b', 'empty'],
  ['a/', 'empty'],
  ['/', 'absolute'],
  ['/etc/passwd', 'absolute'],
  ['//server/share', 'absolute'],
  ['C:', 'drive-letter'],
  ['C:x', 'drive-letter'],
  ['c:/x', 'drive-letter'],
  ['C:\\x', 'drive-letter'],
  ['.', 'dot-segment'],
  ['..', 'dot-segment'],
  ['../x', 'dot-segment'],
  ['a/../../x', 'dot-segment'],
  ['a/./b', 'dot-segment'],
  ['a/..', 'dot-segment'],
  ['a\\b', 'backslash'],
  ['..\\x', 'backslash'],
  ['\\\\server\\share', 'backslash'],
  ['report.pdf:stream', 'colon'],
  ['a/b:c', 'colon'],
  ['a<b', 'windows-character'],
  ['a>b', 'windows-character'],
  ['say "hi"', 'windows-character'],
  ['a|b', 'windows-character'],
  ['what?', 'windows-character'],
  ['*.pdf', 'windows-character'],
  ['a\0b', 'control-character'],
  ['a\nb', 'control-character'],
  ['a\u001b[2Jb', 'control-character'],
  ['a\u007fb', 'control-character'],
  ['a\u009bb', 'control-character'],
  ['a\u2028b', 'control-character'],
  ['a\u2029b', 'control-character'],
  ['invoice-\u202efdp.exe', 'control-character'],
  ['a\u2066b', 'control-character'],
  ['a\ufffdb', 'not-unicode'],
  ['a\ud800b', 'not-unicode'],
  ['a\udc00', 'not-unicode'],
  ['CON', 'reserved-on-windows'],
  ['con', 'reserved-on-windows'],
  ['nul.txt', 'reserved-on-windows'],
  ['COM1.pdf', 'reserved-on-windows'],
  ['com¹', 'reserved-on-windows'],
  ['lpt9.tar.gz', 'reserved-on-windows'],
  ['aux /x', 'trailing-dot-or-space'],
  ['aux x', 'reserved-on-windows'],
  ['docs/prn', 'reserved-on-windows'],
  ['CONIN$', 'reserved-on-windows'],
  ['conout$.log', 'reserved-on-windows'],
  ['x.', 'trailing-dot-or-space'],
  ['x ', 'trailing-dot-or-space'],
  ['...', 'trailing-dot-or-space'],
  ['docs./x', 'trailing-dot-or-space'],
];

test.each(REFUSED)('the name %j is refused as %s', (name, problem) => {
  expect(nameProblem(name)).toBe(problem);
});

test.each([
  'x',
  '.hidden',
  '..x',
  'a.b.c',
  ' leading space.txt',
  '履歴書/山田 太郎.pdf',
  'Übergröße',
  '😀.txt',
  'com10',
  'console.log',
  'nullable',
  "it's (a) [fine] {name} & more!.txt",
])('the name %j is good', (name) => {
  expect(nameProblem(name)).toBeUndefined();
});

test('a segment may have 255 bytes of UTF-8 and a whole name 1024, and not one more', () => {
  for (const name of ['x'.repeat(255), '日'.repeat(85), `${'a/'.repeat(511)}bc`])
    expect(nameProblem(name)).toBeUndefined();
  for (const name of ['x'.repeat(256), '日'.repeat(86), `${'a/'.repeat(512)}b`])
    expect(nameProblem(name)).toBe('too-long');
});

test.each(['SHA256SUMS', 'sha256sums', 'NOTE.txt', 'Note.TXT'])(
  'the name %s is taken at the top of a bundle, whatever its case, and free below',
  (name) => {
    expect(documentNameProblem(name)).toBe('reserved-by-signet');
    // A folder of that name would lie where the file has to.
    expect(documentNameProblem(`${name}/passport.jpg`)).toBe('reserved-by-signet');
    expect(nameProblem(name)).toBeUndefined();
    expect(documentNameProblem(`docs/${name}`)).toBeUndefined();
  },
);

test('a good name, taken apart, can never lead out of a folder', () => {
  const segment = fc.constantFrom('..', '.', '', 'a', '/', '\\', 'C:', '\0', ' ', '日本', 'x.y');
  fc.assert(
    fc.property(fc.array(segment, { minLength: 1, maxLength: 6 }), (parts) => {
      const name = parts.join('/');
      if (nameProblem(name) !== undefined) return;
      expect(name.split('/')).not.toContain('..');
      expect(name.split('/')).not.toContain('');
      expect(name).not.toMatch(/^[/\\]|:|\\/);
    }),
  );
});

test('two names of different letter case collide, and the first is named', () => {
  const names = new NameSet();
  expect(names.add('Report.pdf', 'file')).toBeUndefined();
  expect(names.add('report.PDF', 'file')).toBe('Report.pdf');
});

test('two names that differ only in Unicode form collide', () => {
  const names = new NameSet();
  expect(names.add('\u00e9.txt', 'file')).toBeUndefined();
  expect(names.add('e\u0301.txt', 'file')).toBe('\u00e9.txt');
});

test('a file collides with a folder of its name, in either order, stated or implied', () => {
  const fileFirst = new NameSet();
  fileFirst.add('a', 'file');
  expect(fileFirst.add('a', 'folder')).toBe('a');
  expect(fileFirst.add('a/b', 'file')).toBe('a');
  const folderFirst = new NameSet();
  folderFirst.add('x/y/z', 'file');
  expect(folderFirst.add('x', 'file')).toBe('x');
  expect(folderFirst.add('x/y', 'file')).toBe('x/y');
});

test('a folder may come again under exactly its name, but not in another case', () => {
  const names = new NameSet();
  expect(names.add('docs', 'folder')).toBeUndefined();
  expect(names.add('docs', 'folder')).toBeUndefined();
  expect(names.add('docs/a', 'file')).toBeUndefined();
  expect(names.add('docs/b', 'file')).toBeUndefined();
  expect(names.add('Docs/c', 'file')).toBe('docs');
});

test('names that stay different on every file system do not collide', () => {
  const names = new NameSet();
  for (const name of ['a', 'b', 'a.txt', 'a b', 'c/a', '日本', '日木'])
    expect(names.add(name, 'file')).toBeUndefined();
});

test('the letters that only some file systems tell apart collide', () => {
  for (const [first, second] of [
    ['ΣΑΣ.pdf', 'σας.pdf'],
    ['Paſs', 'pass'],
    ['STRASSE', 'straße'],
  ] as const) {
    const names = new NameSet();
    expect(names.add(first, 'file')).toBeUndefined();
    expect(names.add(second, 'file')).toBe(first);
  }
});
