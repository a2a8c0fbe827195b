import type {
  App,
  EmailAccount,
  MailedMessage,
  MailRequest,
  PassphraseMemory,
  SendReceipt,
  SendRequest,
} from '../app.ts';
import type { ErrorRecord } from '../contract/errors.ts';
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
  readonly passphrases: PassphraseMemory;
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
    documentBytes: draft.bytes,
    limit: to.limit,
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

/** Of this run: those that are known still as they are, and all that were forgotten. */
function passphrasesOf({ draft, receipts, passphrases }: MailingPorts): MailRequest['passphrases'] {
  const passphrase = revealed(draft.lock)?.passphrase;
  const known = [...receipts.passphrases(), ...(passphrase === undefined ? [] : [passphrase])];
  return [...known, passphrases];
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
  const { messages: mailed, error } = await outbox.during(ids, () =>
    app.sendMail(stored, account, outbox.folder, job),
  );
  const messages = mailed.map((message) => sentMessage(message, error));
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

function sentMessage(
  { message: { id, subject, name, bytes }, recipients, waits }: MailedMessage,
  error: ErrorRecord | undefined,
): ReceiptMessage {
  const isKept = recipients.some(({ state }) => state === 'kept');
  const view = {
    subject,
    attachment: name,
    bytes,
    recipients: recipients.map(recipientView),
    ...(isKept && error !== undefined ? { error } : {}),
  };
  return waits ? { view, waiting: id } : { view };
}
