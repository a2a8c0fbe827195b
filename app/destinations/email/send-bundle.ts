import { toAppError, type ErrorCode, type ErrorRecord } from '../../contract/errors.ts';
import { checkCancelled, type Job, type Progress } from '../../contract/job.ts';
import { openBundleFile } from '../../files/bundle-file.ts';
import { OutputFiles } from '../../files/output-files.ts';
import type { EmailAccount } from './account.ts';
import { parseAddress } from './address.ts';
import { reporter, writeMessage } from './drafts.ts';
import {
  deleteMessage,
  findMessage,
  makeOutbox,
  messageName,
  newMessageId,
  writeRecord,
  type OutboxMessage,
} from './outbox.ts';
import { planMessages, type EmailRequest } from './plan.ts';
import { sendMessage, type RecipientResult, type SmtpPatience } from './smtp.ts';

/** After these nobody knows what the server would have said. */
const UNANSWERED: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['smtp-unreachable', 'cancelled']);

/** A message that the server took for at least one recipient. */
export interface SentMessage {
  /** The name of what was attached. */
  readonly name: string;
  /** Size of the whole message in bytes. */
  readonly bytes: number;
  readonly recipients: readonly RecipientResult[];
}

/** What became of a message for one address. `kept`: it was not tried, or the server did not get so far. */
export type MailResult = RecipientResult | { readonly address: string; readonly state: 'kept' };

/** What became of one message of several. */
export interface MailedMessage {
  readonly message: OutboxMessage;
  readonly recipients: readonly MailResult[];
  /** Whether it lies in the outbox still, for those who were not accepted. */
  readonly waits: boolean;
}

/** What became of several messages. */
export interface Mailing {
  /** In order, those that were not tried included. */
  readonly messages: readonly MailedMessage[];
  /** What ended it before the end. */
  readonly error?: ErrorRecord;
}

/**
 * Sends messages of the outbox, one after the other. After the first that fails the others are kept without being tried: what is
 * wrong is wrong for them, too. Each message lies in the outbox until all of its recipients were accepted.
 *
 * @param messages - in the order in which they go
 * @param login - the account to send with; each message has its own sender
 * @param outbox - the folder
 * @param job - reports `upload`, all messages together
 * @param patience - how long to wait for the server
 */
export async function sendMessages(
  messages: readonly OutboxMessage[],
  login: Omit<EmailAccount, 'from'>,
  outbox: string,
  job: Job,
  patience?: SmtpPatience,
): Promise<Mailing> {
  const report = reporter(messages, 'upload', job);
  const sent: MailedMessage[] = [];
  for (const message of messages) {
    const uploaded = report();
    const onProgress = (progress: Progress): void => {
      uploaded(progress.bytes);
    };
    const one = { signal: job.signal, onProgress };
    const account = { ...login, from: message.from };
    try {
      const { recipients } = await sendAgain(message.id, account, outbox, one, patience);
      const waits = recipients.some(({ state }) => state !== 'accepted');
      sent.push({ message, recipients, waits });
    } catch (failure) {
      const { code, data } = toAppError(failure);
      return {
        messages: [...sent, ...messages.slice(sent.length).map(kept)],
        error: { code, data },
      };
    }
  }
  return { messages: sent };
}

function kept(message: OutboxMessage): MailedMessage {
  const recipients = message.to.map((address) => ({ address, state: 'kept' }) as const);
  return { message, recipients, waits: true };
}

/**
 * Sends a message that waits in the outbox to those who have not been accepted yet. It is removed when all of them are.
 *
 * @param id - as `listOutbox` gave it
 * @param account - the account to send with
 * @param outbox - the folder
 * @param job - reports `upload`
 * @param patience - how long to wait for the server
 * @throws what `sendMessage` throws; `reference-unknown` where it is not there any more
 */
export async function sendAgain(
  id: string,
  account: EmailAccount,
  outbox: string,
  job: Job,
  patience?: SmtpPatience,
): Promise<SentMessage> {
  const { bytes, path, ...record } = await findMessage(outbox, id);
  let recipients: RecipientResult[];
  let handedOver = 0;
  const onProgress = (progress: Progress): void => {
    handedOver = progress.bytes;
    job.onProgress?.(progress);
  };
  try {
    const file = await openBundleFile(path);
    try {
      recipients = await sendMessage(
        account,
        record,
        file,
        { signal: job.signal, onProgress },
        patience,
      );
    } finally {
      await file.close();
    }
  } catch (error) {
    const failure = toAppError(error);
    // What may have arrived once still may, whatever became of a later attempt.
    const mayHaveArrived =
      record.mayHaveArrived || (handedOver === bytes && UNANSWERED.has(failure.code));
    // Why it failed matters more than that this could not be written down.
    await writeRecord(outbox, id, { ...record, failure: failure.code, mayHaveArrived }).catch(
      () => undefined,
    );
    throw failure;
  }
  const left = recipients.filter(({ state }) => state !== 'accepted');
  if (left.length === 0) await deleteMessage(outbox, id);
  else
    await writeRecord(outbox, id, {
      ...record,
      to: left.map(({ address }) => address),
      failure: left.every(({ state }) => state === 'deferred') ? 'smtp-busy' : 'smtp-no-recipient',
    });
  return { name: record.name, bytes, recipients };
}

/**
 * Writes the messages of a bundle into the outbox, each with its record. All of them come to exist or none.
 *
 * @param request - what is to be sent
 * @param from - the sender, as entered
 * @param outbox - the folder; it is made
 * @param job - reports `place`
 * @returns the messages in order, with their sizes in bytes
 * @throws `email-passphrase-inside`, `email-address`, `email-no-recipients`, `email-too-large`, `note-too-long`,
 * `output-unwritable`, `disk-full`, `bundle-unreadable`, `cancelled`
 */
export async function storeMessages(
  request: EmailRequest,
  from: string,
  outbox: string,
  job: Job,
): Promise<{ id: string; bytes: number }[]> {
  const planned = planMessages(request, from, false);
  await makeOutbox(outbox);
  const files = new OutputFiles(outbox, 0o600);
  const report = reporter(planned, 'place', job);
  const messages: { id: string; bytes: number }[] = [];
  try {
    for (const { message } of planned) {
      const id = newMessageId();
      const file = await files.start(messageName(id));
      await writeMessage(message, request.passphrases, file, job, report());
      messages.push({ id, bytes: file.bytes });
      await writeRecord(outbox, id, {
        name: message.attachment.name,
        subject: message.subject,
        from: parseAddress(from).address,
        to: message.to.map(({ address }) => address),
        created: new Date(),
        mayHaveArrived: false,
      });
    }
    checkCancelled(job);
    await files.commit();
    return messages;
  } catch (error) {
    await files.discard();
    for (const { id } of messages) await deleteMessage(outbox, id).catch(() => undefined);
    throw error;
  }
}
