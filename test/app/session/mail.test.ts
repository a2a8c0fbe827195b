import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { createApp } from '../../../app/app.ts';
import type { CommandInput } from '../../../app/contract/commands.ts';
import type { MessageView, ReceiptView } from '../../../app/contract/views.ts';
import { patternBytes, writeDocuments } from '../../support/documents.ts';
import { TestSession, type Start } from '../../support/sessions.ts';
import {
  CERTIFICATE,
  PASSWORD,
  smtpReply,
  startSmtp,
  USER,
  type TestServer,
} from '../../support/smtp.ts';
import { temporaryFolder } from '../../support/temporary.ts';

type Email = Extract<CommandInput<'seal'>['to'], { kind: 'email' }>;
type Options = Parameters<typeof startSmtp>[0];

// As if an authority that this machine trusts had signed it.
beforeAll(() => {
  const before = getCACertificates();
  setDefaultCACertificates([...before, CERTIFICATE.cert]);
  return () => {
    setDefaultCACertificates(before);
  };
});

function email(parts: Partial<Email> = {}): Email {
  return { kind: 'email', recipients: 'ana@example.test', language: 'en', ...parts };
}

async function drafted(start: Start = {}, bytes = 1000) {
  const screen = await TestSession.start(start);
  const folder = writeDocuments(temporaryFolder(), { 'passport.pdf': patternBytes(bytes) });
  await screen.add(join(folder, 'passport.pdf'));
  return { screen, folder, outbox: join(screen.folder, 'data/outbox') };
}

/** An account on a server of this machine. */
async function withAccount(screen: TestSession, port: number, secret: string | null = PASSWORD) {
  return await screen.run('saveAccount', {
    name: 'Work',
    host: '127.0.0.1',
    port,
    security: 'tls',
    user: USER,
    from: `Ana <${USER}>`,
    method: 'password',
    ...(secret === null ? {} : { secret }),
  });
}

async function sending(options: Options = {}, bytes?: number) {
  const server = await startSmtp(options);
  const parts = await drafted({}, bytes);
  const { id: account } = await withAccount(parts.screen, server.port);
  return { ...parts, server, account };
}

async function receiptOf(screen: TestSession): Promise<ReceiptView> {
  return (await screen.snapshot()).receipts[0]!;
}

function messagesOf({ to }: ReceiptView): readonly MessageView[] {
  if (to.kind !== 'email') throw new Error('it did not go by email');
  return to.messages;
}

/** What is attached to a message. */
function attachment(message: string | Buffer): Buffer {
  const [, encoded] =
    /Content-Disposition: attachment[^]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)/.exec(
      message.toString('latin1'),
    ) ?? [];
  return Buffer.from(encoded ?? '', 'base64');
}

/** Refuses as long as it is told to. */
function moody(reply: () => Error | null): Options {
  return {
    onMailFrom: (_address, _session, callback) => {
      callback(reply());
    },
  };
}

/** No server listens there any more. */
async function closedPort(): Promise<number> {
  const { createServer } = await import('node:net');
  const server = createServer();
  const { promise, resolve } = Promise.withResolvers<undefined>();
  server.listen(0, '127.0.0.1', () => {
    resolve(undefined);
  });
  await promise;
  const address = server.address();
  const closed = Promise.withResolvers<undefined>();
  server.close(() => {
    closed.resolve(undefined);
  });
  await closed.promise;
  return typeof address === 'object' && address !== null ? address.port : 0;
}

