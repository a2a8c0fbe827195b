import { AppError } from '../../contract/errors.ts';
import type { ExpansionLimits } from '../../contract/formats.ts';
import type { Job } from '../../contract/job.ts';
import type { ArchiveEntry } from '../../contract/records.ts';
import { bundleReadError } from '../../files/fs-errors.ts';
import type { ArchiveFile } from './archive-file.ts';
import { takeEntries } from './entries.ts';
import { readArchiveHead, type ArchiveHead } from './head.ts';
import { judgeListing } from './judge.ts';
import type { Command, ListedEntry, Outcome } from './messages.ts';
import { startSevenZip, type SevenZip } from './seven-zip.ts';

/** What a person has, and how much they accept. */
export interface ReadOptions {
  /** Readings of the passphrase, the most literal first. */
  readonly passphrases: readonly string[];
  /** More files and folders than this are refused. */
  readonly maxEntries: number;
  readonly limits: ExpansionLimits;
}

/** An archive that was opened. */
export interface OpenedArchive {
  /** The entries, to be read once: the note first, the checksum file last. */
  readonly entries: AsyncIterable<ArchiveEntry>;
  readonly encrypted: 'all' | 'some' | 'none';
  /** Ends the thread and closes the files. Harmless twice. */
  close(): Promise<void>;
}

/**
 * Opens an archive.
 *
 * @param file - closed when this fails, and by `close` of what it gives
 * @param options - what the person has, and accepts
 * @param job - reports `open`
 * @throws `wrong-passphrase`, `passphrase-needed`, `bundle-damaged`, `format-unsupported`, `expands-too-much`, `unsafe-entry`,
 * `too-many-entries`, `not-enough-memory`, `bundle-unreadable`, `cancelled`
 */
export async function readArchive(
  file: ArchiveFile,
  options: ReadOptions,
  job: Job,
): Promise<OpenedArchive> {
  const reading = new Reading(file, options.maxEntries, job);
  try {
    const head = await readArchiveHead(file.read, file.bytes);
    const { entries, passphrase } = await reading.list(head, options.passphrases);
    const total = judgeListing(entries, file.bytes, options.limits);
    const key = passphrase ?? (await reading.findPassphrase(entries, options.passphrases));
    return {
      entries: await reading.extract(entries, key, total),
      encrypted: encryptionOf(entries),
      close: () => reading.close(),
    };
  } catch (error) {
    await reading.close();
    throw error;
  }
}

/** What can be said of an archive by anybody. */
export interface ArchiveSummary {
  readonly names: 'sealed' | 'visible';
  readonly encrypted: boolean;
  /** Of AES: SHA-256 over 2^logRounds repetitions make a key. */
  readonly logRounds?: number;
  /** How many files, where that can be read. */
  readonly files?: number;
}

/**
 * Reads what an archive says openly.
 *
 * @param file - closed in the end
 * @param maxEntries - more entries than this are refused
 * @param job - may be cancelled
 * @throws `bundle-damaged`, `format-unsupported`, `too-many-entries`, `not-enough-memory`, `bundle-unreadable`, `cancelled`
 */
export async function inspectArchive(
  file: ArchiveFile,
  maxEntries: number,
  job: Job,
): Promise<ArchiveSummary> {
  const reading = new Reading(file, maxEntries, job);
  try {
    const head = await readArchiveHead(file.read, file.bytes);
    if (head.kind === 'sealed')
      return { names: 'sealed', encrypted: true, logRounds: head.logRounds };
    const { entries } = await reading.list(head, []);
    const rounds = entries.map(({ method }) => Number(/\b7zAES:(\d+)/.exec(method)?.[1] ?? -1));
    // The weakest counts.
    const logRounds = rounds.reduce(
      (least, each) => (each >= 0 && each < least ? each : least),
      64,
    );
    return {
      names: 'visible',
      encrypted: entries.some(({ encrypted }) => encrypted),
      ...(logRounds === 64 ? {} : { logRounds }),
      files: entries.filter(({ kind }) => kind === 'file').length,
    };
  } finally {
    await reading.close();
  }
}

class Reading {
  readonly #file: ArchiveFile;
  readonly #maxEntries: number;
  readonly #job: Job;
  readonly #ahead = new SharedArrayBuffer(4);
  #sevenZip: SevenZip | undefined;
  #closed: Promise<void> | undefined;

  constructor(file: ArchiveFile, maxEntries: number, job: Job) {
    this.#file = file;
    this.#maxEntries = maxEntries;
    this.#job = job;
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#end());
  }

