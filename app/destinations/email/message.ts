import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FormatId } from '../../contract/formats.ts';
import type { EmailAddress } from './address.ts';
import { refusePassphrases, type Forbidden } from './guard.ts';

/** A message with one attachment. */
export interface EmailMessage {
  /** Absent in a draft, which the person's own program will complete. */
  readonly from?: EmailAddress | undefined;
  readonly to: readonly EmailAddress[];
  /** One line. */
  readonly subject: string;
  /** Lines ended by CRLF. */
  readonly text: string;
  readonly attachment: EmailAttachment;
  /** Marked so that Outlook opens it for sending instead of for reading. */
  readonly draft: boolean;
}

/** A file to be attached, read while the message is written. */
export interface EmailAttachment {
  readonly name: string;
  /** What it is; `part` for a volume. */
  readonly kind: FormatId | 'part';
  /** Size in bytes. */
  readonly bytes: number;
  /** Its content, read once. */
  content(): AsyncIterable<Uint8Array>;
}

const TYPES: Readonly<Record<EmailAttachment['kind'], string>> = {
  age: 'application/octet-stream',
  zip: 'application/zip',
  '7z': 'application/x-7z-compressed',
  html: 'text/html; charset=utf-8',
  part: 'application/octet-stream',
};

/**
 * Composes a message as a stream, in constant memory. Nothing in it tells of the machine or the account it was written on.
 *
 * @param message - what is in it
 * @param passphrases - all of this run; a message that contains one is not built
 * @returns RFC 5322, lines ended by CRLF; a failure of the attachment is thrown on
 * @throws `email-passphrase-inside`
 */
export async function composeMessage(
  message: EmailMessage,
  passphrases: readonly Forbidden[],
): Promise<AsyncIterable<Uint8Array>> {
  const { attachment, from, to, subject, text } = message;
  refusePassphrases(wordsOf(message), passphrases);
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const composer = new MailComposer({
    ...(from === undefined ? {} : { from: { ...from } }),
    ...(to.length === 0 ? {} : { to: to.map((recipient) => ({ ...recipient })) }),
    subject,
    text,
    textEncoding: 'quoted-printable',
    // A reserved name: the usual one would be that of this machine or of the account.
    messageId: `<${randomUUID()}@signet.invalid>`,
    boundaryPrefix: '--signet',
    headers: message.draft ? { 'X-Unsent': '1' } : {},
    attachments: [
      {
        filename: attachment.name,
        contentType: TYPES[attachment.kind],
        contentDisposition: 'attachment',
        contentTransferEncoding: 'base64',
        content: Readable.from(attachment.content(), { objectMode: false }),
      },
    ],
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().createReadStream();
}

/** Everything in a message that a person can read as text, the attachment's content aside. */
function wordsOf({ attachment, from, subject, text, to }: EmailMessage): string[] {
  const people = [...(from === undefined ? [] : [from]), ...to];
  return [
    subject,
    text,
    attachment.name,
    ...people.flatMap(({ address, name }) => [name, address, `${name} ${address}`]),
  ];
}
