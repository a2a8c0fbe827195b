import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Job, Progress } from '../../../../app/contract/job.ts';
import type { EmailAccount } from '../../../../app/destinations/email/account.ts';
import {
  deleteMessage,
  findMessage,
  listOutbox,
} from '../../../../app/destinations/email/outbox.ts';
import type { EmailRequest } from '../../../../app/destinations/email/plan.ts';
import {
  sendAgain,
  sendMessages,
  storeMessages,
} from '../../../../app/destinations/email/send-bundle.ts';
import type { SmtpPatience } from '../../../../app/destinations/email/smtp.ts';
import { AppError } from '../../../../app/contract/errors.ts';
import { attached, bundleOf, emailOf, parsed } from '../../../support/emails.ts';
import {
  accountAt,
  IMPATIENT,
  PASSWORD,
  polite,
  refusal,
  smtpReply,
  startScripted,
  startSmtp,
  USER,
} from '../../../support/smtp.ts';
import { filesIn, namesIn, temporaryFolder } from '../../../support/temporary.ts';

const LIMIT = 50_000;

function outboxFolder(): string {
  return join(temporaryFolder(), 'outbox');
}

/** Stores messages and sends them all, or fails as the first of them did. */
async function sendBundle(
  request: EmailRequest,
  account: EmailAccount,
  outbox: string,
  job: Job,
  patience?: SmtpPatience,
) {
  const stored = await storeMessages(request, account.from, outbox, job);
  const messages = await Promise.all(stored.map(({ id }) => findMessage(outbox, id)));
  const mailing = await sendMessages(messages, account, outbox, job, patience);
  if (mailing.error !== undefined) throw new AppError(mailing.error.code, mailing.error.data);
  return mailing.messages.map(({ message: { name, bytes }, recipients }) => ({
    name,
    bytes,
    recipients,
  }));
}

describe('what is sent', () => {
  test('arrives as it was written, and leaves the outbox empty', async () => {
    const server = await startSmtp();
    const { bundle, content } = await bundleOf(100_000);
    const outbox = outboxFolder();
    const heard: Progress[] = [];
    const sent = await sendBundle(emailOf(bundle), accountAt(server.port), outbox, {
      onProgress: (progress) => void heard.push(progress),
    });
    expect(sent).toEqual([
      {
        name: bundle.name,
        bytes: expect.any(Number) as number,
        recipients: [{ address: 'ann@example.test', state: 'accepted', status: 250 }],
      },
    ]);
    const message = server.received[0]!.message;
    const email = await parsed(message);
    expect(email.from).toEqual({ name: 'Sender', address: USER });
    expect(attached(email)).toEqual(content);
    expect(message.includes('X-Unsent')).toBe(false);
    expect(await namesIn(outbox)).toEqual([]);
    expect(new Set(heard.map(({ stage }) => stage))).toEqual(new Set(['place', 'upload']));
    expect(heard.at(-1)).toMatchObject({ bytes: sent[0]!.bytes, total: sent[0]!.bytes });
  });

  test('in volumes is one message for each, and progress goes over all of them', async () => {
    const server = await startSmtp();
    const { bundle, content } = await bundleOf(100_000, 'b.zip');
    const request = emailOf(bundle, { format: 'zip', limit: LIMIT });
    const heard: Progress[] = [];
    const sent = await sendBundle(request, accountAt(server.port), outboxFolder(), {
      onProgress: (progress) => {
        if (progress.stage === 'upload') heard.push(progress);
      },
    });
    expect(sent.map(({ name }) => name)).toEqual(['b.zip.001', 'b.zip.002', 'b.zip.003']);
    const emails = await Promise.all(server.received.map(({ message }) => parsed(message)));
    expect(Buffer.concat(emails.map(attached))).toEqual(content);
    const total = sent.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(heard.at(-1)).toEqual({ stage: 'upload', bytes: total, total });
    const bytes = heard.map((progress) => progress.bytes);
    expect(bytes).toEqual(bytes.toSorted((a, b) => a - b));
  });

  test('lies in the outbox, for its owner only, before the server hears of it', async () => {
    const outbox = outboxFolder();
    const seen: string[] = [];
    const server = await startSmtp({
      onMailFrom: (_address, _session, callback) => {
        void listOutbox(outbox).then(([message]) => {
          const stats = statSync(message!.path);
          seen.push(`${message!.name} ${(stats.mode & 0o777).toString(8)} ${String(stats.size)}`);
          seen.push((statSync(outbox).mode & 0o777).toString(8));
          callback(null);
        });
      },
    });
    const { bundle } = await bundleOf(1000);
    const [sent] = await sendBundle(emailOf(bundle), accountAt(server.port), outbox, {});
    expect(seen).toEqual([`${bundle.name} 600 ${String(sent!.bytes)}`, '700']);
  });
});

