import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { jsonErrorOf, jsonOf, signet, startSignet, type Run } from '../../support/cli.ts';
import { writeDocuments } from '../../support/documents.ts';
import { attached, parsed } from '../../support/emails.ts';
import { hasTerminal, signetInTerminal } from '../../support/pty.ts';
import {
  CERTIFICATE,
  PASSWORD,
  polite,
  smtpReply,
  startScripted,
  startSmtp,
  TO,
  TOKEN,
  USER,
} from '../../support/smtp.ts';
import { filesIn, namesIn, temporaryFolder } from '../../support/temporary.ts';
import { PASSPHRASE, TO_KEY, workspace } from '../../support/workspace.ts';

const RECIPIENTS = TO.flatMap((address) => ['--to', address]);
const PASSWORD_FILE = ['--smtp-password-file', 'password.txt'];

/** Documents, the account's secrets, and a data folder of their own. */
class Place {
  readonly cwd = writeDocuments(workspace(), {
    'password.txt': `${PASSWORD}\n`,
    'token.txt': `${TOKEN}\n`,
    'ca.pem': CERTIFICATE.cert,
  });
  readonly data = join(temporaryFolder(), 'data');
  readonly outbox = join(this.data, 'outbox');
  readonly run = { cwd: this.cwd, env: { SIGNET_DATA: this.data } };

  smtp(port: number, scheme = 'smtps'): string[] {
    return ['--smtp', `${scheme}://${USER}@127.0.0.1:${String(port)}`, '--ca', 'ca.pem'];
  }

  async email(port: number, ...args: readonly string[]): Promise<Run> {
    const server = [...this.smtp(port), ...PASSWORD_FILE];
    return await signet(['email', 'degree.pdf', ...RECIPIENTS, ...server, ...args], this.run);
  }

  async send(port: number, ...args: readonly string[]): Promise<Run> {
    const server = [...this.smtp(port), ...PASSWORD_FILE];
    return await signet(['outbox', 'send', ...args, ...server], this.run);
  }

  async waiting(): Promise<{ id: string; to: string[]; failure?: string }[]> {
    const run = await signet(['outbox', 'list', '--json'], this.run);
    return jsonOf(run)['messages'] as { id: string; to: string[]; failure?: string }[];
  }
}

test.each([
  ['TLS and a password', 'smtps', true, PASSWORD_FILE],
  ['STARTTLS and a password', 'smtp', false, PASSWORD_FILE],
  ['TLS and a token', 'smtps', true, ['--smtp-token-file', 'token.txt']],
])('email --smtp sends with %s, and keeps nothing', async (_what, scheme, secure, secret) => {
  const place = new Place();
  const server = await startSmtp({ secure });
  const before = await namesIn(place.cwd);
  const { code, stdout, stderr } = await signet(
    [
      ...['email', 'degree.pdf', ...RECIPIENTS, '--name', 'ana', '--words', '5'],
      ...[...place.smtp(server.port, scheme), ...secret],
    ],
    place.run,
  );
  expect(code, stderr).toBe(0);
  expect(stdout).toContain('Sealed 1 document (7 bytes) and sent them through 127.0.0.1.\n');
  expect(stdout).toContain('\n  Bundle      ana.tar.age (in the email alone)\n');
  for (const address of TO)
    expect(stdout).toContain(`    ${address}  accepted by the server (SMTP 250)`);
  expect(await namesIn(place.cwd)).toEqual(before);
  expect(await namesIn(place.data)).toEqual(['outbox', 'staging']);
  const [sent] = server.received;
  expect(sent).toMatchObject({ from: USER, to: TO });
  const received = writeDocuments(temporaryFolder(), {
    'ana.tar.age': attached(await parsed(sent!.message)),
  });
  const passphrase = /^ {4}([a-z]+(?:-[a-z]+){4})$/m.exec(stderr)?.[1] ?? '';
  const args = ['open', 'ana.tar.age', '--list', '--passphrase-stdin'];
  expect((await signet(args, { cwd: received, input: passphrase })).code).toBe(0);
  for (const text of [stdout, stderr, String(sent!.message)])
    for (const each of [PASSWORD, TOKEN]) expect(text).not.toContain(each);
});

