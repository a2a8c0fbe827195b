import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createApp, type MailRequest } from '../../app/app.ts';
import type { Progress } from '../../app/contract/job.ts';
import { checkMail, type MailPlan } from '../../app/mail.ts';
import { patternBytes, writeDocuments } from '../support/documents.ts';
import { stateOf } from '../support/folder-state.ts';
import { cancelledAt } from '../support/jobs.ts';
import { accountAt, refusal, smtpReply, startSmtp } from '../support/smtp.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { PASSPHRASE } from '../support/workspace.ts';

const app = createApp();

const PLAN: MailPlan = {
  to: ['ana@example.test'],
  language: 'en',
  format: 'zip',
  lockedWith: 'passphrase',
  bundle: 'mine.zip',
  passphrases: [PASSPHRASE],
  draft: false,
  documentBytes: 1000,
};

/** A file that goes for a bundle, and an empty folder to write into. */
function bundled(bytes = 1000, different: Partial<MailRequest> = {}) {
  const folder = writeDocuments(temporaryFolder(), { 'mine.zip': patternBytes(bytes), 'out/': '' });
  const path = join(folder, 'mine.zip');
  const { to, language, format, lockedWith, passphrases } = PLAN;
  const request: MailRequest = {
    path,
    to,
    language,
    format,
    lockedWith,
    passphrases,
    ...different,
  };
  return { path, request, out: join(folder, 'out') };
}

test('what can be sent passes, and a draft may be without recipients', () => {
  expect(() => {
    checkMail(PLAN);
    checkMail({ ...PLAN, to: [' '], draft: true });
    // What is compressed may well come out smaller.
    checkMail({ ...PLAN, documentBytes: 100_000_000, limit: 1_000_000 });
    checkMail({ ...PLAN, format: 'age', documentBytes: 60_000_000, limit: 1_000_000 });
    checkMail({ ...PLAN, to: ['Ana <ana@example.test>; bob@example.test', 'c@example.test'] });
  }).not.toThrow();
});

test.each<[string, Partial<MailPlan>, string]>([
  [
    'more than 99 messages could carry',
    { format: 'age', documentBytes: 100_000_000, limit: 1_000_000 },
    'email-too-large',
  ],
  ['nobody', { to: [''] }, 'email-no-recipients'],
  ['nobody that there could be', { to: ['ana'] }, 'email-address'],
  ['nobody that there could be, in a draft', { to: ['ana'], draft: true }, 'email-address'],
  ['a long greeting', { greeting: 'x'.repeat(4097) }, 'note-too-long'],
  ['a passphrase in the greeting', { greeting: `${PASSPHRASE}\n` }, 'email-passphrase-inside'],
  ['a passphrase in the name', { bundle: `${PASSPHRASE}.zip` }, 'email-passphrase-inside'],
  [
    'a passphrase for a recipient',
    { to: [`${PASSPHRASE} <ana@example.test>`] },
    'email-passphrase-inside',
  ],
])('%s is refused', async (_which, different, code) => {
  const checking = app.checkMail({ ...PLAN, ...different });
  expect((await refusal(checking)).code).toBe(code);
});

test('a draft comes with a link for a mail program that opens none', async () => {
  const { request, out } = bundled(1000, { greeting: 'Dear Ana,' });
  const [draft, ...others] = await app.writeDrafts(request, out);
  expect(others).toEqual([]);
  expect(draft).toMatchObject({
    path: join(out, 'mine.zip.eml'),
    attachment: 'mine.zip',
    to: ['ana@example.test'],
  });
  const link = new URL(draft!.mailto);
  expect(link.pathname).toBe('ana@example.test');
  expect(link.searchParams.get('subject')).toBe(draft!.subject);
  const body = link.searchParams.get('body')!;
  expect(body.startsWith('Dear Ana,\r\n\r\n')).toBe(true);
  expect(body).toContain('7-Zip');
  expect(readdirSync(out)).toEqual(['mine.zip.eml']);
});

