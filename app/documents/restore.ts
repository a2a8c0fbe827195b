import { closeSync, futimesSync, openSync, writeSync } from 'node:fs';
import { lstat, mkdir, open, realpath, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { checkCancelled, type Job } from '../contract/job.ts';
import type { ArchiveEntry, ConflictPolicy, DocumentRecord } from '../contract/records.ts';
import { sha256, startDigest } from '../digest/digest.ts';
import { outputError, systemCode } from '../files/fs-errors.ts';
import { makeFolders, removeFolders } from '../files/make-folders.ts';
import { NameSet, nameProblem } from '../files/names.ts';
import { partialName, sweepPartials } from '../files/partial.ts';
import { placeTree, type PlacedTree } from './place-tree.ts';

/** Up to this size a document is written with synchronous calls, as small ones are read. */
const WHOLE_BYTES = 256 * 1024;
/** How much of a text entry (a note, a checksum file) is kept beside being written. */
const MAX_TEXT_BYTES = 16 * 1024 * 1024;

/** Documents that were taken out of an archive and wait, in a hidden folder, to be given their names. */
export interface StagedDocuments {
  /** In the order of the archive. */
  readonly documents: readonly DocumentRecord[];
  /** The text of entries that were asked for by name. */
  readonly texts: ReadonlyMap<string, string>;
  /**
   * Gives the documents their names, all or none.
   *
   * @returns the names under which they now lie, which a conflict policy may have changed; those skipped are not among them
   * @throws `output-exists`, `output-unsafe`, `output-unwritable`, `disk-full`, `cancelled`
   */
  place(): Promise<PlacedTree>;
  /** Removes everything that was staged. Harmless after `place`. */
  discard(): Promise<void>;
}

/** How to restore. */
export interface RestoreOptions {
  /** The folder; made when it does not exist. */
  readonly directory: string;
  readonly onConflict: ConflictPolicy;
  /** Names of entries whose text the caller wants, too. */
  readonly wantTexts: ReadonlySet<string>;
  /** More files and folders than this are refused, those counted that a name only implies. */
  readonly maxNames: number;
}

/**
 * Writes the entries of an archive into a hidden folder within the target, under their checked names. Nothing gets its final
 * place before `place` is called, which is for when the whole bundle was found authentic.
 *
 * @param entries - from an archive; names are judged here
 * @param options - where to
 * @param job - may be cancelled
 * @throws `unsafe-entry`, `duplicate-entry`, `too-many-entries`, `output-exists` early where the policy is to fail, `disk-full`, `output-unwritable`,
 * and whatever the entries throw; nothing is left then
 */
export async function stageDocuments(
  entries: AsyncIterable<ArchiveEntry>,
  options: RestoreOptions,
  job: Job,
): Promise<StagedDocuments> {
  // The note and the sums of another bundle in the same folder are no reason to fail, and not to be lost.
  const policy = (name: string): ConflictPolicy =>
    options.onConflict === 'fail' && options.wantTexts.has(name) ? 'keep' : options.onConflict;
  const target = await Target.open(options.directory);
  const names = new CheckedNames(options.maxNames);
  const documents: DocumentRecord[] = [];
  const texts = new Map<string, string>();
  try {
    for await (const entry of entries) {
      checkCancelled(job);
      names.add(entry);
      if (entry.kind === 'folder') {
        await target.makeFolder(entry.name);
        continue;
      }
      if (policy(entry.name) === 'fail') await target.expectFree(entry.name);
      const keepText = options.wantTexts.has(entry.name) && entry.bytes <= MAX_TEXT_BYTES;
      const { record, text } = await target.write(entry, keepText, job);
      documents.push(record);
      if (text !== undefined) texts.set(entry.name, text);
    }
  } catch (error) {
    await target.discard();
    throw error;
  }
  return {
    documents,
    texts,
    place: () => target.place(policy, job),
    discard: () => target.discard(),
  };
}

/**
 * Reads the entries of an archive without writing anything, for a listing. Names are judged as they would be for restoring.
 *
 * @param entries - from an archive
 * @param options - what to tell, and how many names to accept
 * @param job - may be cancelled
 * @throws `unsafe-entry`, `duplicate-entry`, `too-many-entries`, and whatever the entries throw
 */
export async function listDocuments(
  entries: AsyncIterable<ArchiveEntry>,
  { wantTexts, maxNames }: Pick<RestoreOptions, 'wantTexts' | 'maxNames'>,
  job: Job,
): Promise<{ documents: DocumentRecord[]; texts: Map<string, string> }> {
  const names = new CheckedNames(maxNames);
  const documents: DocumentRecord[] = [];
  const texts = new Map<string, string>();
  for await (const entry of entries) {
    checkCancelled(job);
    names.add(entry);
    if (entry.kind === 'folder') continue;
    const keep = wantTexts.has(entry.name) && entry.bytes <= MAX_TEXT_BYTES;
    const kept: Uint8Array[] = [];
    const digest = startDigest(entry.bytes);
    try {
      let bytes = 0;
      for await (const piece of entry.content) {
        checkCancelled(job);
        await digest.update(piece);
        bytes += piece.byteLength;
        if (keep) kept.push(piece);
      }
      documents.push({ name: entry.name, bytes, sha256: await digest.finish() });
    } finally {
      digest.abandon();
    }
    if (keep) texts.set(entry.name, Buffer.concat(kept).toString());
  }
  return { documents, texts };
}

class CheckedNames {
  readonly #names = new NameSet();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add({ name, kind }: ArchiveEntry): void {
    const problem = nameProblem(name);
    if (problem !== undefined) throw new AppError('unsafe-entry', { name, problem });
    const other = this.#names.add(name, kind);
    if (other !== undefined) throw new AppError('duplicate-entry', { name, other });
    // Two blocks of an archive can imply five hundred folders.
    if (this.#names.size > this.#limit)
      throw new AppError('too-many-entries', { limit: this.#limit });
  }
}

class Target {
  /** The chosen folder, links in its path resolved once, so that they cannot be exchanged later. */
  readonly #directory: string;
  readonly #staging: string;
  /** The folders that had to be made to have the target. */
  readonly #made: readonly string[];
  readonly #folders = new Set<string>();
  /** Outermost names that were not there. */
  readonly #free = new Set<string>();

  private constructor(directory: string, staging: string, made: readonly string[]) {
    this.#directory = directory;
    this.#staging = staging;
    this.#made = made;
  }

  static async open(path: string): Promise<Target> {
    let made: readonly string[] = [];
    try {
      made = await makeFolders(resolve(path));
      const directory = await realpath(path);
      await sweepPartials(directory);
      const staging = join(directory, partialName());
      await mkdir(staging, { mode: 0o700 });
      return new Target(directory, staging, made);
    } catch (error) {
      await removeFolders(made);
      throw outputError(error, path);
    }
  }

  async expectFree(name: string): Promise<void> {
    const first = name.slice(0, (name.indexOf('/') + 1 || name.length + 1) - 1);
    // Where the outermost folder is not there, nothing in it is: one look serves ten thousand documents.
    if (this.#free.has(first) || (await this.#isFree(first))) {
      this.#free.add(first);
      return;
    }
    if (!(await this.#isFree(name)))
      throw new AppError('output-exists', { path: join(this.#directory, name) });
  }

  async #isFree(name: string): Promise<boolean> {
    const path = join(this.#directory, name);
    try {
      await lstat(path);
      return false;
    } catch (error) {
      if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return true;
      throw outputError(error, path);
    }
  }

  async makeFolder(name: string): Promise<void> {
    if (this.#folders.has(name)) return;
    await mkdir(join(this.#staging, name), { recursive: true }).catch((error: unknown) => {
      throw outputError(error, join(this.#directory, name));
    });
    this.#folders.add(name);
  }

  async write(
    entry: Extract<ArchiveEntry, { kind: 'file' }>,
    keepText: boolean,
    job: Job,
  ): Promise<{ record: DocumentRecord; text: string | undefined }> {
    const parent = dirname(entry.name);
    if (parent !== '.') await this.makeFolder(parent);
    const path = join(this.#staging, entry.name);
    try {
      if (entry.bytes > WHOLE_BYTES && !keepText)
        return { record: await writeLarge(path, entry, job), text: undefined };
      const pieces: Uint8Array[] = [];
      for await (const piece of entry.content) pieces.push(piece);
      const content = Buffer.concat(pieces);
      writeSmall(path, content, entry.modified);
      return {
        record: { name: entry.name, bytes: content.byteLength, sha256: sha256(content) },
        text: keepText ? content.toString() : undefined,
      };
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
      // The name that it would have had: the hidden one says nothing to a person.
      throw outputError(error, join(this.#directory, entry.name));
    }
  }

  async place(policy: (name: string) => ConflictPolicy, job: Job): Promise<PlacedTree> {
    try {
      const placed = await placeTree(this.#staging, this.#directory, policy, job);
      await rm(this.#staging, { recursive: true, force: true });
      return placed;
    } catch (error) {
      await this.discard();
      throw error;
    }
  }

  async discard(): Promise<void> {
    await rm(this.#staging, { recursive: true, force: true }).catch(() => undefined);
    await removeFolders(this.#made);
  }
}

function writeSmall(path: string, content: Uint8Array, modified: Date): void {
  const descriptor = openSync(path, 'wx');
  try {
    for (let offset = 0; offset < content.byteLength;)
      offset += writeSync(descriptor, content, offset);
    futimesSync(descriptor, modified, modified);
  } finally {
    closeSync(descriptor);
  }
}

async function writeLarge(
  path: string,
  entry: Extract<ArchiveEntry, { kind: 'file' }>,
  job: Job,
): Promise<DocumentRecord> {
  const digest = startDigest(entry.bytes);
  try {
    const handle = await open(path, 'wx');
    let bytes = 0;
    let writing: Promise<unknown> = Promise.resolve();
    try {
      // One write is under way while the next piece is being opened.
      for await (const piece of entry.content) {
        checkCancelled(job);
        await digest.update(piece);
        await writing;
        writing = handle.writeFile(piece);
        writing.catch(() => undefined);
        bytes += piece.byteLength;
      }
      await writing;
      await handle.utimes(entry.modified, entry.modified);
    } finally {
      await writing.catch(() => undefined);
      await handle.close();
    }
    return { name: entry.name, bytes, sha256: await digest.finish() };
  } finally {
    digest.abandon();
  }
}
