import { randomBytes } from 'node:crypto';
import { link, lstat, mkdir, open, readdir, rename, rmdir, unlink } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { checkCancelled, type Job } from '../contract/job.ts';
import type { ConflictPolicy } from '../contract/records.ts';
import { outputError, systemCode } from '../files/fs-errors.ts';
import { MAX_SEGMENT_BYTES } from '../files/names.ts';
import { flushFolder, lacksHardLinks, placeWithoutReplacing } from '../files/place.ts';

/** Under which name each document now lies, by its name in the bundle; skipped ones are absent. */
export type PlacedTree = ReadonlyMap<string, string>;

/** Flushes under way at once: as many as Node has threads for them. */
const CONCURRENT_FLUSHES = 4;
/** "Keep both" gives up behind `name (999).pdf`. */
const MAX_COPIES = 999;

/**
 * Moves a staged tree into a folder of the same file system, merging folders and treating files that are already there by the
 * policy. All or nothing: on any failure what was moved goes away again and what was replaced comes back.
 *
 * @param from - the staged tree
 * @param to - the folder, an absolute path without links
 * @param policy - for a file that is already there, by its name in the bundle
 * @param job - may be cancelled between files
 * @throws `output-exists`, `output-unsafe` where a link or a file stands in the way of a folder, `output-unwritable`, `disk-full`
 */
export async function placeTree(
  from: string,
  to: string,
  policy: (name: string) => ConflictPolicy,
  job: Job,
): Promise<PlacedTree> {
  const move = new Move(policy, job);
  try {
    await flushFiles(from, job);
    await move.folder(from, to, '');
    await move.finish(to);
    return move.placed;
  } catch (error) {
    await move.undo();
    throw outputError(error, to);
  }
}

async function flushFiles(from: string, job: Job): Promise<void> {
  job.onProgress?.({ stage: 'place', bytes: 0 });
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  let next = 0;
  const flushNext = async (): Promise<void> => {
    for (let file = files[next]; file !== undefined; file = files[next]) {
      next += 1;
      checkCancelled(job);
      await flushFile(join(file.parentPath, file.name)).catch((error: unknown) => {
        next = files.length;
        throw error;
      });
    }
  };
  const flushers = Array.from({ length: CONCURRENT_FLUSHES }, flushNext);
  // All are over before a failure is told: what they hold open cannot be removed everywhere.
  await Promise.allSettled(flushers);
  await Promise.all(flushers);
}