test('what goes in several messages lies beside them in volumes', async () => {
  const { path, request, out } = bundled(3_000_000, { limit: 1_500_000 });
  const stages = new Set<string>();
  const onProgress = ({ stage }: Progress): unknown => stages.add(stage);
  const drafts = await app.writeDrafts(request, out, { onProgress });
  expect([...stages]).toEqual(['place']);
  const names = drafts.map(({ attachment }) => attachment);
  expect(names).toEqual(['mine.zip.001', 'mine.zip.002', 'mine.zip.003']);
  expect(Buffer.concat(names.map((name) => readFileSync(join(out, name))))).toEqual(
    readFileSync(path),
  );
  expect(readdirSync(out).sort()).toEqual(names.flatMap((name) => [name, `${name}.eml`]).sort());
  expect(drafts.map(({ mailto }) => new URL(mailto).searchParams.get('subject'))).toEqual(
    drafts.map(({ subject }) => subject),
  );
  // Writing them again replaces nothing.
  const before = stateOf(out);
  expect((await refusal(app.writeDrafts(request, out))).code).toBe('output-exists');
  expect(stateOf(out)).toEqual(before);
});

test('messages that are stored can be listed and deleted', async () => {
  const { request, out } = bundled(2_000_000, { limit: 1_500_000 });
  const outbox = join(out, 'outbox');
  const stored = await app.storeMail(request, accountAt(465), outbox);
  expect(stored).toMatchObject([
    { name: 'mine.zip.001', to: ['ana@example.test'], from: 'sender@example.test' },
    { name: 'mine.zip.002', mayHaveArrived: false },
  ]);
  expect(await app.listOutbox(outbox)).toEqual(stored);
  await app.deleteMessage(outbox, stored[0]!.id);
  await app.deleteMessage(outbox, stored[0]!.id);
  expect(await app.listOutbox(outbox)).toEqual(stored.slice(1));
});

test.each<[string, Partial<MailRequest>, string]>([
  ['for nobody', { to: [] }, 'email-no-recipients'],
  ['with a passphrase', { greeting: PASSPHRASE }, 'email-passphrase-inside'],
  ['that is too large', { limit: 10_000 }, 'email-too-large'],
  ['of a bundle that has gone', { path: '/gone.zip' }, 'bundle-missing'],
])('a message %s is not stored, and nothing is left', async (_which, different, code) => {
  const { request, out } = bundled(1_000_000, different);
  mkdirSync(join(out, 'outbox'));
  const storing = app.storeMail(request, accountAt(465), join(out, 'outbox'));
  expect((await refusal(storing)).code).toBe(code);
  expect(readdirSync(join(out, 'outbox'))).toEqual([]);
});

test('whenever storing is cancelled, nothing is left', async () => {
  const { request, out } = bundled(2_000_000, { limit: 1_500_000 });
  const steps = [];
  for (let step = 0; ; step += 1) {
    const outbox = join(out, String(step));
    const storing = app.storeMail(request, accountAt(465), outbox, cancelledAt(step));
    const outcome = await storing.then(
      () => 'stored',
      () => 'cancelled',
    );
    if (outcome === 'stored') break;
    steps.push(await app.listOutbox(outbox));
    expect(stateOf(out)).not.toHaveProperty(`${String(step)}/x.eml`);
    expect(readdirSync(outbox)).toEqual([]);
  }
  expect(steps.length).toBeGreaterThan(10);
});

test('once a message has gone to anybody, cancelling keeps what is left, and says what became of each', async () => {
  const stop = new AbortController();
  let messages = 0;
  const server = await startSmtp({
    onMailFrom: (_address, _session, callback) => {
      messages += 1;
      if (messages === 2) stop.abort();
      callback();
    },
    onRcptTo: ({ address }, _session, callback) => {
      callback(address.startsWith('bob') ? smtpReply(550, '5.1.1 No such user') : null);
    },
  });
  const { request, out } = bundled(300_000, {
    to: ['ana@example.test, bob@example.test'],
    limit: 200_000,
  });
  const stored = await app.storeMail(request, accountAt(server.port), out);
  expect(stored.length).toBeGreaterThan(1);
  const { messages: mailed, error } = await app.sendMail(stored, accountAt(server.port), out, {
    signal: stop.signal,
  });
  expect(error).toEqual({ code: 'cancelled', data: {} });
  expect(mailed[0]!.recipients).toMatchObject([{ state: 'accepted' }, { state: 'rejected' }]);
  expect(mailed.at(-1)!.recipients).toMatchObject([{ state: 'kept' }, { state: 'kept' }]);
  expect((await app.listOutbox(out)).length).toBe(stored.length);
});
