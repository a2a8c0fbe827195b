import { expect, test } from 'vitest';
import type { MailFit } from '../../../../app/contract/advice.ts';
import { COMMANDS } from '../../../../app/contract/commands.ts';
import type { AccountView } from '../../../../app/contract/views.ts';
import {
  countMessages,
  countPeople,
  emailNeed,
  emailTarget,
} from '../../../../renderer/src/screens/send/email-plan.ts';
import type { EmailEntry } from '../../../../renderer/src/screens/send/use-send-form.ts';

const FITS: MailFit = { fit: 'fits', attachedBytes: 4_000_000, limit: 10_000_000 };
const SPLIT: MailFit = {
  fit: 'split',
  attachedBytes: 24_000_000,
  limit: 10_000_000,
  volumes: 3,
  volumeBytes: 7_000_000,
};
const TOO_LARGE: MailFit = { fit: 'too-large', attachedBytes: 24_000_000, limit: 10_000_000 };
const ACCOUNT: AccountView = {
  id: 'a1',
  name: 'Work',
  host: 'smtp.example.test',
  port: 465,
  security: 'tls',
  user: 'ana',
  from: 'ana@example.test',
  method: 'password',
  secret: 'kept',
};

const entry = (given: Partial<EmailEntry> = {}): EmailEntry => ({
  recipients: '',
  service: 'unknown',
  language: null,
  greeting: '',
  account: null,
  whole: false,
  ...given,
});

test.each([
  ['', 0],
  ['somebody', 0],
  ['ana@example.test', 1],
  ['ana@example.test, bo@example.test;cy@example.test', 3],
  ['"Lima, Ana" <ana@example.test>, Bo <bo@example.test>', 2],
  ['ana@example.test, ANA@example.test', 1],
])('“%s” is written to %i people', (typed, people) => {
  expect(countPeople(typed)).toBe(people);
});

test('a draft needs nothing, as long as it fits or can be split', () => {
  for (const fit of [undefined, FITS, SPLIT]) expect(emailNeed(entry(), undefined, fit)).toBeNull();
});

test('what cannot be split is in the way, unless one large message is wanted', () => {
  expect(emailNeed(entry(), undefined, TOO_LARGE)).toBe('mail');
  expect(emailNeed(entry({ whole: true }), undefined, TOO_LARGE)).toBeNull();
});

test('to send directly takes an address and a password', () => {
  expect(emailNeed(entry(), ACCOUNT, FITS)).toBe('addresses');
  const to = entry({ recipients: 'ana@example.test' });
  expect(emailNeed(to, ACCOUNT, FITS)).toBeNull();
  expect(emailNeed(to, { ...ACCOUNT, secret: 'missing' }, FITS)).toBe('account');
});

test('the limit is handed on only where the bundle is to be split', () => {
  expect(emailTarget(entry(), SPLIT, 'en').limit).toBe(10_000_000);
  expect(countMessages(entry(), SPLIT)).toBe(3);
  for (const [how, fit] of [
    [entry({ whole: true }), SPLIT],
    [entry(), FITS],
    [entry({ whole: true }), TOO_LARGE],
  ] as const) {
    expect(emailTarget(how, fit, 'en')).not.toHaveProperty('limit');
    expect(countMessages(how, fit)).toBe(1);
  }
});

test('the message is in the language that was chosen, else in that of the screen', () => {
  expect(emailTarget(entry(), FITS, 'de').language).toBe('de');
  expect(emailTarget(entry({ language: 'en' }), FITS, 'de').language).toBe('en');
});

test('what is handed on is what the contract takes', () => {
  const { input } = COMMANDS.seal;
  for (const one of [
    entry(),
    entry({ recipients: ' ana@example.test ', greeting: ' Dear Ana\n', account: 'a1' }),
  ]) {
    const to = emailTarget(one, SPLIT, 'en');
    expect(input.parse({ to }).to).toEqual(to);
  }
});
