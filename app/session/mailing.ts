import type {
  App,
  EmailAccount,
  MailRequest,
  OutboxMessage,
  SendReceipt,
  SendRequest,
  SentMessage,
} from '../app.ts';
import { toAppError, type ErrorRecord } from '../contract/errors.ts';
import type { CommandInput } from '../contract/commands.ts';
import type { Job } from '../contract/job.ts';
import type { Accounts } from './accounts.ts';
import type { Draft } from './draft.ts';
import { revealed } from './lock.ts';
import { smtpLocation, type Outbox } from './outbox.ts';
import { recipientView, type ReceiptMessage, type Receipts } from './receipts.ts';
import type { Sent, Target } from './target.ts';

/** What sending by email needs. */
export interface MailingPorts {
  readonly app: App;
  readonly draft: Draft;
  readonly receipts: Receipts;
  readonly accounts: Accounts;
  readonly outbox: Outbox;
}

type ByEmail = Extract<CommandInput<'seal'>['to'], { kind: 'email' }>;

/**
 * The way by email: the bundle is sealed into a folder of the outbox, and goes from there, as drafts or through an account.
 *
 * @param ports - what it works with
 * @param to - as the person typed it
 * @param bundle - the bundle's name
 * @throws `email-address`, `email-no-recipients`, `note-too-long`, `email-passphrase-inside`, before anything is sealed;
 * `reference-unknown`, `secret-missing`, `host-failed` for the account
 */
export async function emailTarget(
  ports: MailingPorts,
  to: ByEmail,
  bundle: string,
): Promise<Target> {
  const { app, draft, outbox } = ports;
  const account = to.account === undefined ? undefined : await ports.accounts.open(to.account);
  const { format, lock } = draft;
  const words = { to: [to.recipients], language: to.language, greeting: to.greeting };
  const lockedWith = lock.kind === 'keys' ? 'keys' : 'passphrase';
  await app.checkMail({
    ...words,
    format,
    lockedWith,
    bundle,
    passphrases: passphrasesOf(ports),
    draft: account === undefined,
  });
  return {
    send: async (request, job) => {
      const folder = await outbox.makeFolder(bundle);
      try {
        const receipt = await app.seal(request, { directory: folder }, job);
        const mail: MailRequest = {
          ...words,
          path: receipt.location,
          format: receipt.format,
          lockedWith: request.lock.kind === 'keys' ? 'keys' : 'passphrase',
          limit: to.limit,
          passphrases: [...passphrasesOf(ports), ...passphraseIn(request)],
        };
        return account === undefined
          ? await asDrafts(ports, mail, folder, receipt, job)
          : await throughAccount(ports, mail, account, receipt, job);
      } catch (error) {
        await outbox.removeFolder(folder);
        throw error;
      }
    },
  };
}

/** Of this run, as far as they are known still. */
function passphrasesOf({ draft, receipts }: MailingPorts): string[] {
  const passphrase = revealed(draft.lock)?.passphrase;
  return [...receipts.passphrases(), ...(passphrase === undefined ? [] : [passphrase])];
}

function passphraseIn({ lock }: SendRequest): string[] {
  return 'passphrase' in lock ? [lock.passphrase] : [];
}

async function asDrafts(
  { app }: MailingPorts,
  mail: MailRequest,
  folder: string,
  receipt: SendReceipt,
  job: Job,
): Promise<Sent> {
  const drafts = await app.writeDrafts(mail, folder, job);
  const messages = drafts.map(
    ({ path, bytes, subject, attachment, to, mailto }): ReceiptMessage => {
      const recipients = to.map((address) => ({ address, state: 'draft' }) as const);
      return { view: { subject, attachment, bytes, recipients }, draft: { path, mailto } };
    },
  );
  return {
    receipt,
    to: { kind: 'email', by: 'draft', messages: [] },
    path: receipt.location,
    messages,
  };
}

async function throughAccount(
  { app, outbox }: MailingPorts,
  mail: MailRequest,
  account: EmailAccount,
  receipt: SendReceipt,
  job: Job,
): Promise<Sent> {
  // Told of as one stage: writing the messages is nothing beside sending them.
  const stored = await app.storeMail(mail, account, outbox.folder, { signal: job.signal });
  const ids = stored.map(({ id }) => id);
  const { messages, error } = await outbox.during(ids, () =>
    sendAll(app, stored, account, outbox.folder, job),
  );
  const server = smtpLocation(account.host);
  return {
    receipt,
    to: { kind: 'email', by: 'account', messages: [] },
    path: receipt.location,
    messages,
    ...(messages.every(({ view }) => view.error !== undefined) ? {} : { went: server }),
    ...(error === undefined ? {} : { unsent: { location: server, error } }),
  };
}

interface Sending {
  readonly messages: readonly ReceiptMessage[];
  /** Why it ended before the end. */
  readonly error?: ErrorRecord;
}

/** One after the other. After the first that fails the others are kept without being tried: what is wrong is wrong for them, too. */
async function sendAll(
  app: App,
  stored: readonly OutboxMessage[],
  account: EmailAccount,
  folder: string,
  job: Job,
): Promise<Sending> {
  const total = stored.reduce((sum, { bytes }) => sum + bytes, 0);
  const messages: ReceiptMessage[] = [];
  let before = 0;
  for (const message of stored) {
    const onProgress: Job['onProgress'] = ({ stage, bytes }) =>
      job.onProgress?.({ stage, bytes: before + bytes, total });
    try {
      const { recipients } = await app.sendStored(message.id, account, folder, {
        signal: job.signal,
        onProgress,
      });
      messages.push(sentMessage(message, recipients));
      before += message.bytes;
    } catch (failure) {
      const { code, data } = toAppError(failure);
      if (code === 'cancelled' && messages.length === 0 && (await undone(app, stored, folder)))
        throw failure;
      const error = { code, data };
      const kept = stored.slice(messages.length).map((each) => keptMessage(each, error));
      return { messages: [...messages, ...kept], error };
    }
  }
  return { messages };
}

/** Whoever stops it before anything has gone out wants nothing sent. Once something may have, the passphrase must not be lost. */
async function undone(
  app: App,
  stored: readonly OutboxMessage[],
  folder: string,
): Promise<boolean> {
  const waiting = await app.listOutbox(folder);
  const first = waiting.find(({ id }) => id === stored[0]?.id);
  if (first === undefined || first.mayHaveArrived) return false;
  for (const { id } of stored) await app.deleteMessage(folder, id);
  return true;
}

function sentMessage(
  { id, subject, name, bytes }: OutboxMessage,
  recipients: SentMessage['recipients'],
): ReceiptMessage {
  const view = { subject, attachment: name, bytes, recipients: recipients.map(recipientView) };
  const waits = recipients.some(({ state }) => state === 'rejected');
  return waits ? { view, waiting: id } : { view };
}

function keptMessage(
  { id, subject, name, bytes, to }: OutboxMessage,
  error: ErrorRecord,
): ReceiptMessage {
  const recipients = to.map((address) => ({ address, state: 'kept' }) as const);
  return { view: { subject, attachment: name, bytes, recipients, error }, waiting: id };
}
