import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { App, OutboxMessage } from '../app.ts';
import { AppError, toAppError } from '../contract/errors.ts';
import { OUTBOX_FOLDER } from '../contract/host.ts';
import type { Job } from '../contract/job.ts';
import type { OutboxEntry } from '../contract/views.ts';
import { outputError, systemCode } from '../files/fs-errors.ts';
import type { Accounts } from './accounts.ts';
import type { ActivityLog } from './activity.ts';
import type { DataFolder } from './data-folder.ts';
import type { Ended, Jobs } from './jobs.ts';
import type { Notices } from './notices.ts';
import type { Receipts } from './receipts.ts';

/** Bundles of one name whose messages are kept at a time. */
const MAX_FOLDERS = 10_000;

/** What the outbox works with. */
export interface OutboxPorts {
  readonly app: App;
  readonly jobs: Jobs;
  readonly notices: Notices;
  readonly accounts: Accounts;
  readonly activity: ActivityLog;
  readonly receipts: Receipts;
}

/**
 * The folder of everything that goes by email: messages that could not be sent, and a folder for each bundle, with the drafts that the
 * person sends. What is in it stays until the person deletes it.
 */
export class Outbox {
  /** Its path. */
  readonly folder: string;
  readonly #ports: OutboxPorts;
  #waiting: readonly OutboxMessage[] = [];
  /** The count that the screen has last heard of. */
  #told = 0;
  /** Those that are being sent for the first time: they do not wait yet. */
  readonly #fresh = new Set<string>();
  /** The jobs by which others are being sent again. */
  readonly #sending = new Map<string, string>();

  private constructor(folder: string, ports: OutboxPorts) {
    this.folder = folder;
    this.#ports = ports;
  }

  /** Finds what an earlier session could not send. */
  static async open(data: DataFolder, ports: OutboxPorts): Promise<Outbox> {
    const outbox = new Outbox(join(data.path, OUTBOX_FOLDER), ports);
    await outbox.refresh();
    return outbox;
  }

  /** How many messages wait. */
  get count(): number {
    return this.#entries().length;
  }

  /**
   * The messages that wait, oldest first.
   *
   * @throws `folder-unreadable`
   */
  async list(): Promise<OutboxEntry[]> {
    await this.#read();
    const { accounts } = this.#ports;
    return this.#entries().map(
      ({ id, from, to, subject, bytes, created, failure, mayHaveArrived }) => ({
        id,
        account: accounts.sending(from),
        to,
        subject,
        bytes,
        created: created.toISOString(),
        ...(failure === undefined ? {} : { error: failure }),
        ...(mayHaveArrived ? { mayHaveArrived } : {}),
      }),
    );
  }

  /** Looks for what waits; where the folder cannot be read, it stays as it was known. */
  async refresh(): Promise<void> {
    await this.#read().catch(() => undefined);
  }

  /**
   * A new folder for one bundle and its messages, which only its owner may look into.
   *
   * @param bundle - its name
   * @throws `output-unwritable`, `disk-full`
   */
  async makeFolder(bundle: string): Promise<string> {
    const stem = bundle.replace(/(?:\.tar)?\.[^.]+$/, '').replace(/[. ]+$/, '');
    const name = stem === '' ? 'bundle' : stem;
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      for (let copy = 1; ; copy += 1) {
        const path = join(this.folder, copy === 1 ? name : `${name} (${String(copy)})`);
        const made = await mkdir(path, { mode: 0o700 }).then(
          () => true,
          (error: unknown) => {
            if (systemCode(error) !== 'EEXIST' || copy === MAX_FOLDERS) throw error;
            return false;
          },
        );
        if (made) return path;
      }
    } catch (error) {
      throw outputError(error, this.folder);
    }
  }

  /**
   * Removes such a folder with what is in it, when nothing came of it.
   *
   * @param path - as `makeFolder` gave it
   */
  async removeFolder(path: string): Promise<void> {
    await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }

  /**
   * While messages are sent for the first time, they do not count as waiting, and nobody can send them a second time.
   *
   * @param ids - of the messages
   * @param sending - sends them
   */
  async during<T>(ids: readonly string[], sending: () => Promise<T>): Promise<T> {
    for (const id of ids) this.#fresh.add(id);
    try {
      return await sending();
    } finally {
      for (const id of ids) this.#fresh.delete(id);
      await this.refresh();
    }
  }

  /**
   * Sends a message again, as a job; one that is being sent is not sent twice.
   *
   * @returns the job's id
   * @throws `reference-unknown` for a message or an account that is not there any more; `secret-missing`, `host-failed`
   */
  async sendAgain(id: string): Promise<string> {
    const { accounts, jobs } = this.#ports;
    const message = await this.#find(id);
    const sender = accounts.sending(message.from);
    if (sender === null) throw new AppError('reference-unknown', { kind: 'account' });
    const account = await accounts.open(sender);
    const running = this.#sending.get(id);
    if (running !== undefined) return running;
    const job = jobs.start({
      kind: 'mail',
      subject: message.name,
      about: [id],
      stage: 'upload',
      run: (work) => this.#send(message, account, work),
      end: async () => {
        this.#sending.delete(id);
        await this.refresh();
      },
    });
    this.#sending.set(id, job);
    return job;
  }

  /**
   * Deletes a message that waits.
   *
   * @throws `reference-unknown`; `not-available` while it is being sent; `output-unwritable`
   */
  async delete(id: string): Promise<void> {
    await this.#find(id);
    if (this.#sending.has(id)) throw new AppError('not-available', { command: 'deleteMessage' });
    await this.#ports.app.deleteMessage(this.folder, id);
    this.#ports.receipts.messageDeleted(id);
    await this.refresh();
  }

  async #send(
    message: OutboxMessage,
    account: Awaited<ReturnType<Accounts['open']>>,
    job: Job,
  ): Promise<Ended> {
    const { activity, app, receipts } = this.#ports;
    const { id, name: bundle, bytes } = message;
    const location = smtpLocation(account.host);
    try {
      const recipients = await activity.during(
        { kind: 'mail', bundle, location, bytes },
        async () => {
          const sent = await app.sendMessages([message], account, this.folder, job);
          if (sent.error !== undefined) throw new AppError(sent.error.code, sent.error.data);
          return sent.messages.flatMap((one) => one.recipients);
        },
      );
      receipts.messageSent(id, recipients);
      return { outcome: { kind: 'mailed', messages: 1 } };
    } catch (error) {
      const { code, data } = toAppError(error);
      receipts.messageKept(id, { code, data });
      throw error;
    }
  }

  async #find(id: string): Promise<OutboxMessage> {
    await this.#read();
    const message = this.#entries().find((entry) => entry.id === id);
    if (message === undefined) throw new AppError('reference-unknown', { kind: 'message' });
    return message;
  }

  #entries(): readonly OutboxMessage[] {
    return this.#waiting.filter(({ id }) => !this.#fresh.has(id));
  }

  async #read(): Promise<void> {
    this.#waiting = await this.#ports.app.listOutbox(this.folder);
    // Whoever lists because something changed must not hear of a change for that.
    if (this.count === this.#told) return;
    this.#told = this.count;
    this.#ports.notices.changed();
  }
}

/**
 * A server as it stands in the activity: without user or recipients.
 *
 * @param host - its name or address
 */
export function smtpLocation(host: string): string {
  return `smtp://${host}`;
}
