import { createInstance } from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ErrorCode, ErrorRecord } from '../../../app/contract/errors.ts';
import { de } from '../../../renderer/src/words/de.ts';
import { en } from '../../../renderer/src/words/catalogue.ts';
import { errorText } from '../../../renderer/src/words/error-text.ts';
import type { Language, T } from '../../../renderer/src/words/words.ts';
import { SAMPLE_ERRORS } from '../../support/error-samples.ts';

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

const tell = (error: ErrorRecord, language: Language = 'en') =>
  errorText(error, ts.get(language)!, language);
const all = (error: ErrorRecord, language?: Language) =>
  Object.values(tell(error, language)).join(' ');
const titleOf = <C extends ErrorCode>(error: ErrorRecord<C>, language?: Language) =>
  tell(error, language).title;

describe.each(['en', 'de'] as const)('in %s', (language) => {
  test.each(SAMPLE_ERRORS)(
    '$code says what happened, what it means and what to do, in whole calm sentences',
    (error) => {
      const { title, meaning, next } = tell(error, language);
      expect(title).toMatch(/^[\p{Lu}\d“„].*[^.]$/su);
      for (const part of [meaning, next]) expect(part).toMatch(/^[\p{Lu}\d“„].*\.$/su);
      for (const part of [title, meaning, next])
        expect(part).not.toMatch(/!|undefined|null|NaN|\[object|\{\{|\}\}|errors\.|\n| {2}/);
    },
  );

  test.each(SAMPLE_ERRORS)('$code names what the trouble is with', (error) => {
    const names = [
      'name',
      'other',
      'path',
      'recipient',
      'endpoint',
      'right',
      'bucket',
      'location',
      'address',
      'host',
    ];
    for (const [key, value] of Object.entries(error.data as object))
      if (names.includes(key)) expect(all(error, language)).toContain(value);
  });

  test.each(SAMPLE_ERRORS)('$code speaks of the screen, not of a command line', (error) => {
    expect(all(error, language)).not.toMatch(/(^|\s)-{1,2}[a-z]|signet [a-z]+'|chmod|stdin/);
  });
});

test('each story that a code can tell is told in words of its own', () => {
  const stories = SAMPLE_ERRORS.map((error) => all(error));
  const sameKinds = ['entry', 'bundle'];
  const kept = stories.filter(
    (_story, index) =>
      !sameKinds.includes((SAMPLE_ERRORS[index]!.data as { kind?: string }).kind ?? ''),
  );
  expect(new Set(kept).size).toBe(kept.length);
});

test('sizes and numbers are written as the language writes them', () => {
  const tooLong = {
    code: 'note-too-long',
    data: { bytes: 1.5 * 2 ** 20, limit: 2 ** 20 },
  } as const;
  expect(titleOf(tooLong)).toContain('1.5 MiB of at most 1 MiB');
  expect(titleOf(tooLong, 'de')).toContain('1,5 MiB');
  const tooMany = { code: 'too-many-documents', data: { limit: 100_000 } } as const;
  expect(titleOf(tooMany)).toContain('100,000');
  expect(titleOf(tooMany, 'de')).toContain('100.000');
});

test('one document is not counted like several', () => {
  const blocked = (count: number) => ({ code: 'documents-blocked', data: { count } }) as const;
  expect(titleOf(blocked(1))).toBe('1 document needs your attention first');
  expect(titleOf(blocked(3))).toBe('3 documents need your attention first');
});

test('the memory that a work factor demands is worked out', () => {
  const { meaning } = tell({ code: 'work-factor-too-high', data: { logN: 30, limit: 22 } });
  expect(meaning).toContain('1 TiB');
});

test('a name that means something to the catalogue stays a name', () => {
  for (const name of ['{{path}}', '$t(common.app)', "$&$1$'.pdf", '<b>x</b>', 'a & b'])
    expect(titleOf({ code: 'document-missing', data: { name } })).toContain(`“${name}”`);
});

test('what in a name could deceive the eye is shown as its code', () => {
  const title = titleOf({
    code: 'unsafe-entry',
    data: { name: 'invoice\u202efdp.exe\u0007', problem: 'control-character' },
  });
  expect(title).toContain('“invoice\\u{202e}fdp.exe\\u{7}”');
});

test.each([
  ['en', /\b[57]\b/],
  ['de', /\b[57]\b/],
] as const)('in %s no number of words is praised that may be too small', (language, small) => {
  const words = { words: 6, least: 8, most: 12 };
  const text = all({ code: 'passphrase-words', data: words }, language);
  expect(text).toContain('8');
  expect(text).not.toMatch(small);
});

test('every recipient whom a server refused is named', () => {
  const addresses = ['ana@example.org', 'jobs@example.com'];
  const refused = { code: 'smtp-no-recipient', data: { host: 'smtp.example.org', addresses } };
  expect(titleOf(refused as ErrorRecord)).toContain('ana@example.org, jobs@example.com');
});