test('--json tells each message and recipient; with --out-dir the bundle is kept', async () => {
  const place = new Place();
  const server = await startSmtp();
  const large = ['passport.jpg', '--out-dir', '.', '--name', 'ana', '--limit', '250kB'];
  const from = ['--from', 'Ana <ana@example.test>'];
  const run = await place.email(server.port, ...large, ...from, ...TO_KEY, '--json', '-q');
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
  const { bundle, name, server: host, messages } = jsonOf(run);
  expect({ bundle, name, host }).toEqual({
    bundle: join(place.cwd, 'ana.tar.age'),
    name: 'ana.tar.age',
    host: '127.0.0.1',
  });
  expect(messages).toEqual(
    ['1', '2'].map((number) => ({
      subject: `Encrypted documents for you (part ${number} of 2)`,
      attachment: `ana.tar.age.00${number}`,
      bytes: expect.any(Number) as number,
      recipients: TO.map((address) => ({ address, state: 'accepted', status: 250 })),
    })),
  );
  const joined = await Promise.all(
    server.received.map(async ({ message }) => attached(await parsed(message))),
  );
  expect(Buffer.concat(joined).equals(readFileSync(bundle as string))).toBe(true);
  const { from: sender } = await parsed(server.received[0]!.message);
  expect(sender).toEqual({ name: 'Ana', address: 'ana@example.test' });
});

test('what is refused waits in the outbox, its passphrase is shown, and outbox send sends it', async () => {
  const place = new Place();
  const strict = await startSmtp({
    onMailFrom: (_address, _session, callback) => {
      callback(smtpReply(550, '5.7.1 Not you'));
    },
  });
  const refused = await place.email(strict.port, '--name', 'ana', '--words', '5');
  expect(refused.code).toBe(5);
  expect(refused.stdout).toContain('Sealed 1 document (7 bytes). Not everything was sent.\n');
  expect(refused.stdout).toContain(`    ${TO[0]!}  not sent\n`);
  expect(refused.stderr).toContain('  Code: smtp-refused\n');
  const passphrase = /^ {4}([a-z]+(?:-[a-z]+){4})$/m.exec(refused.stderr)?.[1] ?? '';
  const [message, ...others] = await place.waiting();
  expect(others).toEqual([]);
  expect(message).toMatchObject({ to: TO, failure: 'smtp-refused' });
  expect(refused.stdout).toContain(`\n  signet outbox send --smtp URL ${message!.id}\n`);
  const list = await signet(['outbox', 'list'], place.run);
  expect(list.stdout).toMatch(new RegExp(`^${message!.id} .*${TO.join(', ')}  smtp-refused$`, 'm'));

  const server = await startSmtp();
  const sent = await place.send(server.port, message!.id);
  expect(sent.code, sent.stderr).toBe(0);
  expect(sent.stdout).toContain('Sent 1 message through 127.0.0.1.\n');
  expect(await place.waiting()).toEqual([]);
  expect(await namesIn(place.outbox)).toEqual([]);
  const received = writeDocuments(temporaryFolder(), {
    'ana.tar.age': attached(await parsed(server.received[0]!.message)),
  });
  const args = ['open', 'ana.tar.age', '--list', '--passphrase-stdin'];
  expect((await signet(args, { cwd: received, input: passphrase })).code).toBe(0);
});

test('a recipient whom the server refuses is told apart, and only they get it later', async () => {
  const place = new Place();
  let full = true;
  const server = await startSmtp({
    onRcptTo: ({ address }, _session, callback) => {
      if (full && address === TO[1]) callback(smtpReply(552, '5.2.2 Mailbox full'));
      else callback(null);
    },
  });
  const run = await place.email(server.port, ...TO_KEY, '--json', '-q');
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 5, stderr: '' });
  const { messages, error } = jsonOf(run);
  expect(error).toMatchObject({ code: 'smtp-no-recipient', data: { addresses: [TO[1]] } });
  const [{ id } = { id: '' }] = await place.waiting();
  expect(messages).toEqual([
    expect.objectContaining({
      recipients: [
        { address: TO[0], state: 'accepted', status: 250 },
        { address: TO[1], state: 'rejected', status: 552 },
      ],
      waiting: id,
    }),
  ]);
  full = false;
  const again = await place.send(server.port, id, '--json', '-q');
  expect(again.code).toBe(0);
  expect(server.received.map(({ to }) => to)).toEqual([[TO[0]], [TO[1]]]);
  expect(await place.waiting()).toEqual([]);
});

