import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import {
  formatAgo,
  formatExactMoment,
  formatMoment,
  formatSize,
  formatSpan,
} from '../../../renderer/src/words/format.ts';
import { startWords, type T } from '../../../renderer/src/words/words.ts';

let t: T;
beforeAll(async () => {
  await startWords();
  t = i18next.getFixedT('en');
});

test.each([
  [0, '0 B'],
  [1, '1 B'],
  [1023, '1,023 B'],
  [1024, '1 KiB'],
  [1536, '1.5 KiB'],
  [100 * 1024 + 512, '101 KiB'],
  [1023 * 1024, '1,023 KiB'],
  // Rounded, this is the next unit.
  [1023.6 * 1024, '1 MiB'],
  [2 ** 30 - 1, '1 GiB'],
  [5 * 2 ** 40, '5 TiB'],
  [2 ** 53 - 1, '8,192 TiB'],
])('%i bytes are %s', (bytes, text) => {
  expect(formatSize(bytes, 'en')).toBe(text);
});

test('a size has the decimal sign of its language', () => {
  expect(formatSize(1.5 * 2 ** 20, 'de')).toBe('1,5 MiB');
});

test.each([
  [0.4, 'a moment'],
  [1, '1 second'],
  [89, '89 seconds'],
  [90, '2 minutes'],
  [60 * 60, '60 minutes'],
  [3 * 3600, '3 hours'],
])('%d seconds are said as %s', (seconds, text) => {
  expect(formatSpan(seconds, t)).toBe(text);
});

const NOW = new Date('2026-03-10T12:00:00Z');
test.each([
  ['2026-03-10T11:59:30Z', 'en', 'this minute'],
  ['2026-03-10T11:55:00Z', 'en', '5 minutes ago'],
  ['2026-03-10T09:00:00Z', 'en', '3 hours ago'],
  ['2026-03-08T10:00:00Z', 'en', '2 days ago'],
  ['2026-03-10T11:55:00Z', 'de', 'vor 5 Minuten'],
  ['2026-03-08T10:00:00Z', 'de', 'vorgestern'],
])('%s was, in %s, %s', (at, language, text) => {
  expect(formatAgo(new Date(at), NOW, language)).toBe(text);
});

test('a moment is short, and exact when it is asked for exactly', () => {
  expect(formatMoment(NOW, 'en')).toMatch(/^Mar 10, 2026, \d{1,2}:\d\d\s[AP]M$/);
  expect(formatMoment(NOW, 'de')).toMatch(/^10\.03\.2026, \d\d:\d\d$/);
  expect(formatExactMoment(NOW, 'en')).toMatch(/^Tuesday, March 10, 2026 .*:\d\d:\d\d.*[A-Z]{2,}/);
});