test('a draft needs neither a network nor an account nor a recipient, and stays when its receipt is closed', async () => {
  const { screen, outbox } = await drafted();
  const passphrase = await screen.run('revealPassphrase', { of: 'draft' });
  const to = email({ recipients: '', greeting: 'Dear Ana,' });
  const job = await screen.done('seal', { to, name: 'mine' });
  const receipt = await receiptOf(screen);
  const folder = join(outbox, 'mine');
  const bundle = join(folder, 'mine.tar.age');
  expect(receipt).toMatchObject({
    bundle: 'mine.tar.age',
    format: 'age',
    location: bundle,
    to: { kind: 'email', by: 'draft' },
    held: true,
  });
  const path = join(folder, 'mine.tar.age.eml');
  expect(messagesOf(receipt)).toEqual([
    {
      subject: 'Encrypted documents for you',
      attachment: 'mine.tar.age',
      bytes: statSync(path).size,
      recipients: [],
    },
  ]);
  const message = readFileSync(path, 'utf8');
  expect(message).toContain('X-Unsent: 1');
  expect(message).toContain('Dear Ana,');
  expect(message).not.toContain('passport');
  expect(message).not.toContain(passphrase.passphrase);
  expect(attachment(message)).toEqual(readFileSync(bundle));
  const opened = await createApp().open({ path: bundle, passphrase: passphrase.passphrase });
  expect(opened.documents).toHaveLength(1);
  for (const each of [outbox, folder]) expect(statSync(each).mode & 0o777).toBe(0o700);
  expect(statSync(path).mode & 0o777).toBe(0o600);

  await screen.run('openMessage', { receipt: receipt.id, message: 0 });
  expect(screen.host.calls).toContainEqual(['openMessage', path]);
  await screen.run('openMailto', { receipt: receipt.id, message: 0 });
  const [, url] = screen.host.calls.find(([port]) => port === 'openMailto')!;
  expect(String(url)).toMatch(
    /^mailto:\?subject=Encrypted%20documents%20for%20you&body=Dear%20Ana/,
  );
  await screen.run('showInFolder', { receipt: receipt.id });
  await screen.run('showInFolder', { job: job.id });
  expect(screen.host.calls.filter(([port]) => port === 'showInFolder')).toEqual([
    ['showInFolder', bundle],
    ['showInFolder', bundle],
  ]);
  const unknown = { receipt: receipt.id, message: 1 };
  expect(await screen.refusal('openMessage', unknown)).toEqual({
    code: 'reference-unknown',
    data: { kind: 'message' },
  });

  const [record] = await screen.run('listActivity', {});
  expect(record).toMatchObject({ kind: 'send', location: bundle, result: 'done' });
  // What waits for the person is not in the outbox of those that wait for Signet.
  expect((await screen.snapshot()).outbox).toBe(0);
  await screen.run('closeReceipt', { receipt: receipt.id });
  expect(readdirSync(folder).sort()).toEqual(['mine.tar.age', 'mine.tar.age.eml']);
});

test('two bundles of one name do not meet', async () => {
  const { screen, folder, outbox } = await drafted();
  while ((await screen.snapshot()).receipts.length < 3) {
    await screen.done('seal', { to: email(), name: 'mine.age' });
    await screen.add(join(folder, 'passport.pdf'));
  }
  expect(readdirSync(outbox).sort()).toEqual(['mine', 'mine (2)', 'mine (3)']);
  const [last] = (await screen.snapshot()).receipts;
  expect(last!.location).toBe(join(outbox, 'mine (3)/mine.age'));
});

test('what is too large for one message goes in volumes, which can be attached by hand, too', async () => {
  const { screen, outbox } = await drafted({}, 2_500_000);
  await screen.run('setFormat', { format: 'zip', hideNames: false });
  const { passphrase } = await screen.run('revealPassphrase', { of: 'draft' });
  await screen.done('seal', { to: email({ limit: 1_500_000, language: 'de' }), name: 'mine' });
  const messages = messagesOf(await receiptOf(screen));
  expect(messages.map((message) => message.attachment)).toEqual([
    'mine.zip.001',
    'mine.zip.002',
    'mine.zip.003',
  ]);
  for (const { subject, bytes, recipients } of messages) {
    expect(subject).toMatch(/Teil [123] von 3/);
    expect(bytes).toBeLessThanOrEqual(1_500_000);
    expect(recipients).toEqual([{ address: 'ana@example.test', state: 'draft' }]);
  }
  const folder = join(outbox, 'mine');
  const inMail = messages.map((message) =>
    attachment(readFileSync(join(folder, `${message.attachment}.eml`))),
  );
  expect(Buffer.concat(inMail)).toEqual(readFileSync(join(folder, 'mine.zip')));
  const first = join(folder, 'mine.zip.001');
  expect(readFileSync(first)).toEqual(inMail[0]);
  // Signet finds the other volumes, and calls the bundle by its own name.
  const view = await screen.run('takeBundle', { grants: [await screen.choose(first)] });
  expect(view).toMatchObject({ name: 'mine.zip', format: 'zip', names: 'visible' });
  await screen.done('unlock', { bundle: view.id, with: { passphrase } });
});

