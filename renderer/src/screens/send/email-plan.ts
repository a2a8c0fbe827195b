import type { MailFit } from '../../../../app/contract/advice.ts';
import type { CommandInput } from '../../../../app/contract/commands.ts';
import type { AccountView } from '../../../../app/contract/views.ts';
import type { Language } from '../../words/words.ts';
import type { EmailEntry } from './use-send-form.ts';

/** What stands in the way of an email. */
export type EmailNeed = 'addresses' | 'account' | 'mail';

type ToEmail = Extract<CommandInput<'seal'>['to'], { readonly kind: 'email' }>;

/**
 * How many people are written to, as far as can be told before the core has read the addresses.
 *
 * @param typed - as typed
 */
export function countPeople(typed: string): number {
  const addresses = typed.match(/[^\s,;<>"]+@[^\s,;<>"]+/g) ?? [];
  return new Set(addresses.map((address) => address.toLowerCase())).size;
}

/**
 * How many messages it will be.
 *
 * @param entry - what was entered
 * @param fit - how the bundle fits into one email, if that is known
 */
export function countMessages({ whole }: EmailEntry, fit: MailFit | undefined): number {
  return fit?.fit === 'split' && !whole ? fit.volumes : 1;
}

/**
 * What has to be put right before an email can be made.
 *
 * @param entry - what was entered
 * @param account - the one to send from; none for drafts
 * @param fit - how the bundle fits into one email, if that is known
 */
export function emailNeed(
  entry: EmailEntry,
  account: AccountView | undefined,
  fit: MailFit | undefined,
): EmailNeed | null {
  if (fit?.fit === 'too-large' && !entry.whole) return 'mail';
  if (account === undefined) return null;
  if (account.secret === 'missing') return 'account';
  return countPeople(entry.recipients) === 0 ? 'addresses' : null;
}

/**
 * What is handed to the core.
 *
 * @param entry - what was entered
 * @param fit - how the bundle fits into one email
 * @param screen - the language of the screen
 */
export function emailTarget(
  entry: EmailEntry,
  fit: MailFit | undefined,
  screen: Language,
): ToEmail {
  const greeting = entry.greeting.trim();
  return {
    kind: 'email',
    recipients: entry.recipients.trim(),
    language: entry.language ?? screen,
    ...(greeting === '' ? {} : { greeting }),
    ...(fit?.fit === 'split' && !entry.whole ? { limit: fit.limit } : {}),
    ...(entry.account === null ? {} : { account: entry.account }),
  };
}
