import { describe, expect, test } from 'vitest';
import {
  arrange,
  NO_FILTER,
  sendersOf,
  type Filter,
  type Sort,
} from '../../../../renderer/src/screens/inbox/arrange.ts';
import { inboxEntry } from '../../support.ts';

const entries = [
  inboxEntry({ id: 'a', sender: 'user10', name: 'alpha.age', bytes: 30, status: 'opened' }),
  inboxEntry({
    id: 'b',
    sender: 'user9',
    name: 'Beta.age',
    bytes: 10,
    received: '2026-03-03T00:00:00Z',
  }),
  inboxEntry({
    id: 'c',
    sender: '',
    name: 'gamma.age',
    bytes: 20,
    received: '2026-03-02T00:00:00Z',
  }),
];
const NEWEST: Sort = { column: 'received', descending: true };
const ids = (filter: Partial<Filter>, sort: Sort = NEWEST): string =>
  arrange(entries, { ...NO_FILTER, ...filter }, sort)
    .map(({ id }) => id)
    .join('');

describe('what an inbox shows', () => {
  test('is everything, newest first, unless somebody asks for less', () => {
    expect(ids({})).toBe('bca');
  });

  test('is narrowed by sender, and no sender is a sender, too', () => {
    expect(ids({ sender: 'user9' })).toBe('b');
    expect(ids({ sender: '' })).toBe('c');
  });

  test('is narrowed by status', () => {
    expect(ids({ status: 'opened' })).toBe('a');
    expect(ids({ status: 'downloaded' })).toBe('');
  });

  test('is narrowed by words anywhere in sender and name, in any order and case', () => {
    expect(ids({ text: '  BETA user9 ' })).toBe('b');
    expect(ids({ text: 'user age' })).toBe('ba');
    expect(ids({ text: 'beta user10' })).toBe('');
  });

  test('is sorted by any column, either way, with numbers in names as numbers', () => {
    expect(ids({}, { column: 'sender', descending: false })).toBe('cba');
    expect(ids({}, { column: 'name', descending: false })).toBe('abc');
    expect(ids({}, { column: 'bytes', descending: true })).toBe('acb');
  });

  test('does not reorder what it was given', () => {
    ids({}, { column: 'bytes', descending: false });
    expect(entries.map(({ id }) => id).join('')).toBe('abc');
  });

  test('names every sender once', () => {
    expect(sendersOf([...entries, inboxEntry({ id: 'd', sender: 'user9' })])).toEqual([
      '',
      'user9',
      'user10',
    ]);
  });
});