test('of several messages none is tried after the first that fails, and each can be sent', async () => {
  const place = new Place();
  let turn = 0;
  const server = await startSmtp({
    onMailFrom: (_address, _session, callback) => {
      turn += 1;
      if (turn === 2) callback(smtpReply(451, '4.7.1 Greylisted'));
      else callback(null);
    },
  });
  const large = ['passport.jpg', '--limit', '150kB', '--name', 'ana'];
  const run = await place.email(server.port, ...large, ...TO_KEY, '--json', '-q');
  expect(run.code).toBe(5);
  const { messages, error } = jsonOf(run);
  expect(error).toMatchObject({ code: 'smtp-busy', data: { status: 451 } });
  const states = (messages as { recipients: { state: string }[] }[]).map(
    ({ recipients }) => recipients[0]!.state,
  );
  expect(states).toEqual(['accepted', 'kept', 'kept']);
  expect(turn).toBe(2);
  const ids = (await place.waiting()).map(({ id }) => id);
  expect(ids).toHaveLength(2);
  expect((await place.send(server.port, ...ids)).code).toBe(0);
  expect(server.received).toHaveLength(3);
  expect(await place.waiting()).toEqual([]);
});

test('neither a server without TLS nor one with a certificate of nobody hears the password', async () => {
  const place = new Place();
  const refusing = '502 5.5.1 No such command\r\n';
  const plain = await startScripted(
    (line) => (line === 'STARTTLS' ? refusing : polite(line)),
    'none',
  );
  const stripped = await signet(
    [
      ...['email', 'degree.pdf', ...RECIPIENTS, ...TO_KEY, ...PASSWORD_FILE],
      ...place.smtp(plain.port, 'smtp'),
      '-q',
    ],
    place.run,
  );
  expect(stripped.code).toBe(5);
  expect(stripped.stderr).toContain('Code: smtp-no-tls');
  expect(plain.heard.join('\n')).not.toMatch(/AUTH|MAIL/);
  const server = await startSmtp();
  const [, url = ''] = place.smtp(server.port);
  const untrusted = await signet(
    ['email', 'degree.pdf', ...RECIPIENTS, ...TO_KEY, '--smtp', url, ...PASSWORD_FILE, '-q'],
    place.run,
  );
  expect(untrusted.code).toBe(5);
  expect(untrusted.stderr).toContain('Code: smtp-untrusted');
  expect(untrusted.stderr.replace(/\s+/g, ' ')).toContain('with --ca.');
  expect(server.logins).toEqual([]);
});

test('neither passphrase nor password is in anything that is printed or kept', async () => {
  const place = new Place();
  const server = await startSmtp({
    onAuth: (_auth, _session, callback) => {
      callback(smtpReply(535, '5.7.8 No'));
    },
  });
  for (const form of [[], ['--json']]) {
    const run = await place.email(server.port, '--passphrase-file', 'secret.txt', ...form);
    expect(run.code).toBe(5);
    expect(run.stdout + run.stderr).toContain('smtp-credentials');
    for (const secret of [PASSPHRASE, PASSWORD])
      expect(run.stdout + run.stderr).not.toContain(secret);
  }
  const files = await filesIn(place.data);
  expect([...files.keys()].filter((name) => name.endsWith('.eml'))).toHaveLength(2);
  const basic = Buffer.from(`\0${USER}\0${PASSWORD}`).toString('base64');
  for (const [name, content] of files)
    for (const secret of [PASSPHRASE, PASSWORD, basic])
      expect(content.includes(secret), name).toBe(false);
});

