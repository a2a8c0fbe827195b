import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createApp } from '../../../app/app.ts';
import { parseSmtpUrl, serverOf, signOn, type SmtpOptions } from '../../../main/cli/smtp.ts';
import { UsageError } from '../../../main/cli/usage-error.ts';
import { makeCertificate } from '../../support/certificates.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const DESK = { app: createApp(), job: {}, clear: () => undefined };
const ANA = { host: 'smtp.example.org', user: 'ana' };
const URL = 'smtps://ana@smtp.example.org';

function fileOf(content: string | Uint8Array): string {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, content);
  return path;
}

function signOnWith(options: SmtpOptions, url = URL): ReturnType<typeof signOn> {
  return signOn(parseSmtpUrl(url), 'ana@example.org', options, DESK);
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return await work.catch((error: unknown) => error);
}

test.each([
  [URL, { ...ANA, port: 465, security: 'tls' }],
  ['smtp://ana@smtp.example.org', { ...ANA, port: 587, security: 'starttls' }],
  ['smtp://ana@smtp.example.org:2525/', { ...ANA, port: 2525, security: 'starttls' }],
  ['SMTPS://ana@smtp.example.org:1465', { ...ANA, port: 1465, security: 'tls' }],
  [
    'smtps://ana@example.net@smtp.example.org',
    { ...ANA, user: 'ana@example.net', port: 465, security: 'tls' },
  ],
  [
    'smtps://ana%40example.net@smtp.example.org',
    { ...ANA, user: 'ana@example.net', port: 465, security: 'tls' },
  ],
  ['smtps://ana@bücher.example', { ...ANA, host: 'bücher.example', port: 465, security: 'tls' }],
  ['smtps://ana@[::1]:465', { ...ANA, host: '::1', port: 465, security: 'tls' }],
])('%s names a server and who signs in there', (url, server) => {
  expect(parseSmtpUrl(url)).toEqual(server);
});

test.each([
  'smtps://ana:hunter2@smtp.example.org',
  'smtps://ana:@smtp.example.org',
  'smtps://ana@example.net:hunter2@smtp.example.org',
  'smtps://ana:hunter2/@#?:x@smtp.example.org',
  'smtps://ana%3Ahunter2@smtp.example.org',
  'smtps://:hunter2@smtp.example.org',
])('%s is refused for its password', (url) => {
  expect(() => parseSmtpUrl(url)).toThrow('A password may not be in the address');
});

test.each([
  '',
  'hunter2',
  'ana:hunter2@smtp.example.org',
  'https://hunter2@smtp.example.org',
  'smtps:hunter2@smtp.example.org',
  'smtps://hunter2@',
  'smtps://hunter2@smtp.example.org/path',
  'smtps://hunter2@smtp.example.org?x=1',
  'smtps://hunter2@smtp.example.org:x',
  'smtps://hunter2%@smtp.example.org',
  'smtps://smtp.example.org',
  'smtps://@smtp.example.org',
  'smtps://ana:hunter2',
])("'%s' is no server, and what may be a password in it is not repeated", (url) => {
  let failure: unknown;
  try {
    parseSmtpUrl(url);
  } catch (error) {
    failure = error;
  }
  expect(failure).toBeInstanceOf(UsageError);
  const { message, next } = failure as UsageError;
  expect(message + next).not.toContain('hunter2');
  expect(next).toMatch(/^(?:Use|Leave) /);
});

test.each([
  [{ smtpPasswordFile: 'x' }, '--smtp-password-file goes only with --smtp.'],
  [{ smtpTokenFile: 'x' }, '--smtp-token-file goes only with --smtp.'],
  [{ ca: 'x' }, '--ca goes only with --smtp.'],
  [{ smtp: URL, smtpPasswordFile: 'x', smtpTokenFile: 'y' }, 'cannot go together'],
])('%j do not go together', (options, says) => {
  expect(() => serverOf(options)).toThrow(says);
});

test('without --smtp there is no server', () => {
  expect(serverOf({})).toBeUndefined();
});

test('a password is read from its file, without the end of its line', async () => {
  const login = await signOnWith({ smtpPasswordFile: fileOf('correct horse\n') });
  expect(login).toEqual({
    ...ANA,
    port: 465,
    security: 'tls',
    ca: undefined,
    login: { kind: 'password', password: 'correct horse' },
  });
});

test('a token is read from its file', async () => {
  const { login } = await signOnWith({ smtpTokenFile: fileOf('ya29.token\r\n') });
  expect(login).toEqual({ kind: 'oauth2', accessToken: 'ya29.token' });
});

test.each([
  ['is empty', '\n', 'is empty.'],
  ['is no text', Uint8Array.of(0xff, 0xfe), 'The password is not UTF-8 text.'],
  ['is too long', Buffer.alloc(70_000, 'a'), 'The password is longer than 64 KiB.'],
])('a password file that %s is refused', async (_what, content, says) => {
  const failure = await failureOf(signOnWith({ smtpPasswordFile: fileOf(content) }));
  expect(failure).toBeInstanceOf(UsageError);
  expect(String(failure)).toContain(says);
});

test('where no file is named and nobody can be asked, it says which options there are', async () => {
  const failure = await failureOf(signOnWith({}));
  expect(failure).toBeInstanceOf(UsageError);
  expect((failure as UsageError).next).toBe('Use --smtp-password-file or --smtp-token-file.');
});

test.each([
  ['a port that there is not', 'smtps://ana@smtp.example.org:70000', 'port'],
  ['a host that there cannot be', 'smtps://ana@smtp..example', 'host'],
])('%s is found before the secret is read', async (_what, url, field) => {
  const failure = await failureOf(signOnWith({ smtpPasswordFile: '/nonexistent' }, url));
  expect(failure).toMatchObject({ code: 'email-account-invalid', data: { field } });
});

test('a sender that is no address is found before the secret is read', async () => {
  const options = { smtpPasswordFile: '/nonexistent' };
  const failure = await failureOf(signOn(parseSmtpUrl(URL), 'ana', options, DESK));
  expect(failure).toMatchObject({ code: 'email-account-invalid', data: { field: 'from' } });
});

test('certificates are taken from a file, and nothing else that is in it', async () => {
  const [one, two] = [makeCertificate(['a.example']), makeCertificate(['b.example'])];
  const ca = fileOf(`Our CA\n${one.cert}\n${one.key}${two.cert}`);
  const login = await signOnWith({ ca, smtpPasswordFile: fileOf('x') });
  expect(login.ca).toBe(`${one.cert.trim()}\n${two.cert.trim()}`);
});

test.each([
  ['a key', () => makeCertificate(['a.example']).key],
  ['nothing', () => ''],
  ['a broken one', () => makeCertificate(['a.example']).cert.replace(/\n.{64}\n/, '\n')],
])('%s is no certificate', async (_what, content) => {
  const failure = await failureOf(signOnWith({ ca: fileOf(content()) }));
  expect(String(failure)).toContain('There is no certificate in');
});

test('a certificate file that is not there is named', async () => {
  const failure = await failureOf(signOnWith({ ca: '/nonexistent/ca.pem' }));
  expect(String(failure)).toContain("'/nonexistent/ca.pem' cannot be read.");
});
