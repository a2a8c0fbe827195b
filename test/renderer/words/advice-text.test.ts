import { createInstance } from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AdviceNotice } from '../../../app/contract/advice.ts';
import { mailSize, noticeText } from '../../../renderer/src/words/advice-text.ts';
import { en } from '../../../renderer/src/words/catalogue.ts';
import { de } from '../../../renderer/src/words/de.ts';
import type { Language, T } from '../../../renderer/src/words/words.ts';

const NOTICES: readonly AdviceNotice[] = [
  { code: 'needs-tool', data: { tools: ['7zip', 'keka', 'winzip'] } },
  {
    code: 'not-with-system-tools',
    data: { tools: ['windows-explorer', 'macos-archive-utility'] },
  },
  { code: 'names-visible', data: {} },
  { code: 'nested-archive', data: {} },
  { code: 'nested-archive-may-be-refused', data: { service: 'gmail' } },
  { code: 'weak-derivation', data: { words: 8, bits: 103 } },
  { code: 'page-may-be-held', data: { service: 'outlook' } },
  { code: 'encrypted-may-be-held', data: { service: 'unknown' } },
  { code: 'page-announce', data: {} },
  { code: 'page-slow', data: { bytes: 150_000_000, limit: 100_000_000 } },
  { code: 'page-too-large', data: { bytes: 250_000_000, limit: 200_000_000 } },
  {
    code: 'mail-split',
    data: { bytes: 41_052_800, limit: 25_000_000, service: 'gmail', volumes: 2 },
  },
  { code: 'mail-too-large', data: { bytes: 4e9, limit: 10_000_000, service: 'company' } },
  { code: 'browser-not-enough', data: {} },
  { code: 'prefer-shared-storage', data: {} },
];

const i18n = createInstance();
const ts = new Map<Language, T>();

beforeAll(async () => {
  await i18n.init({
    lng: 'en',
    resources: { en: { translation: en }, de: { translation: de } },
    interpolation: { escapeValue: false },
  });
  for (const language of ['en', 'de'] as const) ts.set(language, i18n.getFixedT(language));
});

const tell = (notice: AdviceNotice, language: Language) =>
  noticeText(notice, ts.get(language)!, language);

test('each code is among the samples', () => {
  expect(NOTICES.map(({ code }) => code).toSorted()).toEqual(
    Object.keys(en.advice.notices).toSorted(),
  );
});

describe.each(['en', 'de'] as const)('in %s', (language) => {
  test.each(NOTICES)('$code is said in whole calm sentences', (notice) => {
    const text = tell(notice, language);
    expect(text).toMatch(/^[\p{Lu}\d].*\.$/su);
    expect(text).not.toMatch(
      /!|undefined|null|NaN|\[object|\{\{|\}\}|advice\.|\n| {2}|please|bitte/i,
    );
  });
});

test('tools, sizes and services are named', () => {
  expect(tell(NOTICES[0]!, 'en')).toBe('The recipient needs 7-Zip, Keka, or WinZip.');
  expect(tell(NOTICES[0]!, 'de')).toBe('Der Empfänger braucht 7-Zip, Keka oder WinZip.');
  expect(tell(NOTICES[11]!, 'en')).toBe(
    '41 MB as an attachment; 25 MB is the usual limit of Gmail. It goes in 2 messages.',
  );
  expect(tell(NOTICES[11]!, 'de')).toBe(
    'Als Anhang 41 MB; bei Gmail sind höchstens 25 MB üblich. Es wird auf 2 Nachrichten verteilt.',
  );
});

test.each([
  [0, '0 kB'],
  [500, '0.5 kB'],
  [9_940, '9.9 kB'],
  [999_499, '999 kB'],
  [999_600, '1 MB'],
  [25_000_000, '25 MB'],
  [1_500_000_000, '1.5 GB'],
  [5e15, '5,000 TB'],
])('%d bytes are said as %s', (bytes, text) => {
  expect(mailSize(bytes, 'en')).toBe(text);
});
