import { AppError } from '../../contract/errors.ts';
import { checkCancelled, type Job } from '../../contract/job.ts';
import type { ArchiveEntry } from '../../contract/records.ts';
import { NOTE_NAME, SUMS_NAME } from '../sums.ts';
import type { ListedEntry, Outcome } from './messages.ts';

/** A checksum file of this size can be kept until its turn comes. */
const MAX_KEPT_BYTES = 16 * 2 ** 20;

/** How the bytes of all entries are come by, one entry directly behind the other. */
export interface Extraction {
  /** Starts it. */
  start(onBytes: (bytes: Uint8Array) => void): Promise<Outcome>;
  /** How many bytes were given out and not yet taken; whoever gives them out waits on it. */
  readonly ahead: Int32Array;
  /** What the end of an extraction that failed is to be called. */
  failure(outcome: Outcome): Promise<AppError>;
  /** How many bytes will come out. */
  readonly total: number;
  /** Reports `open`. */
  readonly job: Job;
}

type ListedFile = ListedEntry & { readonly kind: 'file' };

/**
 * Takes entries out of an archive: the note first where it is the first that has content, then folders and empty files, then the
 * others in the order of the archive, and the checksum file last, wherever it lies.
 *
 * @param entries - as listed, files and folders only
 * @param extraction - gives their bytes
 * @throws while they are read: what the extraction fails with, `bundle-damaged`, `cancelled`
 */
export async function* takeEntries(
  entries: readonly ListedEntry[],
  extraction: Extraction,
): AsyncGenerator<ArchiveEntry, void, undefined> {
  const full = entries.filter((entry): entry is ListedFile => hasContent(entry));
  const flow = new Flow(extraction);
  const first = full[0]?.name === NOTE_NAME ? full.splice(0, 1) : [];
  let sums: ArchiveEntry | undefined;
  for (const note of first) yield* takeFile(note, flow);
  for (const entry of entries) if (!hasContent(entry)) yield withoutContent(entry);
  for (const [index, entry] of full.entries()) {
    if (isEarlySums(entry, index === full.length - 1)) sums = await kept(entry, flow);
    else yield* takeFile(entry, flow);
  }
  await flow.end();
  if (sums !== undefined) yield sums;
}

function hasContent({ kind, bytes }: ListedEntry): boolean {
  return kind === 'file' && bytes > 0;
}

function isEarlySums({ name, bytes }: ListedEntry, isLast: boolean): boolean {
  return name === SUMS_NAME && bytes <= MAX_KEPT_BYTES && !isLast;
}

function withoutContent({ kind, name, modified }: ListedEntry): ArchiveEntry {
  return kind === 'folder'
    ? { kind, name }
    : { kind: 'file', name, bytes: 0, modified, content: fromWhole([]) };
}

async function* takeFile(
  { name, bytes, modified }: ListedEntry,
  flow: Flow,
): AsyncGenerator<ArchiveEntry, void, undefined> {
  const content = flow.take(bytes);
  yield { kind: 'file', name, bytes, modified, content };
  // The consumer may have skipped some of it; the next entry lies behind it.
  await flow.skip();
}

async function kept({ name, bytes, modified }: ListedEntry, flow: Flow): Promise<ArchiveEntry> {
  const pieces: Uint8Array[] = [];
  for await (const piece of flow.take(bytes)) pieces.push(piece);
  return { kind: 'file', name, bytes, modified, content: fromWhole(pieces) };
}

async function* fromWhole(
  pieces: readonly Uint8Array[],
): AsyncGenerator<Uint8Array, void, undefined> {
  for (const piece of pieces) yield await Promise.resolve(piece);
}

/** The bytes of all entries as one stream. */
class Flow {
  readonly #extraction: Extraction;
  readonly #waiting: Uint8Array[] = [];
  #outcome: Promise<Outcome> | undefined;
  #ended: Outcome | undefined;
  #failed: { readonly error: unknown } | undefined;
  #wake: (() => void) | undefined;
  /** Of the entry whose turn it is. */
  #left = 0;
  #done = 0;

  constructor(extraction: Extraction) {
    this.#extraction = extraction;
  }

  /** The bytes of the entry whose turn it is, which it is from now on. */
  take(bytes: number): AsyncGenerator<Uint8Array, void, undefined> {
    this.#left = bytes;
    return this.#pieces();
  }

  async *#pieces(): AsyncGenerator<Uint8Array, void, undefined> {
    while (this.#left > 0) {
      const piece = await this.#next();
      if (piece === undefined) throw damaged('truncated');
      yield piece;
    }
  }

  async skip(): Promise<void> {
    while (this.#left > 0) if ((await this.#next()) === undefined) throw damaged('truncated');
  }

  async end(): Promise<void> {
    if (this.#extraction.total === 0) return;
    this.#left = Infinity;
    if ((await this.#next()) !== undefined) throw damaged('malformed');
  }

  /** Some of what is left of the entry; `undefined` at the successful end of everything. */
  async #next(): Promise<Uint8Array | undefined> {
    checkCancelled(this.#extraction.job);
    this.#outcome ??= this.#start();
    while (this.#waiting.length === 0) {
      if (this.#failed !== undefined) throw this.#failed.error;
      if (this.#ended?.success === true) return undefined;
      if (this.#ended !== undefined) throw await this.#extraction.failure(this.#ended);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const piece = this.#takePiece();
    this.#left -= piece.byteLength;
    this.#done += piece.byteLength;
    const { job, total } = this.#extraction;
    job.onProgress?.({ stage: 'open', bytes: this.#done, total });
    return piece;
  }

  #takePiece(): Uint8Array {
    const [piece = new Uint8Array()] = this.#waiting;
    if (piece.byteLength > this.#left) {
      this.#waiting[0] = piece.subarray(this.#left);
      this.#taken(this.#left);
      return piece.subarray(0, this.#left);
    }
    this.#waiting.shift();
    this.#taken(piece.byteLength);
    return piece;
  }

  #taken(bytes: number): void {
    Atomics.sub(this.#extraction.ahead, 0, bytes);
    Atomics.notify(this.#extraction.ahead, 0);
  }

  #start(): Promise<Outcome> {
    const outcome = this.#extraction.start((bytes) => {
      this.#waiting.push(bytes);
      this.#wake?.();
    });
    outcome.then(
      (ended) => {
        this.#ended = ended;
        this.#wake?.();
      },
      (error: unknown) => {
        this.#failed = { error };
        this.#wake?.();
      },
    );
    return outcome;
  }
}

function damaged(damage: 'truncated' | 'malformed'): AppError {
  return new AppError('bundle-damaged', { part: 'archive', damage });
}
