import { accessSync, constants, lstatSync, statSync, type Stats } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { AppError, isAppError, type SpecialKind } from '../contract/errors.ts';
import { checkCancelled, type Job } from '../contract/job.ts';
import { documentNameProblem } from '../files/names.ts';
import { LITTER, lookError, specialKind } from './collect.ts';

/** What keeps a thing that was found from being read. */
export type Fault =
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'special'; readonly special: SpecialKind };

/** One thing that was found. */
export interface SurveyedDocument {
  /** Where it lies, with the link resolved that the person may have named. */
  readonly path: string;
  /** The name inside the bundle, Unicode NFC; whether it will do is not judged here. */
  readonly name: string;
  /** A folder is listed when nothing in it is. */
  readonly kind: 'file' | 'folder';
  readonly bytes: number;
  readonly fault?: Fault;
}

/** What lies behind a path. */
export interface Survey {
  readonly documents: readonly SurveyedDocument[];
  /** How many pieces of the operating system's litter were left out. */
  readonly leftOut: number;
}

/** After so many things that were looked at synchronously, others get their turn. */
const TURN = 512;

/**
 * Finds what lies behind a path, as `collectDocuments` would, but for somebody who is still choosing: what could not be sealed is
 * found, too, with the reason.
 *
 * @param path - a file or folder; a symbolic link is followed, because a person named it
 * @param name - its name inside the bundle; with a folder in it, litter is left out as in a folder
 * @param limit - more things than this are refused
 * @param job - may be cancelled
 * @throws `too-many-documents`, `cancelled`
 */
export async function surveyDocuments(
  path: string,
  name: string,
  limit: number,
  job: Job,
): Promise<Survey> {
  // A browser hands over what lay in a folder file by file, and all of it.
  const slash = name.lastIndexOf('/');
  if (slash > 0 && LITTER.test(name.slice(slash + 1))) return { documents: [], leftOut: 1 };
  const walk = new Walk(limit, job);
  const full = await followed(resolve(path));
  await walk.visit(full, name.normalize('NFC'), statSync);
  return { documents: walk.documents, leftOut: walk.leftOut };
}

/** Only a link is resolved: everything else keeps the path under which the person knows it. */
async function followed(path: string): Promise<string> {
  try {
    return (await lstat(path)).isSymbolicLink() ? await realpath(path) : path;
  } catch {
    return path;
  }
}

class Walk {
  readonly documents: SurveyedDocument[] = [];
  leftOut = 0;
  readonly #limit: number;
  readonly #job: Job;
  #looked = 0;

  constructor(limit: number, job: Job) {
    this.#limit = limit;
    this.#job = job;
  }

  async visit(path: string, name: string, look: (path: string) => Stats): Promise<void> {
    this.#looked += 1;
    if (this.#looked % TURN === 0) await setImmediate();
    checkCancelled(this.#job);
    let stats: Stats;
    try {
      stats = look(path);
      if (stats.isFile()) accessSync(path, constants.R_OK);
    } catch (error) {
      this.#add({ path, name, kind: 'file', bytes: 0, fault: faultOf(error) });
      return;
    }
    if (stats.isDirectory()) await this.#enter(path, name);
    else if (stats.isFile()) this.#add({ path, name, kind: 'file', bytes: stats.size });
    else {
      const fault = { kind: 'special', special: specialKind(stats) } as const;
      this.#add({ path, name, kind: 'file', bytes: 0, fault });
    }
  }

  async #enter(path: string, name: string): Promise<void> {
    let children: string[];
    try {
      children = await readdir(path);
    } catch (error) {
      this.#add({ path, name, kind: 'folder', bytes: 0, fault: faultOf(error) });
      return;
    }
    // Deeper than any name may be long, there is nothing that could be sealed.
    if (documentNameProblem(name) === 'too-long') {
      this.#add({ path, name, kind: 'folder', bytes: 0 });
      return;
    }
    children.sort();
    const before = this.documents.length;
    for (const child of children) {
      if (LITTER.test(child)) this.leftOut += 1;
      else await this.visit(join(path, child), `${name}/${child.normalize('NFC')}`, lstatSync);
    }
    if (this.documents.length === before) this.#add({ path, name, kind: 'folder', bytes: 0 });
  }

  #add(document: SurveyedDocument): void {
    if (this.documents.length >= this.#limit)
      throw new AppError('too-many-documents', { limit: this.#limit });
    this.documents.push(document);
  }
}

function faultOf(error: unknown): Fault {
  return { kind: isAppError(lookError(error, ''), 'document-missing') ? 'missing' : 'unreadable' };
}