test('what could not be sent is refused before anything is sealed', async () => {
  const { screen, outbox } = await drafted();
  const { passphrase } = await screen.run('revealPassphrase', { of: 'draft' });
  const account = (await withAccount(screen, 465)).id;
  const bare = (await withAccount(screen, 465, null)).id;
  const refused = [
    await screen.refusal('seal', { to: email({ recipients: 'ana at example' }) }),
    await screen.refusal('seal', { to: email({ recipients: '', account }) }),
    await screen.refusal('seal', { to: email({ greeting: 'x'.repeat(5000) }) }),
    await screen.refusal('seal', { to: email({ greeting: `It is ${passphrase}.` }) }),
    await screen.refusal('seal', { to: email(), name: passphrase }),
    await screen.refusal('seal', { to: email({ account: 'unknown' }) }),
    await screen.refusal('seal', { to: email({ account: bare }) }),
  ];
  expect(refused.map(({ code }) => code)).toEqual([
    'email-address',
    'email-no-recipients',
    'note-too-long',
    'email-passphrase-inside',
    'email-passphrase-inside',
    'reference-unknown',
    'secret-missing',
  ]);
  expect(refused[5]!.data).toEqual({ kind: 'account' });
  expect((await screen.snapshot()).jobs).toEqual([]);
  expect(existsSync(outbox)).toBe(false);
});

test('no message carries the passphrase of another bundle of this run', async () => {
  const { screen, folder } = await drafted();
  await screen.done('seal', { to: email() });
  const receipt = (await receiptOf(screen)).id;
  const { passphrase } = await screen.run('revealPassphrase', { of: { receipt } });
  await screen.add(join(folder, 'passport.pdf'));
  const greeting = passphrase.replaceAll('-', ' ').toUpperCase();
  expect((await screen.refusal('seal', { to: email({ greeting }) })).code).toBe(
    'email-passphrase-inside',
  );
});

test.each<[string, (screen: TestSession, receipt: string) => Promise<unknown>]>([
  ['put away', (screen, receipt) => screen.run('closeReceipt', { receipt })],
  [
    'told and forgotten',
    async (screen, receipt) => {
      await screen.run('markShared', { receipt });
      await screen.run('forgetSecrets', {});
    },
  ],
])('nor that of one whose receipt was %s', async (_what, forget) => {
  const { screen, folder, outbox } = await drafted();
  await screen.done('seal', { to: email(), name: 'first' });
  const receipt = (await receiptOf(screen)).id;
  const { passphrase } = await screen.run('revealPassphrase', { of: { receipt } });
  await forget(screen, receipt);
  const before = await screen.refusal('revealPassphrase', { of: { receipt } });
  expect(['reference-unknown', 'passphrase-forgotten']).toContain(before.code);
  await screen.add(join(folder, 'passport.pdf'));
  const words = passphrase.split('-');
  for (const greeting of [
    `Dear Ana, ${passphrase}`,
    words.map((word, index) => `${String(index + 1)}. ${word}`).join('\n'),
    words.join('%20').toUpperCase(),
  ])
    expect((await screen.refusal('seal', { to: email({ greeting }) })).code).toBe(
      'email-passphrase-inside',
    );
  expect(readdirSync(outbox)).toEqual(['first']);
  await screen.done('seal', { to: email({ greeting: words.slice(1).join(' ') }) });
});

