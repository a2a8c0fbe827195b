import type { App, EmailAccount } from '../app.ts';
import { AppError } from '../contract/errors.ts';
import type { CommandInput } from '../contract/commands.ts';
import type { HostPorts } from '../contract/host.ts';
import type { AccountView } from '../contract/views.ts';
import { checkedAccount, emailAccount, storedAccount, type Account } from './account-rules.ts';
import type { DataFolder } from './data-folder.ts';
import { newId } from './ids.ts';
import { KeptSecrets } from './kept-secrets.ts';
import type { Notices } from './notices.ts';

const FILE = 'accounts.json';
/** Nobody has more; a file with more is not ours. */
const MAX_ACCOUNTS = 50;

/** What accounts work with. */
export interface AccountPorts {
  readonly app: App;
  readonly folder: DataFolder;
  readonly notices: Notices;
  readonly store: Pick<HostPorts, 'readSecret' | 'writeSecret' | 'removeSecret'>;
}

/** The mailboxes to send from that the person has set up. Secrets are with the host, or in memory; never in the file or on the screen. */
export class Accounts {
  readonly #app: App;
  readonly #folder: DataFolder;
  readonly #notices: Notices;
  readonly #secrets: KeptSecrets;
  readonly #accounts = new Map<string, Account>();
  /** One change after the other: each writes the whole file. */
  #changing: Promise<unknown> = Promise.resolve();

  private constructor({ app, folder, notices, store }: AccountPorts) {
    this.#app = app;
    this.#folder = folder;
    this.#notices = notices;
    this.#secrets = new KeptSecrets('account', store, notices);
  }

  /** Reads what was set up before. What is wrong in the file is left out, and a copy of it is kept. */
  static async open(ports: AccountPorts): Promise<Accounts> {
    const accounts = new Accounts(ports);
    await accounts.#load();
    return accounts;
  }

  /** In the order in which they were set up. */
  views(): AccountView[] {
    return Array.from(this.#accounts.values(), (account) => this.#view(account));
  }

  /**
   * Adds an account, or changes one. A secret belongs to one user of one server: it does not go along to another.
   *
   * @throws `email-account-invalid`, `reference-unknown`, `settings-unwritable`, `host-failed`
   */
  async save({ id, secret: entered, ...given }: CommandInput<'saveAccount'>): Promise<AccountView> {
    return await this.#inTurn(async () => {
      const before = id === undefined ? undefined : this.#find(id);
      const checked = await checkedAccount(this.#app, given);
      if (before === undefined && this.#accounts.size >= MAX_ACCOUNTS)
        throw new AppError('email-account-invalid', { field: 'name' });
      const account = { ...checked, id: id ?? newId() };
      // Pasted with the end of its line.
      const secret = entered?.replace(/[\r\n]+$/, '');
      const stale = before !== undefined && !sameLogin(account, before);
      // The secret first, because the file says where it is; when the file cannot be written, it is put back as it was.
      const undo =
        secret !== undefined || stale ? await this.#exchange(account.id, secret) : undefined;
      try {
        await this.#write(new Map(this.#accounts).set(account.id, account));
      } catch (error) {
        await undo?.().catch(() => undefined);
        throw error;
      }
      return this.#view(account);
    });
  }

  /**
   * Removes an account, its secret first.
   *
   * @throws `reference-unknown`, `settings-unwritable`, `host-failed`
   */
  async remove(id: string): Promise<void> {
    await this.#inTurn(async () => {
      this.#find(id);
      await this.#secrets.forget(id);
      const rest = new Map(this.#accounts);
      rest.delete(id);
      await this.#write(rest);
    });
  }

  /**
   * Makes an account ready, its secret with it.
   *
   * @throws `reference-unknown`, `secret-missing`, `host-failed`
   */
  async open(id: string): Promise<EmailAccount> {
    const account = this.#find(id);
    const secret = await this.#secrets.read(id);
    if (secret === undefined) throw new AppError('secret-missing', { connection: account.name });
    return emailAccount(account, secret);
  }

  /**
   * The account that sends from an address.
   *
   * @param address - of a sender
   * @returns its id; `null` where there is none any more
   */
  sending(address: string): string | null {
    const wanted = address.toLowerCase();
    for (const account of this.#accounts.values())
      if (account.address.toLowerCase() === wanted) return account.id;
    return null;
  }

  /** Forgets the secrets that are in memory only. */
  close(): void {
    this.#secrets.close();
  }

  #view(account: Account): AccountView {
    return { ...typed(account), secret: this.#secrets.state(account.id) };
  }

  #find(id: string): Account {
    const account = this.#accounts.get(id);
    if (account === undefined) throw new AppError('reference-unknown', { kind: 'account' });
    return account;
  }

  /** Keeps a secret, or none; what is returned takes that back. */
  async #exchange(id: string, secret: string | undefined): Promise<() => Promise<void>> {
    const before = this.#accounts.has(id) ? await this.#secrets.read(id) : undefined;
    const put = (now: string | undefined): Promise<void> =>
      now === undefined ? this.#secrets.forget(id) : this.#secrets.write(id, now);
    await put(secret);
    return () => put(before);
  }

  async #write(accounts: ReadonlyMap<string, Account>): Promise<void> {
    const listed = Array.from(accounts.values(), (account) =>
      this.#secrets.state(account.id) === 'kept'
        ? { ...typed(account), kept: true }
        : typed(account),
    );
    await this.#folder.write(FILE, { version: 1, accounts: listed });
    this.#accounts.clear();
    for (const [id, account] of accounts) this.#accounts.set(id, account);
    this.#notices.changed();
  }

  async #load(): Promise<void> {
    const content = await this.#folder.read(FILE);
    if (content === undefined) return;
    const listed =
      typeof content === 'object' && content !== null && 'accounts' in content
        ? content.accounts
        : undefined;
    const entries: readonly unknown[] = Array.isArray(listed) ? listed : [undefined];
    let broken = entries.length > MAX_ACCOUNTS;
    for (const entry of entries.slice(0, MAX_ACCOUNTS)) {
      const read = await this.#read(entry);
      if (read === undefined || this.#accounts.has(read.account.id)) {
        broken = true;
        continue;
      }
      this.#accounts.set(read.account.id, read.account);
      if (read.kept) this.#secrets.wasKept(read.account.id);
    }
    if (broken) await this.#folder.setAside(FILE);
  }

  /** A file is as hostile as a screen: what it says has to pass the same rules. */
  async #read(
    entry: unknown,
  ): Promise<{ readonly account: Account; readonly kept: boolean } | undefined> {
    const parsed = storedAccount.safeParse(entry);
    if (!parsed.success) return undefined;
    const { id, kept = false, ...given } = parsed.data;
    try {
      return { account: { ...(await checkedAccount(this.#app, given)), id }, kept };
    } catch {
      return undefined;
    }
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#changing.then(work);
    this.#changing = turn.catch(() => undefined);
    return await turn;
  }
}

/** Without what follows from the rest. */
function typed(account: Account): Omit<Account, 'address'> {
  const { id, name, host, port, security, user, from, method } = account;
  return { id, name, host, port, security, user, from, method };
}

function sameLogin(now: Account, before: Account): boolean {
  return now.host === before.host && now.user === before.user && now.method === before.method;
}
