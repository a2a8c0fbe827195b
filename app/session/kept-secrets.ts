import type { HostPorts } from '../contract/host.ts';
import { fromHost } from './host-calls.ts';
import type { Notices } from './notices.ts';

type Store = Pick<HostPorts, 'readSecret' | 'writeSecret' | 'removeSecret'>;

/** Where a secret is: in the keychain, in memory until the program ends, or nowhere any more. */
export type SecretState = 'kept' | 'this-run' | 'missing';

/**
 * The secrets of one kind of thing. They are with the host, or in memory where it has no safe place. Which of them were given to the
 * host is remembered, because asking it may ask the person.
 */
export class KeptSecrets {
  readonly #kind: string;
  readonly #store: Store;
  readonly #notices: Notices;
  readonly #kept = new Set<string>();
  readonly #thisRun = new Map<string, string>();

  /**
   * @param kind - keeps the names of one kind apart from those of another
   * @param store - the host's
   * @param notices - hears of every change
   */
  constructor(kind: string, store: Store, notices: Notices) {
    this.#kind = kind;
    this.#store = store;
    this.#notices = notices;
  }

  /** Where the secret of that id is, as far as is known without asking. */
  state(id: string): SecretState {
    if (this.#kept.has(id)) return 'kept';
    return this.#thisRun.has(id) ? 'this-run' : 'missing';
  }

  /** Notes that an earlier run has given it to the host. */
  wasKept(id: string): void {
    this.#kept.add(id);
  }

  /**
   * The secret itself.
   *
   * @returns `undefined` where it is nowhere any more
   * @throws `host-failed`
   */
  async read(id: string): Promise<string | undefined> {
    const inMemory = this.#thisRun.get(id);
    if (inMemory !== undefined) return inMemory;
    const secret = await fromHost(() => this.#store.readSecret(this.#name(id)));
    // Somebody has removed it from the keychain.
    if (secret === null && this.#kept.delete(id)) this.#notices.changed();
    return secret ?? undefined;
  }

  /**
   * Keeps a secret, for this run at least.
   *
   * @throws `host-failed`
   */
  async write(id: string, secret: string): Promise<void> {
    const kept = await fromHost(() => this.#store.writeSecret(this.#name(id), secret));
    this.#kept.delete(id);
    this.#thisRun.delete(id);
    if (kept) this.#kept.add(id);
    else this.#thisRun.set(id, secret);
    this.#notices.changed();
  }

  /**
   * Removes a secret.
   *
   * @throws `host-failed`
   */
  async forget(id: string): Promise<void> {
    this.#thisRun.delete(id);
    const removing = fromHost(() => this.#store.removeSecret(this.#name(id)));
    // Where none was kept, a keychain that cannot be reached is no reason to fail.
    await (this.#kept.has(id) ? removing : removing.catch(() => undefined));
    this.#kept.delete(id);
    this.#notices.changed();
  }

  /** Forgets those that are in memory only. */
  close(): void {
    this.#thisRun.clear();
  }

  #name(id: string): string {
    return `${this.#kind}:${id}`;
  }
}
