import { AppError } from '../contract/errors.ts';
import type { RevealedPassphrase } from '../contract/answers.ts';
import type { ReceiptView } from '../contract/views.ts';
import { newId } from './ids.ts';
import { lockView, revealed, type Lock } from './lock.ts';
import type { Notices } from './notices.ts';
import type { Staging } from './staging.ts';

/** A bundle that was sealed, with what the screen does not see. */
export interface Receipt {
  readonly view: Omit<ReceiptView, 'id' | 'held' | 'lock' | 'shared'>;
  readonly lock: Lock;
  /** The file, where there is one on this machine. */
  readonly path?: string | undefined;
}

interface Kept extends Omit<Receipt, 'lock'> {
  readonly id: string;
  readonly lockView: ReceiptView['lock'];
  /** The only copy of the passphrase that there is. */
  lock: Lock | undefined;
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
  add({ view, lock, path }: Receipt): string {
    const id = newId();
    const kept = { id, view, path, lock, lockView: lockView(lock), shared: undefined };
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

  #find(id: string): Kept {
    const kept = this.#receipts.get(id);
    if (kept === undefined) throw new AppError('reference-unknown', { kind: 'receipt' });
    return kept;
  }
}

function isHeld({ lock }: Kept): boolean {
  return lock !== undefined && lock.kind !== 'keys';
}
