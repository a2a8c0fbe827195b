import { expect, test } from 'vitest';
import type { RightsReport } from '../../../app/contract/views.ts';
import { readsInbox, sends } from '../../../renderer/src/state/connections.ts';

function rights(found: Partial<RightsReport>): { readonly rights: RightsReport } {
  return {
    rights: {
      checked: '2026-01-01T00:00:00.000Z',
      list: 'granted',
      put: 'unknown',
      read: 'unknown',
      remove: 'unknown',
      ...found,
    },
  };
}

test('whoever may list and read has an inbox', () => {
  expect(readsInbox(rights({ read: 'granted', put: 'granted' }))).toBe(true);
});

test('where an empty prefix hides the right to read, whoever may not send there has an inbox', () => {
  expect(readsInbox(rights({ put: 'denied' }))).toBe(true);
  expect(readsInbox(rights({ put: 'granted' }))).toBe(false);
});

test('without a right to list or to read there is no inbox, and none before the rights were checked', () => {
  expect(readsInbox(rights({ list: 'denied', read: 'granted' }))).toBe(false);
  expect(readsInbox(rights({ read: 'denied' }))).toBe(false);
  expect(readsInbox({})).toBe(false);
});

test('a connection can be sent by until it was found that it cannot', () => {
  expect(sends({})).toBe(true);
  expect(sends(rights({ put: 'granted' }))).toBe(true);
  expect(sends(rights({ put: 'denied' }))).toBe(false);
});
