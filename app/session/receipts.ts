import type { MailResult } from '../app.ts';
import { AppError, type ErrorRecord } from '../contract/errors.ts';
import type { RevealedPassphrase } from '../contract/answers.ts';
import type { MessageView, ReceiptView } from '../contract/views.ts';
import { newId } from './ids.ts';
import { lockView, revealed, type Lock } from './lock.ts';
import type { Notices } from './notices.ts';
import type { Staging } from './staging.ts';

/** A message that carries the bundle or a volume of it, with what the screen does not see. */
export interface ReceiptMessage {
  readonly view: MessageView;
  /** Of one that the person sends: its file, and the `mailto:` link for a mail program that opens no drafts. */
  readonly draft?: { readonly path: string; readonly mailto: string };
  /** Its id in the outbox, as long as it waits there. */
  readonly waiting?: string;
}

/** A bundle that was sealed, with what the screen does not see. */
export interface Receipt {
  readonly view: Omit<ReceiptView, 'id' | 'held' | 'lock' | 'shared'>;
  readonly lock: Lock;
  /** The file, where there is one on this machine. */
  readonly path?: string | undefined;
  /** Of a bundle that went by email. */
  readonly messages?: readonly ReceiptMessage[] | undefined;
}

interface Kept extends Omit<Receipt, 'lock'> {
  readonly id: string;
  readonly lockView: ReceiptView['lock'];
  /** The only copy of the passphrase that there is. */
  lock: Lock | undefined;
  messages: readonly ReceiptMessage[];
  shared: string | undefined;
}

/** What was sealed in this run. A passphrase is held, in memory only, until the person puts the receipt away. */
export class Receipts {
  readonly #notices: Notices;
  readonly #staging: Staging;
  readonly #receipts = new Map<string, Kept>();

  /**
   * @param notices - hears of every change
   * @param staging - where bundles for a download lie
   */
  constructor(notices: Notices, staging: Staging) {
    this.#notices = notices;
    this.#staging = staging;
  }

