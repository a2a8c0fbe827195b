import { closeSync, futimesSync, openSync, writeSync } from 'node:fs';
import { lstat, mkdir, open, realpath, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { checkCancelled, type Job } from '../contract/job.ts';
import type { ArchiveEntry, ConflictPolicy, DocumentRecord } from '../contract/records.ts';
import { sha256, startDigest } from '../digest/digest.ts';
import { outputError, systemCode } from '../files/fs-errors.ts';
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
}

/**
 * Writes the entries of an archive into a hidden folder within the target, under their checked names. Nothing gets its final
 * place before `place` is called, which is for when the whole bundle was found authentic.
 *
 * @param entries - from an archive; names are judged here
 * @param options - where to
 * @param job - may be cancelled
 * @throws `unsafe-entry`, `duplicate-entry`, `output-exists` early where the policy is to fail, `disk-full`, `output-unwritable`,
 * and whatever the entries throw; nothing is left then
 */
export async function stageDocuments(
  entries: AsyncIterable<ArchiveEntry>,
  options: RestoreOptions,
  job: Job,
): Promise<StagedDocuments> {
  const target = await Target.open(options.directory);
  const names = new NameSet();
  const documents: DocumentRecord[] = [];
  const texts = new Map<string, string>();
  try {
    for await (const entry of entries) {
      checkCancelled(job);
      checkName(entry, names);
      if (entry.kind === 'folder') {
        await target.makeFolder(entry.name);
        continue;
      }
      if (options.onConflict === 'fail') await target.expectFree(entry.name);
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
    place: () => target.place(options.onConflict, job),
    discard: () => target.discard(),
  };
}

/**
 * Reads the entries of an archive without writing anything, for a listing. Names are judged as they would be for restoring.
 *
 * @param entries - from an archive
 * @param wantTexts - names of entries whose text the caller wants
 * @param job - may be cancelled
 * @throws `unsafe-entry`, `duplicate-entry`, and whatever the entries throw
 */
export async function listDocuments(
  entries: AsyncIterable<ArchiveEntry>,
  wantTexts: ReadonlySet<string>,
  job: Job,
): Promise<{ documents: DocumentRecord[]; texts: Map<string, string> }> {
  const names = new NameSet();
  const documents: DocumentRecord[] = [];
  const texts = new Map<string, string>();
  for await (const entry of entries) {
    checkCancelled(job);
    checkName(entry, names);
    if (entry.kind === 'folder') continue;
    const keep = wantTexts.has(entry.name) && entry.bytes <= MAX_TEXT_BYTES;
    const kept: Uint8Array[] = [];
    const digest = startDigest(entry.bytes);
    try {
      for await (const piece of entry.content) {
        checkCancelled(job);
        await digest.update(piece);
        if (keep) kept.push(piece);
      }
      documents.push({ name: entry.name, bytes: entry.bytes, sha256: await digest.finish() });
    } finally {
      digest.abandon();
    }
    if (keep) texts.set(entry.name, Buffer.concat(kept).toString());
  }
  return { documents, texts };
}

function checkName(entry: ArchiveEntry, names: NameSet): void {
  const { name, kind } = entry;
  const problem = nameProblem(name);
  if (problem !== undefined) throw new AppError('unsafe-entry', { name, problem });
  const other = names.add(name, kind);
  if (other !== undefined) throw new AppError('duplicate-entry', { name, other });
}

class Target {
  /** The chosen folder, links in its path resolved once, so that they cannot be exchanged later. */
  readonly #directory: string;
  readonly #staging: string;
  /** The folders that had to be made to have the target, outermost first. */
  readonly #made: string | undefined;
  readonly #folders = new Set<string>();

  private constructor(directory: string, staging: string, made: string | undefined) {
    this.#directory = directory;
    this.#staging = staging;
    this.#made = made;
  }

  static async open(path: string): Promise<Target> {
    try {
      const first = await mkdir(path, { recursive: true });
      const made = first === undefined ? undefined : await realpath(first);
      const directory = await realpath(path);
      await sweepPartials(directory);
      const staging = join(directory, partialName());
      await mkdir(staging, { mode: 0o700 });
      return new Target(directory, staging, made);
    } catch (error) {
      throw outputError(error, path);
    }
  }

  async expectFree(name: string): Promise<void> {
    const path = join(this.#directory, name);
    try {
      await lstat(path);
    } catch (error) {
      if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return;
      throw outputError(error, path);
    }
    throw new AppError('output-exists', { path });
  }

  async makeFolder(name: string): Promise<void> {
    if (this.#folders.has(name)) return;
    const path = join(this.#staging, name);
    await mkdir(path, { recursive: true }).catch((error: unknown) => {
      throw outputError(error, path);
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
    if (entry.bytes > WHOLE_BYTES && !keepText)
      return { record: await writeLarge(path, entry, job), text: undefined };
    const pieces: Uint8Array[] = [];
    for await (const piece of entry.content) pieces.push(piece);
    const content = Buffer.concat(pieces);
    try {
      writeSmall(path, content, entry.modified);
    } catch (error) {
      throw outputError(error, path);
    }
    return {
      record: { name: entry.name, bytes: content.byteLength, sha256: sha256(content) },
      text: keepText ? content.toString() : undefined,
    };
  }

  async place(policy: ConflictPolicy, job: Job): Promise<PlacedTree> {
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
    if (this.#made === undefined) return;
    // Only folders that are empty again go; `rmdir` refuses any other.
    for (let path = this.#directory; path.startsWith(this.#made); path = dirname(path)) {
      const gone = await rmdir(path).then(
        () => true,
        () => false,
      );
      if (!gone) return;
    }
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
  } catch (error) {
    throw systemCode(error) === undefined ? error : outputError(error, path);
  } finally {
    digest.abandon();
  }
}
