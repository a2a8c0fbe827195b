import { join } from 'node:path';
import type { App, OutboxMessage, SentMessage } from '../../app/app.ts';
import { toAppError, type ErrorRecord } from '../../app/contract/errors.ts';
import { OUTBOX_FOLDER } from '../../app/contract/host.ts';
import type { Job } from '../../app/contract/job.ts';
import { dataFolder } from '../node/folders.ts';
import type { SmtpLogin } from './smtp.ts';

/** What became of a message for one address. `kept`: it was not tried, or the server did not get so far. */
export type MailResult =
  SentMessage['recipients'][number] | { readonly address: string; readonly state: 'kept' };

/** What became of one message. */
export interface MailedMessage {
  readonly subject: string;
  /** The name of what is attached. */
  readonly attachment: string;
  /** Size of the whole message in bytes. */
  readonly bytes: number;
  readonly recipients: readonly MailResult[];
  /** Its id in the outbox, where it waits for those who were not accepted. */
  readonly waiting?: string;
}

/** What became of all. */
export interface Mailing {
  /** In order, those that were not tried included. */
  readonly messages: readonly MailedMessage[];
  /** Why not all of it was accepted. */
  readonly error?: ErrorRecord;
}

/** The folder of what could not be sent, which the app uses, too. */
export function outboxFolder(): string {
  return join(dataFolder(), OUTBOX_FOLDER);
}

/**
 * Sends messages of the outbox, one after the other. After the first that fails the others are kept without being tried: what is
 * wrong is wrong for them, too.
 *
 * @param stored - the messages
 * @param login - to the server; each message has its own sender
 * @param outbox - the folder
 * @param app - sends them
 * @param job - reports `upload`, all messages together
 */
export async function sendAll(
  stored: readonly OutboxMessage[],
  login: SmtpLogin,
  outbox: string,
  app: App,
  job: Job,
): Promise<Mailing> {
  const total = stored.reduce((sum, { bytes }) => sum + bytes, 0);
  const messages: MailedMessage[] = [];
  let before = 0;
  for (const message of stored) {
    const start = before;
    const onProgress: Job['onProgress'] = ({ stage, bytes }) =>
      job.onProgress?.({ stage, bytes: start + bytes, total });
    const account = { ...login, from: message.from };
    try {
      const { recipients } = await app.sendStored(message.id, account, outbox, {
        signal: job.signal,
        onProgress,
      });
      messages.push(sentMessage(message, recipients));
      before += message.bytes;
    } catch (failure) {
      const { code, data } = toAppError(failure);
      const kept = stored.slice(messages.length).map(keptMessage);
      return { messages: [...messages, ...kept], error: { code, data } };
    }
  }
  const addresses = messages.flatMap(({ recipients }) => rejectedOf(recipients));
  if (addresses.length === 0) return { messages };
  const data = { host: login.host, addresses: [...new Set(addresses)] };
  return { messages, error: { code: 'smtp-no-recipient', data } };
}

function sentMessage(
  { id, subject, name, bytes }: OutboxMessage,
  recipients: SentMessage['recipients'],
): MailedMessage {
  const message = { subject, attachment: name, bytes, recipients };
  return rejectedOf(recipients).length === 0 ? message : { ...message, waiting: id };
}

function keptMessage({ id, subject, name, bytes, to }: OutboxMessage): MailedMessage {
  const recipients = to.map((address) => ({ address, state: 'kept' }) as const);
  return { subject, attachment: name, bytes, recipients, waiting: id };
}

function rejectedOf(recipients: readonly MailResult[]): string[] {
  return recipients.filter(({ state }) => state === 'rejected').map(({ address }) => address);
}