test('nor one that was typed to open a bundle, whether it opened it or not', async () => {
  const { screen, folder } = await drafted();
  const { location } = await createApp({ logN: 4 }).seal(
    {
      documents: [{ path: join(folder, 'passport.pdf'), name: 'a.pdf', kind: 'file' }],
      lock: { kind: 'own', passphrase: 'Tr0ub4dor and the third zeppelin' },
    },
    { directory: folder },
  );
  const { id: bundle } = await screen.run('takeBundle', {
    grants: [await screen.choose(location)],
  });
  const wrong = 'unmade kettle, quietly zooming';
  expect(await screen.failed('unlock', { bundle, with: { passphrase: wrong } })).toBe(
    'wrong-passphrase',
  );
  expect(await screen.failed('unlock', { bundle, with: { passphrase: 'Ana' } })).toBe(
    'wrong-passphrase',
  );
  await screen.done('unlock', {
    bundle,
    with: { passphrase: 'Tr0ub4dor and the third zeppelin' },
  });
  await screen.run('closeBundle', { bundle });
  for (const greeting of ['UNMADE-KETTLE-QUIETLY-ZOOMING', 'tr0ub4dor_and_the_third_zeppelin'])
    expect((await screen.refusal('seal', { to: email({ greeting }) })).code).toBe(
      'email-passphrase-inside',
    );
  // Too short to be told from any other word.
  await screen.done('seal', { to: email({ greeting: 'Dear Ana,' }) });
});

test('nor one of your own that another has taken the place of', async () => {
  const { screen } = await drafted();
  const passphrase = 'Nine purple Zeppelins over Oslo 1937';
  await screen.run('setPassphrase', { passphrase });
  await screen.run('newPassphrase', { words: 7 });
  const greeting = passphrase.toLowerCase();
  expect((await screen.refusal('seal', { to: email({ greeting }) })).code).toBe(
    'email-passphrase-inside',
  );
});

test('what comes to nothing leaves nothing in the outbox, and the draft as it was', async () => {
  const { screen, folder, outbox } = await drafted();
  rmSync(join(folder, 'passport.pdf'));
  expect(await screen.failed('seal', { to: email() })).toBe('document-missing');
  expect(readdirSync(outbox)).toEqual([]);
  expect((await screen.snapshot()).draft.documents).toBe(1);
});

test('through an account it is sent at once, each recipient told of', async () => {
  const refusing: Options = {
    onRcptTo: ({ address }, _session, callback) => {
      callback(address.startsWith('gone') ? smtpReply(550, '5.1.1 No such user') : null);
    },
  };
  const { screen, server, account, outbox } = await sending(refusing);
  const recipients = 'Ana <ana@example.test>; gone@example.test';
  await screen.done('seal', { to: email({ recipients, account }), name: 'mine' });
  const receipt = await receiptOf(screen);
  expect(messagesOf(receipt)).toMatchObject([
    {
      attachment: 'mine.tar.age',
      recipients: [
        { address: 'ana@example.test', state: 'accepted' },
        { address: 'gone@example.test', state: 'rejected', status: 550 },
      ],
    },
  ]);
  expect(receipt.to).toMatchObject({ by: 'account' });
  expect(receipt.location).toBe(join(outbox, 'mine/mine.tar.age'));
  const [received] = server.received;
  expect(received!.to).toEqual(['ana@example.test']);
  expect(attachment(received!.message)).toEqual(readFileSync(receipt.location));
  expect(received!.message.toString()).not.toContain('X-Unsent');
  const activity = await screen.run('listActivity', {});
  expect(activity).toMatchObject([
    { kind: 'send', location: 'smtp://127.0.0.1', result: 'done', bundle: 'mine.tar.age' },
  ]);
  expect(JSON.stringify(activity)).not.toContain('ana@');
  // It waits for the one who has not had it.
  const [waiting] = await screen.run('listOutbox', {});
  expect(waiting).toMatchObject({ account, to: ['gone@example.test'] });
  // What Signet sends is not for another program to send again.
  const message = { receipt: receipt.id, message: 0 };
  for (const command of ['openMessage', 'openMailto'] as const)
    expect((await screen.refusal(command, message)).code).toBe('not-available');
});

