import type { MessageView } from '../../../../app/contract/views.ts';

/** How far the messages of a receipt are: the worst of them counts. */
export type MailProgress = 'sent' | 'rejected' | 'draft' | 'kept';

/**
 * How far messages are.
 *
 * @param messages - of one receipt
 */
export function mailProgress(messages: readonly Pick<MessageView, 'recipients'>[]): MailProgress {
  const states = messages.flatMap(({ recipients }) =>
    // A draft may have no recipient yet.
    recipients.length === 0 ? ['draft' as const] : recipients.map(({ state }) => state),
  );
  if (states.includes('kept')) return 'kept';
  if (states.includes('draft')) return 'draft';
  return states.some((state) => state === 'rejected' || state === 'deferred') ? 'rejected' : 'sent';
}
