import { MAX_DOCUMENTS, type Picture, type SendRequest, type Survey } from '../app.ts';
import { AppError } from '../contract/errors.ts';
import type { FormatId } from '../contract/formats.ts';
import type { DraftDocument, DraftLock, DraftView } from '../contract/views.ts';
import { Documents, hasContent, type Document } from './documents.ts';
import type { GrantedFile } from './grants.ts';
import { Locations } from './locations.ts';
import { lockView, type Lock } from './lock.ts';
import { fittingLock, generatedLock, type LockPorts } from './make-lock.ts';
import type { Notices } from './notices.ts';
import type { Staging } from './staging.ts';

/** What a draft needs. */
export interface DraftPorts extends LockPorts {
  readonly notices: Notices;
  readonly staging: Staging;
}

/** What is to be sealed, and how. */
export type Sealable = Pick<SendRequest, 'documents'> & {
  readonly lock: Lock;
  readonly format: FormatId;
  readonly hideNames: boolean;
  /** How many documents. */
  readonly count: number;
};

/** The bundle that is being put together. While it is sealed, nothing of it can be changed. */
export class Draft {
  readonly #ports: DraftPorts;
  readonly #documents = new Documents();
  readonly #locations: Locations;
  #lock: Lock;
  /** Stays as it is when the next draft begins: whoever sends to one recipient sends to that one again. */
  #format: FormatId = 'age';
  #hideNames = false;
  #leftOut = 0;
  #revision = 0;
  #sealing = false;
  /** The passphrase is to be forgotten as soon as the sealing has ended. */
  #forgetLater = false;
  #adding: Promise<unknown> = Promise.resolve();
  #addings = 0;
  /** Stops the adding of what belongs to the draft of before. */
  #beginning = new AbortController();

