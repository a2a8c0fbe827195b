import { expect, test } from 'vitest';
import { localeFor } from '../../../renderer/src/words/use-words.ts';

test("numbers and dates are written in the person's own variant of the language", () => {
  expect(localeFor('en', ['de-AT', 'en-GB', 'en-US'])).toBe('en-GB');
  expect(localeFor('de', ['de-AT'])).toBe('de-AT');
});

test('where the system prefers other languages, dates are written in the one that the screen speaks', () => {
  expect(localeFor('en', ['fr-FR', 'eng'])).toBe('en');
});
