import { expect, test } from 'vitest';
import type { ActivityRecord } from '../../../../app/contract/views.ts';
import {
  ALL,
  linesOf,
  localDate,
  nearDay,
  pick,
} from '../../../../renderer/src/screens/activity/arrange.ts';

function record(id: string, more: Partial<ActivityRecord> = {}): ActivityRecord {
  return { id, at: '2031-04-09T12:00:00Z', kind: 'send', bundle: 'b.age', result: 'done', ...more };
}
/** A moment of local time, wherever the test runs. */
const local = (...parts: [number, number, number, number, number]) =>
  new Date(...parts).toISOString();
const ids = (records: readonly { id: string }[]) => records.map(({ id }) => id);

test('everything is shown until something is asked for', () => {
  const records = [record('a'), record('b', { kind: 'open', result: 'failed' })];
  expect(pick(records, ALL)).toEqual(records);
});

test('kind and result have to be met both', () => {
  const records = [
    record('a', { kind: 'open', result: 'failed' }),
    record('b', { kind: 'open' }),
    record('c', { result: 'failed' }),
  ];
  expect(ids(pick(records, { ...ALL, kind: 'open', result: 'failed' }))).toEqual(['a']);
});

test('a search looks into name, place, checksum and code, whatever the case', () => {
  const records = [
    record('name', { bundle: 'Passport-Ünal.age' }),
    record('place', { location: 's3://bucket/passport-ünal/' }),
    record('sum', { sha256: 'ab'.repeat(32) }),
    record('code', { result: 'failed', error: 's3-denied' }),
  ];
  const found = (search: string) => ids(pick(records, { ...ALL, search }));
  // The u with a separate diaeresis, as macOS writes names.
  expect(found('passport-U\u0308NAL')).toEqual(['name', 'place']);
  expect(found('ABABAB')).toEqual(['sum']);
  expect(found('s3-denied')).toEqual(['code']);
  expect(found('nowhere')).toEqual([]);
});

test('all words of a search have to be there, in any order', () => {
  const records = [
    record('a', { bundle: 'visa.age', location: 's3://one/' }),
    record('b', { bundle: 'visa.age', location: 's3://two/' }),
  ];
  expect(ids(pick(records, { ...ALL, search: '  two   visa ' }))).toEqual(['b']);
});

test('the name of a day of local time stands above its records', () => {
  const records = [
    record('a', { at: local(2031, 3, 9, 0, 5) }),
    record('b', { at: local(2031, 3, 8, 23, 55) }),
    record('c', { at: local(2031, 3, 8, 0, 0) }),
  ];
  expect(linesOf(records).map(({ day, record: one }) => one?.id ?? day)).toEqual([
    '2031-04-09',
    'a',
    '2031-04-08',
    'b',
    'c',
  ]);
});

test('every line has an id of its own, also when the clock was put back', () => {
  const lines = linesOf([
    record('a', { at: local(2031, 3, 8, 1, 0) }),
    record('b', { at: local(2031, 3, 9, 1, 0) }),
    record('c', { at: local(2031, 3, 8, 2, 0) }),
  ]);
  expect(lines).toHaveLength(6);
  expect(new Set(ids(lines))).toHaveProperty('size', 6);
});

test('today and yesterday go by the calendar, not by 24 hours', () => {
  const now = new Date(2031, 2, 1, 0, 10);
  expect(nearDay(localDate(now), now)).toBe('today');
  expect(nearDay('2031-02-28', now)).toBe('yesterday');
  expect(nearDay('2031-02-27', now)).toBeUndefined();
});
