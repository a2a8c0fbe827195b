import { expect, test } from 'vitest';
import {
  BITS_PER_WORD,
  strengthOf,
  WORD_COUNTS,
} from '../../../../renderer/src/screens/settings/strength.ts';

test('a word gives 12.924 bits', () => {
  expect(BITS_PER_WORD).toBeCloseTo(12.924, 3);
});

test('5 to 12 words can be had', () => {
  expect([WORD_COUNTS[0], WORD_COUNTS.at(-1), WORD_COUNTS.length]).toEqual([5, 12, 8]);
});

test.each([
  [5, 64.6, 'strong'],
  [6, 77.5, 'stronger'],
  [7, 90.5, 'beyond'],
  [9, 116.3, 'beyond'],
  [10, 129.2, 'plenty'],
  [12, 155.1, 'plenty'],
])('%i words give %f bits: %s', (words, bits, means) => {
  expect(strengthOf(words).bits).toBeCloseTo(bits, 1);
  expect(strengthOf(words).means).toBe(means);
});

test('the years that are claimed follow from the bits', () => {
  const guessesASecond = 1_000 * 32;
  const years = (words: number) => 2 ** (strengthOf(words).bits - 1) / guessesASecond / 31_556_952;
  expect(years(5)).toBeGreaterThan(2e6);
  expect(years(6)).toBeGreaterThan(1e11);
});
