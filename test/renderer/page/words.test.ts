import { expect, test } from 'vitest';
import { AppError } from '../../../app/contract/errors.ts';
import { de } from '../../../renderer/page/words/de.ts';
import { en } from '../../../renderer/page/words/en.ts';
import { problemWords } from '../../../renderer/page/words/problem-words.ts';
import { languageFor } from '../../../renderer/page/words/language.ts';

test.each([
  [['de-CH', 'en'], 'de-CH'],
  [['fr', 'en-GB', 'de'], 'en-GB'],
  [['fr', 'pl'], 'en'],
  [[], 'en'],
])('who reads %j is spoken to in %s', (wanted, tag) => {
  expect(languageFor(wanted).tag).toBe(tag);
  expect(languageFor(wanted).words).toBe(tag.startsWith('de') ? de : en);
});

test.each<[string, unknown, RegExp]>([
  ['a page that was cut off', damage('page', 'truncated'), /not complete/],
  ['a page that was changed', damage('page', 'malformed'), /was changed/],
  ['a changed bundle', damage('payload', 'not-authentic'), /altered or cut short/],
  ['a cut bundle', damage('archive', 'truncated'), /altered or cut short/],
  ['a bundle without sense', damage('header', 'malformed'), /is damaged/],
  [
    'a wrong sum',
    new AppError('bundle-damaged', { part: 'checksums', damage: 'mismatch', name: 'a\u202eb' }),
    /“a\\u\{202e\}b” does not agree/,
  ],
  [
    'an unsafe name',
    new AppError('unsafe-entry', { name: '../a', problem: 'dot-segment' }),
    /“..\/a”/,
  ],
  ['two names', new AppError('duplicate-entry', { name: 'a', other: 'A' }), /“a” and “A”/],
  ['many names', new AppError('too-many-entries', { limit: 60_000 }), /60,000/],
  ['little memory', new AppError('not-enough-memory', { bytes: 2 ** 30 }), /memory/],
  ['much work', new AppError('work-factor-too-high', { logN: 22, limit: 20 }), /4 GiB/],
  ['a key', new AppError('key-needed', {}), /sealed for a key/],
  ['a defect', new TypeError('x is undefined'), /went wrong/],
])('%s is said in plain words', (_what, error, expected) => {
  const words = problemWords(error, { tag: 'en', words: en });
  expect(Object.values(words).join(' ')).toMatch(expected);
  expect(Object.values(words).join(' ')).not.toContain('undefined');
  expect(problemWords(error, { tag: 'de', words: de }).title).not.toBe(words.title);
});

function damage(
  part: 'page' | 'payload' | 'archive' | 'header',
  how: 'truncated' | 'malformed' | 'not-authentic',
): AppError {
  return new AppError('bundle-damaged', { part, damage: how });
}