  private constructor(ports: DraftPorts, lock: Lock) {
    this.#ports = ports;
    this.#lock = lock;
    this.#locations = new Locations(ports.app, () => {
      this.#touch();
    });
  }

  /** An empty draft, with a passphrase already. */
  static async start(ports: DraftPorts): Promise<Draft> {
    return new Draft(ports, await generatedLock(ports, 'age'));
  }

  /** What the screen sees. */
  view(): DraftView {
    return {
      revision: this.#revision,
      documents: this.#documents.size,
      bytes: this.#documents.bytes,
      blocked: this.#documents.blocked,
      checking: this.#addings > 0 || this.#locations.busy,
      leftOut: this.#leftOut,
      lock: lockView(this.#lock),
      format: this.#format,
      hideNames: this.#hideNames,
      leastWords: this.#ports.app.floorOf(this.#format).words,
    };
  }

  /** The table of documents. */
  documents(): DraftDocument[] {
    return this.#documents.views();
  }

  /** Size of all documents together, in bytes. */
  get bytes(): number {
    return this.#documents.bytes;
  }

  /** How it is locked, with its secret. */
  get lock(): Lock {
    return this.#lock;
  }

  /** What kind of bundle it will be. */
  get format(): FormatId {
    return this.#format;
  }

  /**
   * Adds files, and folders with everything in them: all of it, or nothing.
   *
   * @param chosen - by the person
   * @returns how many documents were added
   * @throws `draft-busy`, `too-many-documents`
   */
  async add(chosen: readonly GrantedFile[]): Promise<number> {
    this.#requireIdle();
    const { signal } = this.#beginning;
    this.#addings += 1;
    this.#notify();
    // One after the other, so that each finds the table as the one before has left it.
    const adding = this.#adding.then(() => this.#survey(chosen, signal));
    this.#adding = adding.catch(() => undefined);
    try {
      return await adding;
    } catch (error) {
      // The person has begun anew meanwhile.
      if (signal.aborted) return 0;
      throw error;
    } finally {
      this.#addings -= 1;
      this.#notify();
    }
  }

  async #survey(chosen: readonly GrantedFile[], signal: AbortSignal): Promise<number> {
    const found: { survey: Survey; staged: boolean }[] = [];
    let room = MAX_DOCUMENTS - this.#documents.size;
    for (const { path, name, staged } of chosen) {
      const survey = await this.#ports.app
        .survey(path, name, room, { signal })
        .catch((error: unknown) => {
          const full = error instanceof AppError && error.code === 'too-many-documents';
          throw full ? new AppError('too-many-documents', { limit: MAX_DOCUMENTS }) : error;
        });
      found.push({ survey, staged });
      room -= survey.documents.length;
      if (staged && survey.documents.length === 0) await this.#ports.staging.release(path);
    }
    if (signal.aborted) return 0;
    let added = 0;
    for (const { survey, staged } of found) {
      const documents = this.#documents.add(survey.documents, staged);
      added += documents.length;
      this.#leftOut += survey.leftOut;
      this.#locations.add(documents.filter(hasContent));
    }
    this.#touch();
    return added;
  }

  /**
   * Gives a document another name.
   *
   * @throws `draft-busy`, `reference-unknown`
   */
  rename(id: string, name: string): void {
    this.#requireIdle();
    this.#documents.rename(id, name);
    this.#touch();
  }

  /**
   * Takes documents out.
   *
   * @throws `draft-busy`, `reference-unknown`
   */
  async remove(ids: readonly string[]): Promise<void> {
    this.#requireIdle();
    const removed = this.#documents.remove(ids);
    if (this.#documents.size === 0) this.#leftOut = 0;
    this.#touch();
    await this.#release(removed);
  }

  /**
   * A small picture of a document.
   *
   * @throws `reference-unknown`
   */
  async preview(id: string): Promise<Picture | null> {
    const document = this.#documents.find(id);
    return hasContent(document) ? await this.#ports.app.preview(document.path) : null;
  }

  /**
   * Puts everything back to the beginning.
   *
   * @throws `draft-busy`
   */
  async clear(): Promise<void> {
    this.#requireIdle();
    await this.#begin();
  }

  /**
   * Chooses the kind of bundle. A lock that is not enough for it, or not for it at all, is exchanged for new words.
   *
   * @param hideNames - of a ZIP: whether a ZIP inside it is to hide the documents' names
   * @throws `draft-busy`
   */
  async setFormat(format: FormatId, hideNames: boolean): Promise<DraftLock> {
    for (;;) {
      this.#requireIdle();
      const before = this.#lock;
      const lock = await fittingLock(this.#ports, format, before);
      // Another one meanwhile may be too weak, and one that was forgotten must not come back.
      if (this.#lock !== before) continue;
      this.#requireIdle();
      this.#format = format;
      this.#hideNames = hideNames;
      this.#lock = lock;
      this.#notify();
      return lockView(lock);
    }
  }

  /**
   * Makes a new passphrase of words.
   *
   * @throws `draft-busy`, `passphrase-words`
   */
  async newPassphrase(words: number): Promise<DraftLock> {
    this.#requireIdle();
    const format = this.#format;
    return this.#setLock(await generatedLock(this.#ports, format, words), format);
  }

  /**
   * Takes a passphrase of the person's own.
   *
   * @throws `draft-busy`, `passphrase-weak`
   */
  async setPassphrase(passphrase: string): Promise<DraftLock> {
    this.#requireIdle();
    const format = this.#format;
    const { bits } = await this.#ports.app.requireStrong(passphrase, format);
    return this.#setLock({ kind: 'own', passphrase, bits }, format);
  }

  /**
   * Locks it for keys.
   *
   * @throws `draft-busy`, `format-needs-passphrase`, `recipient-invalid`, `recipients-mixed`, `too-many-recipients`
   */
  async setRecipients(typed: readonly string[]): Promise<DraftLock> {
    this.#requireIdle();
    const format = this.#format;
    if (format !== 'age') throw new AppError('format-needs-passphrase', { format });
    const recipients = [...new Set(typed.map((recipient) => recipient.trim()))];
    await this.#ports.app.checkRecipients(recipients);
    return this.#setLock({ kind: 'keys', recipients }, format);
  }

  /**
   * Takes the draft for sealing; from now on nothing of it changes until `endSealing`.
   *
   * @returns what is to be sealed
   * @throws `draft-busy`, `no-documents`, `documents-blocked`
   */
  beginSealing(): Sealable {
    this.#requireIdle();
    if (this.#addings > 0) throw new AppError('draft-busy', {});
    if (this.#documents.size === 0) throw new AppError('no-documents', {});
    const count = this.#documents.blocked;
    if (count > 0) throw new AppError('documents-blocked', { count });
    this.#sealing = true;
    const documents = Array.from(this.#documents.all(), ({ path, name, kind }) => ({
      path,
      name,
      kind,
    }));
    return {
      documents,
      lock: this.#lock,
      format: this.#format,
      hideNames: this.#hideNames,
      count: documents.length,
    };
  }

  /**
   * Gives the draft back to the person.
   *
   * @param sealed - whether it was sealed, so that the next one begins
   */
  async endSealing(sealed: boolean): Promise<void> {
    try {
      if (sealed) await this.#begin();
      else if (this.#forgetLater) await this.#forget();
    } finally {
      this.#sealing = false;
      this.#forgetLater = false;
    }
  }

  /**
   * Forgets the passphrase, made or typed, and makes a new one. One that is being sealed with is forgotten when the sealing has
   * ended; if it ends well, the receipt has it, because else nobody could open the bundle.
   */
  async forgetSecrets(): Promise<void> {
    if (this.#sealing) this.#forgetLater = true;
    else await this.#forget();
  }

  /** Stops what goes on in the background, and forgets the passphrase. */
  async close(): Promise<void> {
    this.#lock = { kind: 'keys', recipients: [] };
    this.#beginning.abort();
    this.#locations.stop();
    await this.#adding;
  }

  async #forget(): Promise<void> {
    if (this.#lock.kind === 'keys') return;
    await this.#renewLock();
    this.#touch();
  }

  async #begin(): Promise<void> {
    this.#beginning.abort();
    this.#beginning = new AbortController();
    this.#locations.stop();
    const removed = this.#documents.clear();
    this.#leftOut = 0;
    this.#touch();
    await this.#renewLock();
    this.#touch();
    await this.#release(removed);
  }

  async #renewLock(): Promise<void> {
    for (;;) {
      const format = this.#format;
      const lock = await generatedLock(this.#ports, format);
      if (format !== this.#format) continue;
      this.#lock = lock;
      return;
    }
  }

  #setLock(lock: Lock, format: FormatId): DraftLock {
    // Sealing may have begun while the new lock was made, or another format been chosen, for which it may be too weak.
    this.#requireIdle();
    if (format !== this.#format) throw new AppError('draft-busy', {});
    this.#lock = lock;
    this.#notify();
    return lockView(lock);
  }

  async #release(documents: readonly Document[]): Promise<void> {
    for (const { staged, path } of documents) if (staged) await this.#ports.staging.release(path);
  }

  #requireIdle(): void {
    if (this.#sealing) throw new AppError('draft-busy', {});
  }

  #touch(): void {
    this.#revision += 1;
    this.#notify();
  }

  #notify(): void {
    this.#ports.notices.changed();
  }
}
