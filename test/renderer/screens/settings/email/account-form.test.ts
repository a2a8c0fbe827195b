import { expect, test } from 'vitest';
import { COMMANDS } from '../../../../../app/contract/commands.ts';
import type { ErrorRecord } from '../../../../../app/contract/errors.ts';
import type { AccountView } from '../../../../../app/contract/views.ts';
import {
  formFor,
  hasSecret,
  inputFor,
  problemOf,
  problemsIn,
  withSecurity,
  withSender,
  type AccountForm,
} from '../../../../../renderer/src/screens/settings/email/account-form.ts';

const KEPT: AccountView = {
  id: 'a1',
  name: 'Work',
  host: 'smtp.example.test',
  port: 465,
  security: 'tls',
  user: 'ana@example.test',
  from: 'Ana Lima <ana@example.test>',
  method: 'password',
  secret: 'kept',
};
const filled = (more: Partial<AccountForm> = {}): AccountForm => ({ ...formFor(KEPT), ...more });

test('an unchanged form saves the account as it was, and leaves its password alone', () => {
  const { id, name, host, port, security, user, from, method } = KEPT;
  expect(inputFor(formFor(KEPT), '', KEPT.id)).toEqual({
    id,
    name,
    host,
    port,
    security,
    user,
    from,
    method,
  });
});

test('what the form hands on is what the contract takes', () => {
  const { input } = COMMANDS.saveAccount;
  for (const handed of [
    inputFor(filled(), 'secret', undefined),
    inputFor(filled({ security: 'starttls', port: ' 587 ', method: 'token' }), 'ya29\n', 'a1'),
  ])
    expect(input.parse(handed)).toEqual(handed);
});

test('a password keeps its spaces, a token loses those that it was pasted with', () => {
  expect(inputFor(filled(), ' two words \n', undefined).secret).toBe(' two words ');
  expect(inputFor(filled({ method: 'token' }), ' ya29.token \n', undefined).secret).toBe(
    'ya29.token',
  );
});

test('the usual port follows the encryption, another one stays', () => {
  expect(withSecurity(filled(), 'starttls').port).toBe('587');
  expect(withSecurity(filled({ port: '' }), 'starttls').port).toBe('587');
  expect(withSecurity(filled({ port: '2525' }), 'starttls').port).toBe('2525');
});

test('the user name follows the sender’s address until it is another', () => {
  const empty = formFor(null);
  const named = withSender(empty, 'Ana <ana@example.test>');
  expect(named.user).toBe('ana@example.test');
  expect(withSender(named, 'bo@example.test').user).toBe('bo@example.test');
  expect(withSender({ ...named, user: 'alima' }, 'bo@example.test').user).toBe('alima');
});

test('a new account needs a name, a server, a port, a sender, a user and a password', () => {
  const empty = { ...formFor(null), port: '' };
  expect(problemsIn('server', empty, '', null)).toEqual({ name: true, host: true, port: true });
  expect(problemsIn('signIn', empty, ' ', null)).toEqual({ from: true, user: true, secret: true });
  expect(problemsIn('check', empty, '', null)).toEqual({});
});

test.each(['0', '65536', '-1', '4e2', '46 5', 'smtp'])('“%s” is no port', (port) => {
  expect(problemsIn('server', filled({ port }), '', KEPT)).toEqual({ port: true });
});

test('the password may be left empty only where the one for this very sign-in is there', () => {
  expect(hasSecret(filled(), KEPT)).toBe(true);
  expect(problemsIn('signIn', filled(), '', KEPT)).toEqual({});
  for (const [form, account] of [
    [filled(), { ...KEPT, secret: 'missing' as const }],
    [filled({ user: 'bo' }), KEPT],
    [filled({ host: 'smtp.example.com' }), KEPT],
    [filled({ method: 'token' }), KEPT],
  ] as const)
    expect(problemsIn('signIn', form, '', account)).toEqual({ secret: true });
});

test.each([
  ['name', 'server'],
  ['host', 'server'],
  ['port', 'server'],
  ['user', 'signIn'],
  ['from', 'signIn'],
] as const)('a refused %s is said on the step “%s”, at its input', (field, step) => {
  const refused: ErrorRecord = { code: 'email-account-invalid', data: { field } };
  expect(problemOf(refused)).toEqual({ step, problems: { [field]: true } });
});

test('what is about no input is not put to one', () => {
  expect(problemOf({ code: 'host-gone', data: {} })).toBeNull();
});
