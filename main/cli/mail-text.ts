import { basename } from 'node:path';
import type { MailDraft, MailResult, OutboxMessage } from '../../app/app.ts';
import { prose } from './console.ts';
import { formatAge, formatCount, formatSize, formatTable, printable } from './format.ts';
import type { MessageOutcome } from './mailing.ts';
import { shellLine } from './shell.ts';

/**
 * What to do with drafts.
 *
 * @param drafts - at least one
 */
export function draftsText(drafts: readonly MailDraft[]): string {
  const [first] = drafts;
  const last = drafts.at(-1);
  if (first === undefined || last === undefined) return '';
  const missing = first.to.length === 0 ? ', fill in who gets it,' : '';
  const text =
    first === last
      ? `Open ${nameOf(first)} in your mail program${missing} and send it. If it opens no drafts, attach ${printable(first.attachment)} by hand to a new message.`
      : `Open each of the ${formatCount(drafts.length, 'draft')}, ${nameOf(first)} to ${nameOf(last)}, in your mail program${missing} and send it. If it opens no drafts, attach ${printable(first.attachment)} to ${printable(last.attachment)} by hand, each to a new message.`;
  return prose(text, process.stdout);
}

/**
 * What became of messages, recipient by recipient.
 *
 * @param messages - in order
 */
export function mailedText(messages: readonly MessageOutcome[]): string {
  return messages
    .map(({ attachment, bytes, recipients }) =>
      [
        `  ${printable(attachment)}, as a message of ${formatSize(bytes)}:`,
        formatTable(
          recipients.map((recipient) => [`    ${recipient.address}`, resultText(recipient)]),
        ),
      ].join('\n'),
    )
    .join('\n');
}

/**
 * How to send again what waits, if anything does.
 *
 * @param messages - in order
 */
export function waitingText(messages: readonly MessageOutcome[]): string[] {
  const ids = messages.flatMap(({ waiting }) => (waiting === undefined ? [] : [waiting]));
  if (ids.length === 0) return [];
  const kept = `${formatCount(ids.length, 'message')} ${ids.length === 1 ? 'is' : 'are'}`;
  return [
    '',
    prose(`${kept} kept in the outbox. To send again:`, process.stdout),
    `  ${shellLine(['signet', 'outbox', 'send', '--smtp', 'URL', ...ids])}`,
  ];
}

/**
 * What waits in the outbox, as a table.
 *
 * @param messages - oldest first
 * @param now - the present moment
 */
export function outboxText(messages: readonly OutboxMessage[], now: Date): string {
  if (messages.length === 0) return 'The outbox is empty.';
  return formatTable(
    [
      ['Id', 'Age', 'Size', 'Attachment', 'To', 'Last attempt'],
      ...messages.map(({ id, created, bytes, name, to, failure, mayHaveArrived }) => [
        id,
        formatAge(created, now),
        formatSize(bytes),
        name,
        to.join(', '),
        attemptText(failure, mayHaveArrived),
      ]),
    ],
    [1, 2],
  );
}

function attemptText(failure: string | undefined, mayHaveArrived: boolean): string {
  if (failure === undefined) return 'none';
  return mayHaveArrived ? `${failure}, may have arrived` : failure;
}

function resultText(result: MailResult): string {
  switch (result.state) {
    case 'accepted':
      return `accepted by the server (SMTP ${String(result.status)})`;
    case 'deferred':
      return `not taken yet by the server (SMTP ${String(result.status)})`;
    case 'rejected':
      return `refused by the server (SMTP ${String(result.status)})`;
    case 'kept':
      return 'not sent';
  }
}

function nameOf({ path }: MailDraft): string {
  return printable(basename(path));
}
