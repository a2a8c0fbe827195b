import { expect, test } from 'vitest';
import { wordsIn } from '../../../main/electron/words.ts';

test('the language is the one that was set, else the system’s, else English', () => {
  const german = wordsIn('de', 'en-GB');
  const english = wordsIn('en', 'de-AT');
  expect(german).not.toBe(english);
  expect(wordsIn('system', 'de-AT')).toBe(german);
  expect(wordsIn('system', 'en-US')).toBe(english);
  expect(wordsIn('system', 'fr')).toBe(english);
  expect(wordsIn('system', '')).toBe(english);
});

test('no menu has the same letter twice behind its Alt key', () => {
  for (const words of [wordsIn('en', ''), wordsIn('de', '')]) {
    const menus = [
      [words.file, words.edit, words.view, words.window, words.help],
      [words.openBundle, words.quit],
      [words.undo, words.redo, words.cut, words.copy, words.paste, words.selectAll],
      [words.actualSize, words.zoomIn, words.zoomOut, words.fullScreen],
      [words.minimize, words.close],
      [words.aboutAge, words.about],
    ];
    for (const labels of menus) {
      const letters = labels.map((label) => /&(.)/.exec(label)?.[1]?.toLowerCase());
      expect(letters).not.toContain(undefined);
      expect(new Set(letters).size, labels.join(', ')).toBe(letters.length);
    }
  }
});
