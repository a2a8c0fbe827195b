import { rm } from 'node:fs/promises';
import { AppError } from './contract/errors.ts';
import type { FormatId } from './contract/formats.ts';
import type { Job } from './contract/job.ts';
import type { EmailAccount } from './destinations/email/account.ts';
import { parseRecipients, uniqueRecipients } from './destinations/email/address.ts';
import { composeDrafts, type EmailDraft } from './destinations/email/drafts.ts';
import { refusePassphrases } from './destinations/email/guard.ts';
import { mailtoLink } from './destinations/email/mailto.ts';
import {
  deleteMessage,
  findMessage,
  listOutbox,
  type OutboxMessage,
} from './destinations/email/outbox.ts';
import { planMessages, type EmailRequest } from './destinations/email/plan.ts';
import { sendMessages, storeMessages, type Mailing } from './destinations/email/send-bundle.ts';
import { planVolumes } from './destinations/email/size.ts';
import { writeText } from './destinations/email/text.ts';
import { openBundleFile } from './files/bundle-file.ts';
import { writeVolumes } from './files/write-volumes.ts';

/** How a bundle is to go by email. */
export interface MailRequest extends Omit<EmailRequest, 'bundle'> {
  /** The bundle's path. */
  readonly path: string;
}

/** What can be said of a request before there is a bundle. */
export interface MailPlan extends Pick<
  EmailRequest,
  'to' | 'language' | 'greeting' | 'passphrases'
> {
  readonly format: FormatId;
  readonly lockedWith: 'passphrase' | 'keys';
  /** The bundle's name. */
  readonly bundle: string;
  /** Whether the person sends it, who may fill in the recipients later. */
  readonly draft: boolean;
  /** Size of all documents together, in bytes. */
  readonly documentBytes: number;
  /** The size that one message may have, in bytes after base64. */
  readonly limit?: number | undefined;
}

/** Kinds of bundle that are never smaller than what is in them. */
const UNCOMPRESSED: ReadonlySet<FormatId> = new Set<FormatId>(['age', 'html']);

/** A draft, and what to do where the mail program opens none. */
export interface MailDraft extends EmailDraft {
  /** The addresses that it goes to. */
  readonly to: readonly string[];
  /** A `mailto:` link with the same words. */
  readonly mailto: string;
}

/**
 * Refuses what could not be sent, before anything is sealed.
 *
 * @param plan - what is known
 * @throws `email-address`, `email-no-recipients` where it is no draft, `note-too-long`, `email-passphrase-inside`, `email-too-large`
 * where that is certain already
 */
export function checkMail({
  to,
  draft,
  passphrases,
  documentBytes,
  limit,
  ...plan
}: MailPlan): void {
  const people = draft ? uniqueRecipients(to) : parseRecipients(to);
  const { subject, text } = writeText(plan);
  const named = people.flatMap(({ address, name }) => [address, name]);
  refusePassphrases([subject, text, plan.bundle, ...named], passphrases);
  if (limit !== undefined && UNCOMPRESSED.has(plan.format)) planVolumes(documentBytes, limit);
}

/**
 * Writes a bundle as drafts. Where it goes in volumes, these are written beside them, for a mail program that opens no drafts.
 *
 * @param request - what is to be sent
 * @param directory - where to, a folder that exists
 * @param job - reports `place`
 * @throws `email-passphrase-inside`, `email-address`, `email-too-large`, `note-too-long`, `output-exists`, `output-missing`,
 * `output-unwritable`, `disk-full`, `bundle-missing`, `bundle-unreadable`, `cancelled`; nothing is left behind then
 */
export async function writeDrafts(
  request: MailRequest,
  directory: string,
  job: Job,
): Promise<MailDraft[]> {
  return await withBundle(request, async (email) => {
    const planned = planMessages(email, undefined, true);
    const [first, ...others] = planned;
    const volumes =
      first === undefined || others.length === 0
        ? []
        : await writeVolumes(email.bundle, directory, first.message.attachment.bytes, {
            signal: job.signal,
          });
    const drafts = await composeDrafts(email, directory, undefined, job).catch(
      async (error: unknown) => {
        for (const { path } of volumes) await rm(path, { force: true }).catch(() => undefined);
        throw error;
      },
    );
    return drafts.map((draft, index) => {
      const message = planned[index]?.message;
      if (message === undefined) throw new AppError('internal', {});
      const { to, subject, text } = message;
      return {
        ...draft,
        to: to.map(({ address }) => address),
        mailto: mailtoLink(to, subject, text, email.passphrases),
      };
    });
  });
}

/**
 * Writes a bundle as messages into the outbox, to be sent from there one by one.
 *
 * @param request - what is to be sent
 * @param account - the sender's
 * @param outbox - the folder; it is made
 * @param job - reports `place`
 * @returns the messages in order
 * @throws what `writeDrafts` throws, and `email-no-recipients`; nothing is left behind then
 */
export async function storeMail(
  request: MailRequest,
  account: EmailAccount,
  outbox: string,
  job: Job,
): Promise<OutboxMessage[]> {
  return await withBundle(request, async (email) => {
    const stored = await storeMessages(email, account.from, outbox, job);
    return await Promise.all(stored.map(({ id }) => findMessage(outbox, id)));
  });
}

/**
 * Sends messages that were just stored. Whoever cancels before anything has gone out wants nothing sent: then they are taken out of the
 * outbox. Once something may have arrived, the passphrase must not be lost, and what became of each is answered.
 *
 * @param stored - as `storeMail` gave them
 * @param account - the sender's
 * @param outbox - the folder
 * @param job - reports `upload`
 * @throws `cancelled`, with nothing left in the outbox
 */
export async function sendMail(
  stored: readonly OutboxMessage[],
  account: Omit<EmailAccount, 'from'>,
  outbox: string,
  job: Job,
): Promise<Mailing> {
  const mailing = await sendMessages(stored, account, outbox, job);
  const nothingWent = mailing.messages.every(({ recipients }) =>
    recipients.every(({ state }) => state === 'kept'),
  );
  if (mailing.error?.code !== 'cancelled' || !nothingWent) return mailing;
  const first = (await listOutbox(outbox)).find(({ id }) => id === stored[0]?.id);
  if (first?.mayHaveArrived !== false) return mailing;
  for (const { id } of stored) await deleteMessage(outbox, id);
  throw new AppError('cancelled', {});
}

async function withBundle<T>(
  { path, ...request }: MailRequest,
  work: (email: EmailRequest) => Promise<T>,
): Promise<T> {
  const bundle = await openBundleFile(path);
  try {
    return await work({ ...request, bundle });
  } finally {
    await bundle.close();
  }
}
