import { expect, test } from 'vitest';
import { replaceWord } from '../../../../renderer/src/screens/open/replace-word.ts';

test('a word is replaced where it stands, and the rest stays as it was typed', () => {
  expect(replaceWord('Abacus  clout\nzebrq-Onyx', 'zebrq', 'zebra')).toBe(
    'Abacus  clout\nzebra-Onyx',
  );
});

test('a word that was typed in capitals or in full-width letters is found by its plain form', () => {
  expect(replaceWord('ABACUS ZEBRQ', 'zebrq', 'zebra')).toBe('ABACUS zebra');
  expect(replaceWord('abacus ｚｅｂｒｑ', 'zebrq', 'zebra')).toBe('abacus zebra');
});

test('of a word that was typed twice only the first is replaced', () => {
  expect(replaceWord('zebrq abacus zebrq', 'zebrq', 'zebra')).toBe('zebra abacus zebrq');
});

test('a part of another word is left alone', () => {
  expect(replaceWord('zebrqs zebrq', 'zebrq', 'zebra')).toBe('zebrqs zebra');
});

test('words that only their plain form parts are taken apart like the core does', () => {
  // The free-standing diaeresis becomes a space and a combining mark.
  expect(replaceWord('abacus\u00a8zebrq', '\u0308zebrq', 'zebra')).toBe('abacus zebra');
});

test('a word that is not there changes nothing', () => {
  expect(replaceWord('abacus clout', 'zebrq', 'zebra')).toBe('abacus clout');
});