async function flushFile(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

class Move {
  readonly placed = new Map<string, string>();
  readonly #policy: (name: string) => ConflictPolicy;
  readonly #job: Job;
  readonly #touched = new Set<string>();
  /** How to take each step back, in the order of the steps. */
  readonly #undo: (() => Promise<unknown>)[] = [];
  /** Replaced files, aside until all is done. */
  readonly #aside: string[] = [];

  constructor(policy: (name: string) => ConflictPolicy, job: Job) {
    this.#policy = policy;
    this.#job = job;
  }

  async folder(from: string, to: string, prefix: string, toPrefix = prefix): Promise<void> {
    this.#touched.add(to);
    for (const entry of await readdir(from, { withFileTypes: true })) {
      checkCancelled(this.#job);
      const source = join(from, entry.name);
      const target = join(to, entry.name);
      const name = `${prefix}${entry.name}`;
      const placedName = `${toPrefix}${entry.name}`;
      if (!entry.isDirectory()) await this.#file(source, to, entry.name, name, toPrefix);
      else if (await isFree(target)) await this.#wholeFolder(source, target, name, placedName);
      else {
        if (!(await lstat(target)).isDirectory())
          throw new AppError('output-unsafe', { path: target });
        await this.folder(source, target, `${name}/`, `${placedName}/`);
      }
    }
  }

  /** A folder whose name is free goes in one step, however much is in it. */
  async #wholeFolder(
    source: string,
    target: string,
    name: string,
    placedName: string,
  ): Promise<void> {
    const inside = await readdir(source, { recursive: true, withFileTypes: true });
    // Claimed first: a rename onto an empty folder succeeds, one onto anything else fails. On Windows it never replaces.
    if (process.platform !== 'win32') {
      await mkdir(target);
      this.#undo.push(() => rmdir(target));
    }
    await rename(source, target);
    if (process.platform !== 'win32') this.#undo.pop();
    this.#undo.push(() => rename(target, source));
    for (const entry of inside) {
      const path = join(entry.parentPath, entry.name).slice(source.length).replaceAll('\\', '/');
      if (entry.isFile()) this.placed.set(`${name}${path}`, `${placedName}${path}`);
      else this.#touched.add(`${target}${path}`);
    }
    this.#touched.add(target);
  }

  async #file(
    source: string,
    to: string,
    wanted: string,
    name: string,
    toPrefix: string,
  ): Promise<void> {
    for (let copy = 1; copy <= MAX_COPIES; copy += 1) {
      const placedName = copy === 1 ? wanted : numbered(wanted, copy);
      const target = join(to, placedName);
      try {
        await placeWithoutReplacing(source, target);
        this.#undo.push(() => unlink(target));
        this.placed.set(name, `${toPrefix}${placedName}`);
        return;
      } catch (error) {
        if (systemCode(error) !== 'EEXIST') throw error;
      }
      switch (this.#policy(name)) {
        case 'fail':
          throw new AppError('output-exists', { path: target });
        case 'skip':
          return;
        case 'replace':
          await this.#replace(source, to, target);
          this.placed.set(name, `${toPrefix}${placedName}`);
          return;
        case 'keep':
      }
    }
    throw new AppError('output-exists', { path: join(to, wanted) });
  }

  async #replace(source: string, to: string, target: string): Promise<void> {
    if (!(await lstat(target)).isFile()) throw new AppError('output-unsafe', { path: target });
    // Not named like a partial: after a power cut it may be the only copy, and must not be swept away.
    const aside = join(to, `.signet-replaced-${randomBytes(6).toString('hex')}`);
    // A second name for the old file, so that there is no moment without a file under the first.
    await link(target, aside).catch(async (error: unknown) => {
      if (!lacksHardLinks(error)) throw error;
      await rename(target, aside);
    });
    this.#undo.push(async () => {
      await rename(aside, target);
      // Where both still name the same file, POSIX has the rename do nothing.
      await unlink(aside).catch(() => undefined);
    });
    await rename(source, target);
    this.#aside.push(aside);
  }

  async finish(to: string): Promise<void> {
    this.#touched.add(to);
    for (const folder of this.#touched) await flushFolder(folder);
    // All is in place and durable: an old file that cannot be cleared away is no reason to take anything back.
    for (const path of this.#aside) await unlink(path).catch(() => undefined);
  }

  async undo(): Promise<void> {
    for (const step of this.#undo.reverse()) await step().catch(() => undefined);
  }
}

async function isFree(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return false;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return true;
    throw error;
  }
}

/** A number before the extension; of a long name, the end of what stands before it gives way. */
function numbered(name: string, copy: number): string {
  const number = ` (${String(copy)})`;
  const extension = extname(name);
  const room = MAX_SEGMENT_BYTES - Buffer.byteLength(number + extension);
  const stem = startOf(name.slice(0, name.length - extension.length), room);
  // An extension that leaves no room for anything else is none.
  if (stem === '') return startOf(name, MAX_SEGMENT_BYTES - number.length) + number;
  return `${stem}${number}${extension}`;
}

/** As many whole code points as fit. */
function startOf(text: string, mostBytes: number): string {
  if (Buffer.byteLength(text) <= mostBytes) return text;
  let start = '';
  let bytes = 0;
  for (const point of text) {
    bytes += Buffer.byteLength(point);
    if (bytes > mostBytes) break;
    start += point;
  }
  return start;
}
