import { expect, test } from 'vitest';
import type { MessageView } from '../../../../app/contract/views.ts';
import { mailProgress } from '../../../../renderer/src/screens/send/mail-progress.ts';

type State = MessageView['recipients'][number]['state'];

const message = (...states: State[]) => ({
  recipients: states.map((state, index) => ({ address: `${String(index)}@example.test`, state })),
});

test.each<[State[][], string]>([
  [[['accepted', 'accepted'], ['accepted']], 'sent'],
  [[['accepted', 'rejected']], 'rejected'],
  [[['accepted', 'deferred']], 'rejected'],
  [[['accepted'], ['kept']], 'kept'],
  [[['rejected', 'kept']], 'kept'],
  [[['draft'], ['draft']], 'draft'],
])('messages that are %j are, together, %s', (messages, together) => {
  expect(mailProgress(messages.map((states) => message(...states)))).toBe(together);
});

test('a draft without recipients still waits for the person', () => {
  expect(mailProgress([message()])).toBe('draft');
});
