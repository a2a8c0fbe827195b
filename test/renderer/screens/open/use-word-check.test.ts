import { expect, test } from 'vitest';
import { looksGenerated } from '../../../../renderer/src/screens/open/use-word-check.ts';

const unknown = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ typed: `x${String(index)}`, nearest: [] }));

test('a passphrase with a few slips is taken for one that Signet made', () => {
  expect(looksGenerated({ unknown: unknown(0), words: 7 })).toBe(true);
  expect(looksGenerated({ unknown: unknown(3), words: 7 })).toBe(true);
});

test('a passphrase of mostly other words is one that somebody made up', () => {
  expect(looksGenerated({ unknown: unknown(4), words: 7 })).toBe(false);
  expect(looksGenerated({ unknown: unknown(1), words: 1 })).toBe(false);
});