  async #end(): Promise<void> {
    // Before the files are closed that it reads.
    await this.#sevenZip?.terminate();
    await this.#file.close();
  }

  /**
   * Lists the entries. With sealed names, a header that cannot be unsealed is all that a wrong passphrase shows itself by; damage
   * to the sealed header itself looks the same. The description in front of it was found intact by then.
   */
  async list(
    head: ArchiveHead,
    passphrases: readonly string[],
  ): Promise<{ entries: readonly ListedEntry[]; passphrase?: string }> {
    if (head.kind === 'visible') {
      const entries = await this.#listWith(undefined);
      if (entries === undefined) throw this.#damaged();
      return { entries };
    }
    if (passphrases.length === 0) throw new AppError('passphrase-needed', {});
    for (const passphrase of passphrases) {
      const entries = await this.#listWith(passphrase);
      if (entries !== undefined) return { entries, passphrase };
    }
    throw new AppError('wrong-passphrase', {});
  }

  async #listWith(passphrase: string | undefined): Promise<readonly ListedEntry[] | undefined> {
    let entries: readonly ListedEntry[] | undefined;
    const sevenZip = await this.#start();
    const command: Command = { kind: 'list', passphrase, maxEntries: this.#maxEntries };
    const outcome = await sevenZip.obey(command, (said) => {
      if (said.kind === 'listed') entries = said.entries;
    });
    if (outcome.tooMany) throw new AppError('too-many-entries', { limit: this.#maxEntries });
    if (outcome.success) return entries;
    this.#throwCertain(outcome);
    return undefined;
  }

  /**
   * Finds the passphrase of an archive with visible names by taking out its first encrypted file: there is nothing else to try it
   * on. A file that is damaged looks like a wrong passphrase, too.
   *
   * @returns `undefined` where nothing is encrypted
   */
  async findPassphrase(
    entries: readonly ListedEntry[],
    passphrases: readonly string[],
  ): Promise<string | undefined> {
    const bytes = bytesToFirstEncrypted(entries);
    if (bytes === undefined) return undefined;
    if (passphrases.length === 0) throw new AppError('passphrase-needed', {});
    const sevenZip = await this.#start();
    for (const passphrase of passphrases) {
      const command: Command = { kind: 'try', passphrase, bytes };
      const outcome = await sevenZip.obey(command, () => undefined);
      if (outcome.success) return passphrase;
      this.#throwCertain(outcome);
    }
    throw new AppError('wrong-passphrase', {});
  }

  async extract(
    entries: readonly ListedEntry[],
    passphrase: string | undefined,
    total: number,
  ): Promise<AsyncIterable<ArchiveEntry>> {
    const sevenZip = await this.#start();
    return takeEntries(entries, {
      start: (onBytes) =>
        sevenZip.obey({ kind: 'extract', passphrase }, (said) => {
          if (said.kind === 'bytes') onBytes(said.bytes);
        }),
      ahead: new Int32Array(this.#ahead),
      failure: async (outcome) => {
        this.#throwCertain(outcome);
        // Lets whoever watches the reading know in which volume it was.
        await this.#file.read(outcome.position, 1);
        return this.#damaged();
      },
      total,
      job: this.#job,
    });
  }

  async #start(): Promise<SevenZip> {
    const role = { kind: 'read', parts: this.#file.parts, ahead: this.#ahead } as const;
    return (this.#sevenZip ??= await startSevenZip(role, this.#job));
  }

  #damaged(): AppError {
    return new AppError('bundle-damaged', { part: 'archive', damage: 'malformed' });
  }

  /** Throws where it is certain that neither a passphrase nor damage is the reason. */
  #throwCertain({ fileError, outOfMemory, memoryLimit }: Outcome): void {
    if (fileError !== undefined)
      throw bundleReadError(
        Object.assign(new Error('the archive could not be read'), { code: fileError }),
        this.#file.path,
      );
    if (outOfMemory) throw new AppError('not-enough-memory', { bytes: memoryLimit });
  }
}

function encryptionOf(entries: readonly ListedEntry[]): OpenedArchive['encrypted'] {
  // What is empty has nothing to encrypt.
  const full = entries.filter(({ kind, bytes }) => kind === 'file' && bytes > 0);
  if (!full.some(({ encrypted }) => encrypted)) return 'none';
  return full.every(({ encrypted }) => encrypted) ? 'all' : 'some';
}

/** How many bytes come out up to the end of the first encrypted file. */
function bytesToFirstEncrypted(entries: readonly ListedEntry[]): number | undefined {
  let sum = 0;
  for (const { bytes, encrypted } of entries) {
    sum += bytes;
    if (encrypted && bytes > 0) return sum;
  }
  return undefined;
}