describe('what is not sent is kept', () => {
  test('greylisted, then sent again from the outbox', async () => {
    let attempts = 0;
    const server = await startSmtp({
      onRcptTo: (_address, _session, callback) => {
        attempts += 1;
        callback(attempts === 1 ? smtpReply(450, '4.2.0 Greylisted') : null);
      },
    });
    const { bundle, content } = await bundleOf(50_000);
    const outbox = outboxFolder();
    const account = accountAt(server.port);
    expect(await refusal(sendBundle(emailOf(bundle), account, outbox, {}))).toEqual({
      code: 'smtp-busy',
      data: { host: '127.0.0.1', status: 450 },
    });
    const [kept, ...more] = await listOutbox(outbox);
    expect(more).toEqual([]);
    expect(kept).toMatchObject({
      name: bundle.name,
      subject: 'Encrypted documents for you',
      from: USER,
      to: ['ann@example.test'],
      failure: 'smtp-busy',
      mayHaveArrived: false,
    });
    expect(Date.now() - kept!.created.getTime()).toBeLessThan(60_000);
    const before = readFileSync(kept!.path);
    await sendAgain(kept!.id, account, outbox, {});
    expect(await namesIn(outbox)).toEqual([]);
    expect(attached(await parsed(server.received[0]!.message))).toEqual(content);
    expect(server.received[0]!.message.toString().trimEnd()).toBe(before.toString().trimEnd());
  });

  test('for those only who were refused, when others were not', async () => {
    let refusing = true;
    const server = await startSmtp({
      onRcptTo: ({ address }, _session, callback) => {
        callback(refusing && address.startsWith('bob') ? smtpReply(550, '5.1.1 Unknown') : null);
      },
    });
    const { bundle } = await bundleOf(1000);
    const outbox = outboxFolder();
    const account = accountAt(server.port);
    const to = ['ann@example.test, bob@example.test'];
    const [sent] = await sendBundle(emailOf(bundle, { to }), account, outbox, {});
    expect(sent?.recipients).toEqual([
      { address: 'ann@example.test', state: 'accepted', status: 250 },
      { address: 'bob@example.test', state: 'rejected', status: 550 },
    ]);
    const [kept] = await listOutbox(outbox);
    expect(kept).toMatchObject({ to: ['bob@example.test'], failure: 'smtp-no-recipient' });
    refusing = false;
    await sendAgain(kept!.id, account, outbox, {});
    expect(server.received.map((message) => message.to)).toEqual([
      ['ann@example.test'],
      ['bob@example.test'],
    ]);
    expect(await listOutbox(outbox)).toEqual([]);
  });

  test('for those only who were put off, and not as if their address were wrong', async () => {
    const server = await startSmtp({
      onRcptTo: ({ address }, _session, callback) => {
        callback(address.startsWith('bob') ? smtpReply(450, '4.2.0 Greylisted') : null);
      },
    });
    const { bundle } = await bundleOf(1000);
    const outbox = outboxFolder();
    const to = ['ann@example.test, bob@example.test'];
    const email = emailOf(bundle, { to });
    const [sent] = await sendBundle(email, accountAt(server.port), outbox, {});
    expect(sent?.recipients).toEqual([
      { address: 'ann@example.test', state: 'accepted', status: 250 },
      { address: 'bob@example.test', state: 'deferred', status: 450 },
    ]);
    expect(await listOutbox(outbox)).toMatchObject([
      { to: ['bob@example.test'], failure: 'smtp-busy' },
    ]);
  });

  test('from the volume on that failed', async () => {
    let messages = 0;
    const server = await startSmtp({
      onMailFrom: (_address, _session, callback) => {
        messages += 1;
        callback(messages === 2 ? smtpReply(451, '4.3.0 Later') : null);
      },
    });
    const { bundle } = await bundleOf(100_000, 'b.zip');
    const outbox = outboxFolder();
    const request = emailOf(bundle, { format: 'zip', limit: LIMIT });
    expect(await refusal(sendBundle(request, accountAt(server.port), outbox, {}))).toMatchObject({
      code: 'smtp-busy',
    });
    expect((await listOutbox(outbox)).map(({ failure, name }) => [name, failure])).toEqual([
      ['b.zip.002', 'smtp-busy'],
      ['b.zip.003', undefined],
    ]);
  });

  test('and may have arrived when the answer was lost, whatever comes of a later attempt', async () => {
    const server = await startScripted((line) => (line === '.' ? undefined : polite(line)));
    const { bundle } = await bundleOf(1000);
    const outbox = outboxFolder();
    await refusal(sendBundle(emailOf(bundle), accountAt(server.port), outbox, {}, IMPATIENT));
    const [kept] = await listOutbox(outbox);
    expect(kept).toMatchObject({ failure: 'smtp-unreachable', mayHaveArrived: true });
    const later = await startSmtp({
      onMailFrom: (_address, _session, callback) => {
        callback(smtpReply(451, '4.3.0 Later'));
      },
    });
    await refusal(sendAgain(kept!.id, accountAt(later.port), outbox, {}));
    expect(await listOutbox(outbox)).toMatchObject([
      { failure: 'smtp-busy', mayHaveArrived: true },
    ]);
  });

  test('and did not arrive when the connection broke before that', async () => {
    const server = await startScripted((line) => (line === 'DATA' ? undefined : polite(line)));
    const { bundle } = await bundleOf(1000);
    const outbox = outboxFolder();
    await refusal(sendBundle(emailOf(bundle), accountAt(server.port), outbox, {}, IMPATIENT));
    expect(await listOutbox(outbox)).toMatchObject([
      { failure: 'smtp-unreachable', mayHaveArrived: false },
    ]);
  });

  test('when it is cancelled while it is sent', async () => {
    const server = await startSmtp();
    const { bundle } = await bundleOf(4_000_000);
    const outbox = outboxFolder();
    const stop = new AbortController();
    const onProgress = ({ bytes, stage }: Progress): void => {
      if (stage === 'upload' && bytes > 500_000) stop.abort();
    };
    const job = { signal: stop.signal, onProgress };
    expect(await refusal(sendBundle(emailOf(bundle), accountAt(server.port), outbox, job))).toEqual(
      { code: 'cancelled', data: {} },
    );
    expect(await listOutbox(outbox)).toMatchObject([
      { failure: 'cancelled', mayHaveArrived: false },
    ]);
    expect(server.received).toEqual([]);
  });

  test('without the password or the token in any file', async () => {
    const server = await startSmtp();
    const { bundle } = await bundleOf(1000);
    const outbox = outboxFolder();
    const login = { kind: 'password', password: `${PASSWORD} not` } as const;
    await refusal(sendBundle(emailOf(bundle), accountAt(server.port, { login }), outbox, {}));
    const files = await filesIn(outbox);
    expect(files.size).toBe(2);
    for (const content of files.values()) expect(content.includes(PASSWORD)).toBe(false);
  });
});