  /** Newest first. */
  views(): ReceiptView[] {
    return Array.from(this.#receipts.values(), (kept) => ({
      ...kept.view,
      to: withMessages(kept),
      id: kept.id,
      lock: kept.lockView,
      held: isHeld(kept),
      ...(kept.shared === undefined ? {} : { shared: kept.shared }),
    })).reverse();
  }

  /**
   * Keeps a receipt.
   *
   * @returns its id
   */
  add({ view, lock, path, messages = [] }: Receipt): string {
    const id = newId();
    const locked = lockView(lock);
    const kept = { id, view, path, lock, messages, lockView: locked, shared: undefined };
    this.#receipts.set(id, kept);
    this.#notices.changed();
    return id;
  }

  /**
   * What a receipt says, and the file on this machine, where there is one.
   *
   * @throws `reference-unknown`
   */
  find(id: string): Pick<Receipt, 'view' | 'path'> {
    return this.#find(id);
  }

  /**
   * One of the messages with which a bundle went by email.
   *
   * @param number - from 0
   * @throws `reference-unknown`
   */
  message(id: string, number: number): ReceiptMessage {
    const message = this.#find(id).messages[number];
    if (message === undefined) throw new AppError('reference-unknown', { kind: 'message' });
    return message;
  }

  /** All passphrases that are held. */
  passphrases(): string[] {
    return [...this.#receipts.values()].flatMap(({ lock }) => {
      const passphrase = lock === undefined ? undefined : revealed(lock)?.passphrase;
      return passphrase === undefined ? [] : [passphrase];
    });
  }

  /**
   * Notes that a message that had waited was sent.
   *
   * @param waiting - its id in the outbox
   * @param results - what the server said of each recipient who had not had it
   */
  messageSent(waiting: string, results: readonly MailResult[]): void {
    const said = new Map(results.map((result) => [result.address, recipientView(result)]));
    const left = results.some(({ state }) => state !== 'accepted');
    this.#changeMessage(waiting, ({ view: { subject, attachment, bytes, recipients } }) => {
      const now = recipients.map((before) => said.get(before.address) ?? before);
      const view = { subject, attachment, bytes, recipients: now };
      return left ? { view, waiting } : { view };
    });
  }

  /**
   * Notes that a message could not be sent again.
   *
   * @param waiting - its id in the outbox
   * @param error - why
   */
  messageKept(waiting: string, error: ErrorRecord): void {
    this.#changeMessage(waiting, (message) => ({ ...message, view: { ...message.view, error } }));
  }

  /**
   * Notes that a message will not be sent any more: it is on no receipt, but for those who have it.
   *
   * @param waiting - its id in the outbox
   */
  messageDeleted(waiting: string): void {
    this.#changeMessage(waiting, ({ view: { subject, attachment, bytes, recipients } }) => {
      const reached = recipients.filter(({ state }) => state === 'accepted');
      if (reached.length === 0) return undefined;
      return { view: { subject, attachment, bytes, recipients: reached } };
    });
  }

  /**
   * The passphrase that a bundle was sealed with.
   *
   * @throws `reference-unknown`, `passphrase-forgotten`
   */
  passphrase(id: string): RevealedPassphrase {
    const { lock } = this.#find(id);
    const passphrase = lock === undefined ? undefined : revealed(lock);
    if (passphrase === undefined) throw new AppError('passphrase-forgotten', {});
    return passphrase;
  }

  /**
   * Notes that the passphrase was told.
   *
   * @returns whether that is new
   * @throws `reference-unknown`
   */
  markShared(id: string): boolean {
    const kept = this.#find(id);
    if (kept.shared !== undefined) return false;
    kept.shared = new Date().toISOString();
    this.#notices.changed();
    return true;
  }

  /**
   * Puts a receipt away, with its passphrase and a bundle that only waited to be downloaded.
   *
   * @throws `reference-unknown`
   */
  async close(id: string): Promise<void> {
    const kept = this.#find(id);
    kept.lock = undefined;
    this.#receipts.delete(id);
    this.#notices.changed();
    if (kept.view.to.kind === 'download' && kept.path !== undefined)
      await this.#staging.release(kept.path);
  }

  /**
   * Forgets the passphrases that were told. One that was not is the only copy there is: to forget it would be to destroy the
   * bundle, so it stays in memory until the receipt is closed.
   */
  forgetShared(): void {
    for (const kept of this.#receipts.values())
      if (kept.shared !== undefined) kept.lock = undefined;
    this.#notices.changed();
  }

  /** Forgets every passphrase. */
  forgetAll(): void {
    for (const kept of this.#receipts.values()) kept.lock = undefined;
  }

  #changeMessage(
    waiting: string,
    change: (message: ReceiptMessage) => ReceiptMessage | undefined,
  ): void {
    for (const kept of this.#receipts.values()) {
      if (!kept.messages.some((message) => message.waiting === waiting)) continue;
      kept.messages = kept.messages.flatMap((message) =>
        message.waiting === waiting ? (change(message) ?? []) : message,
      );
      this.#notices.changed();
    }
  }

  #find(id: string): Kept {
    const kept = this.#receipts.get(id);
    if (kept === undefined) throw new AppError('reference-unknown', { kind: 'receipt' });
    return kept;
  }
}

function withMessages({ view: { to }, messages }: Kept): ReceiptView['to'] {
  return to.kind === 'email' ? { ...to, messages: messages.map(({ view }) => view) } : to;
}

/**
 * What the screen sees of what became of a message for one recipient.
 *
 * @param result - the server's answer
 */
export function recipientView(result: MailResult): MessageView['recipients'][number] {
  const { address, state } = result;
  return (state === 'rejected' || state === 'deferred') && result.status > 0
    ? { address, state, status: result.status }
    : { address, state };
}

function isHeld({ lock }: Kept): boolean {
  return lock !== undefined && lock.kind !== 'keys';
}
