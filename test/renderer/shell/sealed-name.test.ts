import { describe, expect, test } from 'vitest';
import { areVolumes, looksSealed } from '../../../renderer/src/shell/sealed-name.ts';

describe('what is dropped is a bundle to be opened', () => {
  test.each([
    'b.age',
    'B.AGE',
    'papers.tar.age',
    'papers.tar.age.002',
    'bundle-akvwht.zip',
    'bundle-akvwht.html',
    'bundle-akvwht.7z.001',
  ])('wherever %s is dropped', (name) => {
    expect(looksSealed(name, true)).toBe(true);
    expect(looksSealed(name, false)).toBe(true);
  });

  test.each(['papers.zip', 'papers.7z', 'letter.html', 'letter.htm', 'papers.zip.001'])(
    'where nothing is put together, if it is %s, which may be a document as well',
    (name) => {
      expect(looksSealed(name, true)).toBe(false);
      expect(looksSealed(name, false)).toBe(true);
    },
  );

  test.each(['passport.pdf', 'age', 'page.txt', 'notes.age.txt', 'a.001'])(
    'never if it is %s',
    (name) => {
      expect(looksSealed(name, true)).toBe(false);
      expect(looksSealed(name, false)).toBe(false);
    },
  );
});

test.each([
  [['a.age.001'], true],
  [['a.age.002', 'a.age.001'], true],
  [['a.age.001', 'a.age'], false],
  [['.001'], false],
  [[], false],
])('whether they are parts of one bundle: %j, %j', (names, expected) => {
  expect(areVolumes(names)).toBe(expected);
});