describe('nothing is kept', () => {
  test.each([
    ['without recipients', { to: [] }, 'email-no-recipients'],
    [
      'with a passphrase in the text',
      { greeting: 'Ability zoom kettle unmade raft' },
      'email-passphrase-inside',
    ],
    ['with an address that is none', { to: ['ann'] }, 'email-address'],
    ['above every limit', { limit: 4000 }, 'email-too-large'],
  ])('of a message %s', async (_which, different, code) => {
    const server = await startSmtp();
    const { bundle } = await bundleOf(1000);
    const outbox = outboxFolder();
    const sending = sendBundle(emailOf(bundle, different), accountAt(server.port), outbox, {});
    expect(await refusal(sending)).toMatchObject({ code });
    expect(await listOutbox(outbox)).toEqual([]);
    expect(server.logins).toEqual([]);
  });

  test('when it is cancelled before all messages are written', async () => {
    const { bundle } = await bundleOf(100_000, 'b.zip');
    const outbox = outboxFolder();
    const stop = new AbortController();
    const onProgress = ({ bytes, total = 0 }: Progress): void => {
      if (bytes > total / 2) stop.abort();
    };
    const job = { signal: stop.signal, onProgress };
    const request = emailOf(bundle, { format: 'zip', limit: LIMIT });
    expect(await refusal(sendBundle(request, accountAt(465), outbox, job))).toMatchObject({
      code: 'cancelled',
    });
    expect(await namesIn(outbox)).toEqual([]);
  });
});

