import { expect, test } from 'vitest';
import type { RightsReport, RightState } from '../../../../app/contract/views.ts';
import { abilitiesOf, toldRights } from '../../../../renderer/src/screens/settings/rights.ts';

function report(
  list: RightState,
  put: RightState,
  read: RightState,
  remove: RightState,
): RightsReport {
  return { checked: '2031-04-09T12:00:00Z', list, put, read, remove };
}

test('a sender who may upload and list can send, and cannot read an inbox', () => {
  const { send, inbox } = abilitiesOf(report('granted', 'granted', 'denied', 'unknown'));
  expect(send).toEqual({ answer: 'yes', rights: [] });
  expect(inbox).toEqual({ answer: 'no', rights: ['read'] });
});

test('whoever may upload but not list cannot send: a name that is taken would not be noticed', () => {
  const { send } = abilitiesOf(report('denied', 'granted', 'unknown', 'unknown'));
  expect(send).toEqual({ answer: 'no', rights: ['list'] });
});

test('all that is missing is named', () => {
  const { send, inbox } = abilitiesOf(report('denied', 'denied', 'denied', 'unknown'));
  expect(send.rights).toEqual(['put', 'list']);
  expect(inbox.rights).toEqual(['list', 'read']);
});

test('an inbox can be read without the right to delete from it', () => {
  const { inbox, tidy } = abilitiesOf(report('granted', 'denied', 'granted', 'denied'));
  expect(inbox.answer).toBe('yes');
  expect(tidy).toEqual({ answer: 'no', rights: ['remove'] });
});

test('what the server did not tell is not taken for a yes or a no', () => {
  const { send, inbox } = abilitiesOf(report('granted', 'unknown', 'unknown', 'unknown'));
  expect(send).toEqual({ answer: 'perhaps', rights: ['put'] });
  expect(inbox).toEqual({ answer: 'perhaps', rights: ['read'] });
});

test('a right that is missing weighs more than one that is unknown', () => {
  const { send } = abilitiesOf(report('unknown', 'denied', 'unknown', 'unknown'));
  expect(send).toEqual({ answer: 'no', rights: ['put'] });
});

test('nothing is said about deleting when it was not asked about', () => {
  expect(toldRights(report('granted', 'granted', 'denied', 'unknown'))).toEqual([
    'list',
    'put',
    'read',
  ]);
  expect(toldRights(report('granted', 'granted', 'granted', 'unknown'))).toContain('remove');
  expect(toldRights(report('granted', 'granted', 'granted', 'denied'))).toContain('remove');
});