test('stopped before anything went out, nothing is left, and nothing is sent later', async () => {
  const place = new Place();
  const silent = await startScripted((line) => (line === '' ? '' : polite(line)));
  const before = await namesIn(place.cwd);
  const { child, ended, saysOnStderr } = startSignet(
    [
      ...['email', 'passport.jpg', ...RECIPIENTS, ...TO_KEY, '--out-dir', '.'],
      ...[...place.smtp(silent.port), ...PASSWORD_FILE],
    ],
    place.run,
  );
  await saysOnStderr('Sealing');
  await expect
    .poll(() => namesIn(place.data), { timeout: 20_000 })
    .toContainEqual(expect.stringMatching(/^outbox\/[0-9a-f-]{36}\.eml$/));
  child.kill('SIGTERM');
  const { code, stderr } = await ended;
  expect(code, stderr).toBe(6);
  expect(await namesIn(place.cwd)).toEqual(before);
  expect(existsSync(place.outbox) ? await namesIn(place.outbox) : []).toEqual([]);
});

test('outbox delete deletes what it is told to, all or nothing', async () => {
  const place = new Place();
  const { port } = await startScripted(() => undefined);
  for (const name of ['one', 'two']) await place.email(port, '--name', name, ...TO_KEY);
  const [one, two] = (await place.waiting()).map(({ id }) => id);
  const wrong = await signet(['outbox', 'delete', one!, 'x', '--json'], place.run);
  expect(wrong.code).toBe(1);
  expect(jsonErrorOf(wrong)).toMatchObject({ code: 'reference-unknown' });
  expect(await place.waiting()).toHaveLength(2);
  const { code, stdout } = await signet(['outbox', 'delete', one!], place.run);
  expect(code).toBe(0);
  expect(stdout).toBe(`Deleted 1 message:\n  ${one!}  one.tar.age\n`);
  expect((await place.waiting()).map(({ id }) => id)).toEqual([two]);
});

test('an outbox that was never used is empty, and is not made by looking', async () => {
  const place = new Place();
  const { code, stdout } = await signet(['outbox', 'list'], place.run);
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'The outbox is empty.\n' });
  expect(existsSync(place.data)).toBe(false);
});

test.each([
  [['x'], 2, 'usage'],
  [['x', '--smtp', `smtps://${USER}@127.0.0.1`, ...PASSWORD_FILE], 1, 'reference-unknown'],
  [['x', '--smtp', 'smtps://ana:hunter2@127.0.0.1'], 2, 'usage'],
])('outbox send %j is refused', async (args, exit, error) => {
  const run = await signet(['outbox', 'send', ...args, '--json'], new Place().run);
  expect(run.code).toBe(exit);
  expect(jsonErrorOf(run)['code']).toBe(error);
  expect(run.stdout).not.toContain('hunter2');
});

describe.skipIf(!hasTerminal)('on a terminal', () => {
  test('the password is asked for and not shown', async () => {
    const place = new Place();
    const server = await startSmtp();
    const terminal = signetInTerminal(
      ['email', 'degree.pdf', ...RECIPIENTS, ...TO_KEY, ...place.smtp(server.port)],
      place.run,
    );
    await terminal.shows(`Password of ${USER} at 127.0.0.1: `);
    terminal.type(`${PASSWORD}\r`);
    const { code, stdout } = await terminal.ended;
    expect(code, stdout).toBe(0);
    expect(stdout).toContain('and sent them through 127.0.0.1.');
    expect(stdout).not.toContain(PASSWORD);
    expect(server.received).toHaveLength(1);
  });

  test('Ctrl-C at the question ends with 6, and nothing was sealed', async () => {
    const place = new Place();
    const before = await namesIn(place.cwd);
    const url = `smtps://${USER}@127.0.0.1:1`;
    const terminal = signetInTerminal(
      ['email', 'degree.pdf', ...RECIPIENTS, ...TO_KEY, '--smtp', url],
      place.run,
    );
    await terminal.shows('Password of');
    terminal.type('\x03');
    expect((await terminal.ended).code).toBe(6);
    expect(await namesIn(place.cwd)).toEqual(before);
    expect(existsSync(place.data)).toBe(false);
  });
});