describe('the outbox', () => {
  test('that does not exist is empty, and one that cannot be listed says so', async () => {
    const folder = temporaryFolder();
    expect(await listOutbox(join(folder, 'none'))).toEqual([]);
    writeFileSync(join(folder, 'file'), '');
    await expect(listOutbox(join(folder, 'file'))).rejects.toMatchObject({
      code: 'folder-unreadable',
    });
  });

  test('shows only what it wrote itself', async () => {
    const folder = temporaryFolder();
    const id = '01234567-89ab-cdef-0123-456789abcdef';
    for (const [name, content] of Object.entries({
      'holiday.eml': 'x',
      [`${id}.eml`]: 'x',
      [`${id.replace('0', '1')}.eml`]: 'x',
      [`${id.replace('0', '1')}.json`]: '{"version":1,"to":[]}',
      [`${id.replace('0', '2')}.json`]: '{}',
    }))
      writeFileSync(join(folder, name), content);
    expect(await listOutbox(folder)).toEqual([]);
  });

  test('forgets what is deleted, and knows no paths', async () => {
    const server = await startScripted(() => undefined);
    const { bundle } = await bundleOf(1000);
    const outbox = outboxFolder();
    const account = accountAt(server.port);
    await refusal(sendBundle(emailOf(bundle), account, outbox, {}, IMPATIENT));
    const [kept] = await listOutbox(outbox);
    writeFileSync(join(outbox, '../precious.eml'), 'x');
    await deleteMessage(outbox, '../precious');
    expect(readFileSync(join(outbox, '../precious.eml'), 'utf8')).toBe('x');
    for (const id of ['../precious', kept!.id.replace(/^./, '!')])
      expect(await refusal(sendAgain(id, account, outbox, {}))).toMatchObject({
        code: 'reference-unknown',
        data: { kind: 'message' },
      });
    await deleteMessage(outbox, kept!.id);
    await deleteMessage(outbox, kept!.id);
    expect(await namesIn(outbox)).toEqual([]);
  });

  test.skipIf(process.getuid?.() === 0)('that cannot be written to says so', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o500);
    const { bundle } = await bundleOf(1000);
    expect(await refusal(sendBundle(emailOf(bundle), accountAt(465), folder, {}))).toMatchObject({
      code: 'output-unwritable',
    });
  });
});
