import { beforeAll, describe, expect, test } from 'vitest';
import i18next from 'i18next';
import { ageOf, formatAge } from '../../../../renderer/src/screens/inbox/age.ts';
import { startWords } from '../../../../renderer/src/words/words.ts';

const HOUR = 3_600_000;
const now = new Date('2026-03-02T12:00:00.000Z');
const words = (hoursAgo: number): string =>
  formatAge(ageOf(new Date(now.getTime() - hoursAgo * HOUR), now), i18next.t);
const tone = (hoursAgo: number): string =>
  ageOf(new Date(now.getTime() - hoursAgo * HOUR), now).tone;

beforeAll(startWords);

describe('the 24-hour rule', () => {
  test('is said in words', () => {
    expect(words(0)).toBe('24 hours left');
    expect(words(22)).toBe('2 hours left');
    expect(words(23.25)).toBe('45 minutes left');
    expect(words(27)).toBe('Overdue by 3 hours');
    expect(words(24 + 47)).toBe('Overdue by 47 hours');
    expect(words(24 + 71)).toBe('Overdue by 2 days');
    expect(words(24 + 72)).toBe('Overdue by 3 days');
  });

  test('is pressing in the last six hours, and broken from the last second on', () => {
    expect(tone(17.9)).toBe('good');
    expect(tone(18)).toBe('warn');
    expect(tone(23.99)).toBe('warn');
    expect(tone(24)).toBe('bad');
  });

  test('gives nobody more than a day, whatever the clock of the server says', () => {
    expect(words(-5)).toBe('24 hours left');
  });
});
