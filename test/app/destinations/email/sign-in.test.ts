import { expect, test } from 'vitest';
import { signIn } from '../../../../app/destinations/email/smtp.ts';
import { makeCertificate } from '../../../support/certificates.ts';
import {
  accountAt,
  IMPATIENT,
  polite,
  refusal,
  startScripted,
  startSmtp,
  TOKEN,
} from '../../../support/smtp.ts';

const HOST = '127.0.0.1';

test('signs in and out, and says nothing of a message', async () => {
  const server = await startScripted(polite);
  await signIn(accountAt(server.port), {});
  expect(server.heard.map((line) => line.split(' ')[0])).toEqual(['EHLO', 'AUTH', 'QUIT']);
});

test.each([
  ['over TLS', {}, {}, 'PLAIN'],
  ['over STARTTLS', { secure: false }, { security: 'starttls' }, 'PLAIN'],
  ['with a token', {}, { login: { kind: 'oauth2', accessToken: TOKEN } }, 'XOAUTH2'],
] as const)('%s', async (_which, options, different, method) => {
  const server = await startSmtp(options);
  await signIn(accountAt(server.port, different), {});
  expect(server.logins).toEqual([method]);
  expect(server.received).toEqual([]);
});

test('a wrong password is said to be wrong', async () => {
  const server = await startSmtp();
  const account = accountAt(server.port, { login: { kind: 'password', password: 'wrong' } });
  expect(await refusal(signIn(account, {}))).toEqual({
    code: 'smtp-credentials',
    data: { host: HOST },
  });
});

test('a server that nobody vouches for does not hear the password', async () => {
  const server = await startScripted(polite, makeCertificate([HOST]));
  expect((await refusal(signIn(accountAt(server.port), {}))).code).toBe('smtp-untrusted');
  expect(server.heard).toEqual([]);
});

test('nor does one that does not encrypt', async () => {
  const refusing = (line: string): string =>
    line === 'STARTTLS' ? '502 5.5.1 Not here\r\n' : polite(line);
  const server = await startScripted(refusing, 'none');
  const account = accountAt(server.port, { security: 'starttls' });
  expect((await refusal(signIn(account, {}))).code).toBe('smtp-no-tls');
  expect(server.heard.join('\n')).not.toMatch(/AUTH/);
});

test('a server that says nothing is given up', async () => {
  const server = await startScripted(() => '');
  const silent = await refusal(signIn(accountAt(server.port), {}, IMPATIENT));
  expect(silent).toEqual({ code: 'smtp-unreachable', data: { host: HOST } });
});

test('cancelling ends it', async () => {
  const stop = new AbortController();
  const server = await startScripted((line) => {
    if (!line.startsWith('AUTH')) return polite(line);
    stop.abort();
    return '';
  });
  expect((await refusal(signIn(accountAt(server.port), { signal: stop.signal }))).code).toBe(
    'cancelled',
  );
});
