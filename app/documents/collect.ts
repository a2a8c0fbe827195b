import { lstatSync, statSync, type Stats } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { AppError, type SpecialKind } from '../contract/errors.ts';
import { checkCancelled, type Job } from '../contract/job.ts';
import type { DocumentSource } from '../contract/records.ts';
import { systemCode } from '../files/fs-errors.ts';
import { documentNameProblem, NameSet, nameProblem } from '../files/names.ts';
import { documentFromFile } from './read.ts';

/**
 * What the operating system strews about, and what a power cut left of Signet's own: of no use to a recipient, and it tells of
 * other files of the sender's.
 */
export const LITTER = /^(?:\.DS_Store|\._.*|Thumbs\.db|desktop\.ini|\.signet-.*)$/i;

/** What is to go into a bundle. */
export interface Collection {
  readonly documents: readonly DocumentSource[];
  /** Folders that hold no document, which would otherwise be lost. */
  readonly emptyFolders: readonly string[];
  /** What was left out: the operating system's own litter, by name inside the bundle. */
  readonly leftOut: readonly string[];
  /** Size of all documents together, in bytes. */
  readonly bytes: number;
}

/**
 * Finds the documents behind a list of paths: a file by its own name, a folder with all that is in it under its own name.
 * Names become Unicode NFC. A path that is itself a symbolic link is followed, because a person named it; inside a folder
 * a link could lead anywhere and is refused.
 *
 * @param paths - files and folders
 * @param job - may be cancelled
 * @throws `no-documents`, `document-missing`, `document-unreadable`, `document-special`, `document-name`, `document-duplicate`
 */
export async function collectDocuments(paths: readonly string[], job: Job): Promise<Collection> {
  const walk = new Walk(job);
  for (const path of paths) await walk.enter(path);
  if (walk.documents.length === 0 && walk.emptyFolders.length === 0)
    throw new AppError('no-documents', {});
  return {
    documents: walk.documents,
    emptyFolders: walk.emptyFolders,
    leftOut: walk.leftOut,
    bytes: walk.documents.reduce((sum, document) => sum + document.bytes, 0),
  };
}

class Walk {
  readonly documents: DocumentSource[] = [];
  readonly emptyFolders: string[] = [];
  readonly leftOut: string[] = [];
  readonly #names = new NameSet();
  /** The names of what was given itself. */
  readonly #given = new NameSet();
  readonly #job: Job;

  constructor(job: Job) {
    this.#job = job;
  }

  async enter(path: string): Promise<void> {
    const full = resolve(path);
    const name = basename(full).normalize('NFC');
    const problem = documentNameProblem(name);
    // Counted as files: two folders of one name given side by side would be mixed into one.
    const other = this.#given.add(name, 'file');
    if (other !== undefined) throw new AppError('document-duplicate', { name, other });
    await this.#visit(full, name, look(statSync, full, name), problem);
  }

  async #visit(
    path: string,
    name: string,
    stats: Stats,
    problem = nameProblem(name),
  ): Promise<void> {
    if (problem !== undefined) throw new AppError('document-name', { name, problem });
    if (stats.isDirectory()) {
      this.#claim(name, 'folder');
      await this.#enterFolder(path, name);
    } else if (stats.isFile()) {
      this.#claim(name, 'file');
      this.documents.push(documentFromFile(path, name, stats));
    } else {
      throw new AppError('document-special', { name, kind: specialKind(stats) });
    }
  }

  async #enterFolder(path: string, name: string): Promise<void> {
    checkCancelled(this.#job);
    let children: string[];
    try {
      children = await readdir(path);
    } catch (error) {
      throw lookError(error, name);
    }
    children.sort();
    const before = this.documents.length + this.emptyFolders.length;
    for (const child of children) {
      const childName = `${name}/${child.normalize('NFC')}`;
      if (LITTER.test(child)) {
        this.leftOut.push(childName);
        continue;
      }
      // Asked before the file system is, which cannot find a name that was not valid UTF-8.
      const problem = nameProblem(childName);
      if (problem !== undefined) throw new AppError('document-name', { name: childName, problem });
      const childPath = join(path, child);
      await this.#visit(childPath, childName, look(lstatSync, childPath, childName));
    }
    if (this.documents.length + this.emptyFolders.length === before) this.emptyFolders.push(name);
  }

  #claim(name: string, kind: 'file' | 'folder'): void {
    const other = this.#names.add(name, kind);
    if (other !== undefined) throw new AppError('document-duplicate', { name, other });
  }
}

function look(how: (path: string) => Stats, path: string, name: string): Stats {
  try {
    return how(path);
  } catch (error) {
    throw lookError(error, name);
  }
}

/**
 * Translates a failure to look at something that is to be sealed.
 *
 * @param error - what a file operation threw
 * @param name - the name inside the bundle
 * @returns `document-missing` or `document-unreadable`
 */
export function lookError(error: unknown, name: string): AppError {
  const missing = systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR';
  return new AppError(missing ? 'document-missing' : 'document-unreadable', { name }, error);
}

/**
 * What a thing is that is neither a file nor a folder.
 *
 * @param stats - of the thing
 */
export function specialKind(stats: Stats): SpecialKind {
  if (stats.isSymbolicLink()) return 'symbolic-link';
  if (stats.isFIFO()) return 'pipe';
  if (stats.isSocket()) return 'socket';
  if (stats.isBlockDevice() || stats.isCharacterDevice()) return 'device';
  return 'other';
}