test('what cannot be sent is kept, said why, and sent again when it can be', async () => {
  let mood: Error | null = smtpReply(451, '4.7.1 Greylisted');
  const { screen, server, account, outbox } = await sending(
    moody(() => mood),
    2_500_000,
  );
  const to = email({ account, limit: 2_000_000 });
  await screen.done('seal', { to, name: 'mine' });
  const kept = await receiptOf(screen);
  const error = { code: 'smtp-busy', data: { host: '127.0.0.1', status: 451 } };
  const recipients = [{ address: 'ana@example.test', state: 'kept' }];
  expect(messagesOf(kept)).toMatchObject([
    { attachment: 'mine.tar.age.001', recipients, error },
    { attachment: 'mine.tar.age.002', recipients, error },
  ]);
  expect(server.received).toEqual([]);
  expect((await screen.snapshot()).outbox).toBe(2);
  expect(await screen.run('listActivity', {})).toMatchObject([
    { kind: 'mail', location: 'smtp://127.0.0.1', result: 'failed', error: 'smtp-busy' },
    { kind: 'send', location: kept.location, result: 'done' },
  ]);
  const [first, second] = await screen.run('listOutbox', {});
  expect(first).toMatchObject({ account, to: ['ana@example.test'], error: 'smtp-busy' });
  expect(second).not.toHaveProperty('error');

  // Again in vain.
  expect(await screen.failed('sendAgain', { message: first!.id })).toBe('smtp-busy');
  mood = null;
  const again = await Promise.all([
    screen.run('sendAgain', { message: first!.id }),
    screen.run('sendAgain', { message: first!.id }),
  ]);
  // Whoever asks twice does not send twice.
  expect(again[0]).toEqual(again[1]);
  expect(await screen.ended(again[0].job)).toMatchObject({
    kind: 'mail',
    subject: 'mine.tar.age.001',
    about: [first!.id],
    state: 'done',
    outcome: { kind: 'mailed', messages: 1 },
  });
  expect(server.received).toHaveLength(1);
  expect((await screen.snapshot()).outbox).toBe(1);
  const [sent, waits] = messagesOf(await receiptOf(screen));
  expect(sent!.recipients).toMatchObject([{ state: 'accepted' }]);
  expect(sent).not.toHaveProperty('error');
  expect(waits!.recipients).toMatchObject([{ state: 'kept' }]);
  expect((await screen.run('listActivity', {}))[0]).toMatchObject({
    kind: 'mail',
    bundle: 'mine.tar.age.001',
    location: 'smtp://127.0.0.1',
    result: 'done',
  });

  // The other is not wanted any more.
  await screen.run('deleteMessage', { message: second!.id });
  expect((await screen.snapshot()).outbox).toBe(0);
  expect(messagesOf(await receiptOf(screen))).toHaveLength(1);
  expect(readdirSync(outbox)).toEqual(['mine']);
  const unknown = { code: 'reference-unknown', data: { kind: 'message' } };
  for (const message of [first!.id, second!.id, '../../accounts'])
    for (const command of ['sendAgain', 'deleteMessage'] as const)
      expect(await screen.refusal(command, { message })).toEqual(unknown);
});

test('a server that cannot be reached, or that nobody vouches for, is one of the reasons', async () => {
  const { screen, folder } = await drafted();
  const { id: nowhere } = await withAccount(screen, await closedPort());
  await screen.done('seal', { to: email({ account: nowhere }) });
  expect(messagesOf(await receiptOf(screen))[0]!.error).toEqual({
    code: 'smtp-unreachable',
    data: { host: '127.0.0.1' },
  });
  const { makeCertificate } = await import('../../support/certificates.ts');
  const strange = await startSmtp(makeCertificate(['127.0.0.1']));
  const { id: account } = await withAccount(screen, strange.port);
  await screen.add(join(folder, 'passport.pdf'));
  await screen.done('seal', { to: email({ account }) });
  expect(messagesOf(await receiptOf(screen))[0]!.error!.code).toBe('smtp-untrusted');
  expect(strange.received).toEqual([]);
});

test('whoever stops it before anything has gone out has sent nothing', async () => {
  const reached = Promise.withResolvers<undefined>();
  const server: Options = {
    onMailFrom: () => {
      reached.resolve(undefined);
    },
  };
  const { screen, account, outbox } = await sending(server);
  const { job } = await screen.run('seal', { to: email({ account }) });
  await reached.promise;
  // While it is sent for the first time, it does not wait.
  expect(await screen.run('listOutbox', {})).toEqual([]);
  await screen.run('cancelJob', { job });
  expect((await screen.ended(job)).state).toBe('cancelled');
  expect(readdirSync(outbox)).toEqual([]);
  const { draft, receipts, outbox: waiting } = await screen.snapshot();
  expect([draft.documents, receipts, waiting]).toEqual([1, [], 0]);
});

