import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import { formatTook } from '../../../../renderer/src/screens/activity/took.ts';
import { startWords } from '../../../../renderer/src/words/words.ts';

beforeAll(async () => {
  await startWords();
});

test.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [1_250, '1.3 s'],
  [12_400, '12 s'],
  [59_499, '59 s'],
  // Rounded, this is the next unit.
  [59_500, '1 min 0 s'],
  [3_725_000, '62 min 5 s'],
])('%i milliseconds took %s', (milliseconds, text) => {
  expect(formatTook(milliseconds, i18next.getFixedT('en'), 'en')).toBe(text);
});
