import { join } from 'node:path';
import type { Mailing, MailResult } from '../../app/app.ts';
import type { ErrorRecord } from '../../app/contract/errors.ts';
import { OUTBOX_FOLDER } from '../../app/contract/host.ts';
import { dataFolder } from '../node/folders.ts';

/** What became of one message, as scripts see it. */
export interface MessageOutcome {
  readonly subject: string;
  /** The name of what is attached. */
  readonly attachment: string;
  /** Size of the whole message in bytes. */
  readonly bytes: number;
  readonly recipients: readonly MailResult[];
  /** Its id in the outbox, where it waits for those who were not accepted. */
  readonly waiting?: string;
}

/** The folder of what could not be sent, which the app uses, too. */
export function outboxFolder(): string {
  return join(dataFolder(), OUTBOX_FOLDER);
}

/**
 * What became of messages, and what to say of it.
 *
 * @param mailing - what became of them
 * @param host - of the server
 * @returns `error` also where everything went, but not to everybody
 */
export function outcomeOf(
  mailing: Mailing,
  host: string,
): { readonly messages: readonly MessageOutcome[]; readonly error: ErrorRecord | undefined } {
  const messages = mailing.messages.map(
    ({ message: { id, subject, name, bytes }, recipients, waits }): MessageOutcome => ({
      subject,
      attachment: name,
      bytes,
      recipients,
      ...(waits ? { waiting: id } : {}),
    }),
  );
  const results = messages.flatMap(({ recipients }) => recipients);
  return { messages, error: mailing.error ?? refusal(results, host) };
}

/** Why some recipients were not reached, where others were. */
function refusal(results: readonly MailResult[], host: string): ErrorRecord | undefined {
  const rejected = results.filter(({ state }) => state === 'rejected');
  if (rejected.length > 0) {
    const addresses = [...new Set(rejected.map(({ address }) => address))];
    return { code: 'smtp-no-recipient', data: { host, addresses } };
  }
  for (const result of results)
    if (result.state === 'deferred')
      return { code: 'smtp-busy', data: { host, status: result.status } };
  return undefined;
}
