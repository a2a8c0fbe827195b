import i18next from 'i18next';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { languageFor, speak, startWords } from '../../../renderer/src/words/words.ts';

const page = { documentElement: { lang: '' } };

beforeEach(async () => {
  vi.stubGlobal('document', page);
  await startWords();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

test.each([
  ['de', ['en-GB'], 'de'],
  ['en', ['de-DE'], 'en'],
  ['system', ['de-AT', 'en'], 'de'],
  ['system', ['en-US', 'de'], 'en'],
  ['system', ['fr-CH', 'de-CH', 'en'], 'de'],
  ['system', ['fr'], 'en'],
  ['system', [], 'en'],
] as const)(
  'the setting %s with a system that prefers %j gives %s',
  (setting, system, language) => {
    expect(languageFor(setting, system)).toBe(language);
  },
);

test('the language can be changed, and the page says which it is', async () => {
  expect(i18next.t('common.places.inbox')).toBe('Inbox');
  await speak('de');
  expect(i18next.t('common.places.inbox')).toBe('Eingang');
  expect(page.documentElement.lang).toBe('de');
  await speak('en');
  expect(i18next.t('common.places.inbox')).toBe('Inbox');
  expect(page.documentElement.lang).toBe('en');
});
