import { checkCancelled, type Job, type Stage } from '../../contract/job.ts';
import type { OutputFile } from '../../files/output-file.ts';
import { OutputFiles } from '../../files/output-files.ts';
import type { Forbidden } from './guard.ts';
import { composeMessage, type EmailMessage } from './message.ts';
import { planMessages, type EmailRequest } from './plan.ts';

/** A draft on disk. */
export interface EmailDraft {
  readonly path: string;
  /** Size of the whole message in bytes. */
  readonly bytes: number;
  readonly subject: string;
  /** The name of what is attached. */
  readonly attachment: string;
}

/** Told how far a message is, in bytes. */
export type Written = (bytes: number) => void;

/**
 * Writes a bundle as drafts that a mail program opens, `NAME.eml`, one for each volume. All of them come to exist or none. Needs
 * neither a network nor an account.
 *
 * @param request - what is to be sent
 * @param directory - where to, a folder that exists
 * @param from - the sender, where the mail program should not choose
 * @param job - reports `place`
 * @throws `email-passphrase-inside`, `email-address`, `email-too-large`, `note-too-long`, `output-exists`, `output-missing`,
 * `output-unwritable`, `disk-full`, `bundle-unreadable`, `cancelled`
 */
export async function composeDrafts(
  request: EmailRequest,
  directory: string,
  from: string | undefined,
  job: Job,
): Promise<EmailDraft[]> {
  const planned = planMessages(request, from, true);
  const files = new OutputFiles(directory, 0o600);
  const report = reporter(planned, 'place', job);
  const drafts: EmailDraft[] = [];
  try {
    for (const { message } of planned) {
      const attachment = message.attachment.name;
      const file = await files.start(`${attachment}.eml`);
      await writeMessage(message, request.passphrases, file, job, report());
      drafts.push({ path: file.path, bytes: file.bytes, subject: message.subject, attachment });
    }
    checkCancelled(job);
    await files.commit();
    return drafts;
  } catch (error) {
    await files.discard();
    throw error;
  }
}

/**
 * Writes one message into a file.
 *
 * @param message - the message
 * @param passphrases - all of this run
 * @param file - empty, not committed here
 * @param job - to be cancelled by
 * @param written - told after each piece
 * @throws `email-passphrase-inside`, `disk-full`, `output-unwritable`, `bundle-unreadable`, `cancelled`
 */
export async function writeMessage(
  message: EmailMessage,
  passphrases: readonly Forbidden[],
  file: OutputFile,
  job: Job,
  written: Written,
): Promise<void> {
  for await (const piece of await composeMessage(message, passphrases)) {
    checkCancelled(job);
    await file.write(piece);
    written(file.bytes);
  }
}

/**
 * Adds the progress of several messages up.
 *
 * @param messages - with their sizes
 * @param stage - what is done with them
 * @param job - hears of it
 * @returns to be called at the start of each message, in order
 */
export function reporter(
  messages: readonly { readonly bytes: number }[],
  stage: Stage,
  job: Job,
): () => Written {
  const total = messages.reduce((sum, { bytes }) => sum + bytes, 0);
  let before = 0;
  let current = 0;
  return () => {
    before += current;
    current = 0;
    return (bytes) => {
      current = bytes;
      job.onProgress?.({ stage, bytes: Math.min(before + bytes, total), total });
    };
  };
}