test('once a volume has gone out the receipt has the passphrase, whatever is stopped', async () => {
  let count = 0;
  const second = Promise.withResolvers<undefined>();
  const server: Options = {
    onMailFrom: (_address, _session, callback) => {
      count += 1;
      if (count === 1) callback(null);
      else second.resolve(undefined);
    },
  };
  const { screen, account } = await sending(server, 2_500_000);
  const { job } = await screen.run('seal', { to: email({ account, limit: 2_000_000 }) });
  await second.promise;
  await screen.run('cancelJob', { job });
  expect((await screen.ended(job)).state).toBe('done');
  const receipt = await receiptOf(screen);
  expect(receipt.held).toBe(true);
  expect(messagesOf(receipt)).toMatchObject([
    { recipients: [{ state: 'accepted' }] },
    { recipients: [{ state: 'kept' }], error: { code: 'cancelled' } },
  ]);
  expect((await screen.run('listActivity', {})).map(({ location }) => location)).toEqual([
    'smtp://127.0.0.1',
    'smtp://127.0.0.1',
  ]);
});

test('what waits is there in the next session, and belongs to the account that sends from its address', async () => {
  const { screen, account } = await sending(moody(() => smtpReply(421, '4.3.2 Later')));
  await screen.done('seal', { to: email({ account }), name: 'mine' });
  await screen.session.close();
  const next = await TestSession.start({ folder: screen.folder, host: screen.host });
  expect((await next.snapshot()).outbox).toBe(1);
  const [entry] = await next.run('listOutbox', {});
  expect(entry).toMatchObject({ account, subject: 'Encrypted documents for you' });
  await next.run('removeAccount', { account });
  expect((await next.run('listOutbox', {}))[0]!.account).toBeNull();
  expect(await next.refusal('sendAgain', { message: entry!.id })).toEqual({
    code: 'reference-unknown',
    data: { kind: 'account' },
  });
  await next.run('deleteMessage', { message: entry!.id });
  expect((await next.snapshot()).outbox).toBe(0);
});

test('in a browser the messages and the bundle can be downloaded', async () => {
  const { screen, outbox } = await drafted({ kind: 'web' });
  await screen.done('seal', { to: email(), name: 'mine' });
  const { id: receipt } = await receiptOf(screen);
  await screen.run('downloadBundle', { receipt, message: 0 });
  await screen.run('downloadBundle', { receipt });
  const folder = join(outbox, 'mine');
  expect(screen.host.calls.filter(([port]) => port === 'offerDownload')).toEqual([
    ['offerDownload', join(folder, 'mine.tar.age.eml'), 'mine.tar.age.eml'],
    ['offerDownload', join(folder, 'mine.tar.age'), 'mine.tar.age'],
  ]);
  const unknown = await screen.refusal('downloadBundle', { receipt, message: 7 });
  expect(unknown.data).toEqual({ kind: 'message' });
});

test('a mail program that cannot be started is the host’s failure', async () => {
  const { screen } = await drafted();
  await screen.done('seal', { to: email() });
  const { id: receipt } = await receiptOf(screen);
  screen.host.failing.add('openMessage').add('openMailto');
  for (const command of ['openMessage', 'openMailto'] as const)
    expect(await screen.refusal(command, { receipt, message: 0 })).toEqual({
      code: 'host-failed',
      data: {},
    });
});

test('an account is tried by signing in, and nothing is sent', async () => {
  const server: TestServer = await startSmtp();
  const screen = await TestSession.start();
  const { id: account } = await withAccount(screen, server.port);
  await screen.run('checkAccount', { account });
  expect(server.logins).toEqual(['PLAIN']);
  const { id: wrong } = await withAccount(screen, server.port, 'wrong');
  expect(await screen.refusal('checkAccount', { account: wrong })).toEqual({
    code: 'smtp-credentials',
    data: { host: '127.0.0.1' },
  });
  const { id: without } = await withAccount(screen, server.port, null);
  expect((await screen.refusal('checkAccount', { account: without })).code).toBe('secret-missing');
  expect(server.received).toEqual([]);
  onTestFinished(() => {
    expect(server.connections()).toBe(0);
  });
});
