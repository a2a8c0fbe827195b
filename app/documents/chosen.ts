import { lstatSync, type Stats } from 'node:fs';
import { AppError } from '../contract/errors.ts';
import { checkCancelled, type Job } from '../contract/job.ts';
import type { DocumentSource } from '../contract/records.ts';
import { documentNameProblem, NameSet } from '../files/names.ts';
import { lookError, specialKind, type Collection } from './collect.ts';
import { documentFromFile } from './read.ts';

/** One document that was chosen, under the name that the person gave it. */
export interface ChosenDocument {
  /** Where it lies; a symbolic link is refused, because whoever chose it has followed it already. */
  readonly path: string;
  /** The name inside the bundle: relative, `/` between folders. */
  readonly name: string;
  /** A folder stands for itself alone, not for what is in it. */
  readonly kind: 'file' | 'folder';
}

/**
 * Takes exactly the documents that are named, each under its own name. Names become Unicode NFC.
 *
 * @param chosen - the documents
 * @param job - may be cancelled
 * @throws `no-documents`, `document-missing`, `document-unreadable`, `document-special`, `document-name`, `document-duplicate`
 */
export function collectChosen(chosen: readonly ChosenDocument[], job: Job): Collection {
  if (chosen.length === 0) throw new AppError('no-documents', {});
  const names = new NameSet();
  const documents: DocumentSource[] = [];
  const emptyFolders: string[] = [];
  for (const { path, name: given, kind } of chosen) {
    checkCancelled(job);
    const name = given.normalize('NFC');
    const problem = documentNameProblem(name);
    if (problem !== undefined) throw new AppError('document-name', { name, problem });
    const other = names.add(name, kind);
    if (other !== undefined) throw new AppError('document-duplicate', { name, other });
    const stats = look(path, name);
    if (kind === 'file' && stats.isFile()) documents.push(documentFromFile(path, name, stats));
    else if (kind === 'folder' && stats.isDirectory()) emptyFolders.push(name);
    // What was a file is a folder now, or the other way round.
    else if (stats.isFile() || stats.isDirectory())
      throw new AppError('document-changed', { name });
    else throw new AppError('document-special', { name, kind: specialKind(stats) });
  }
  const bytes = documents.reduce((sum, document) => sum + document.bytes, 0);
  return { documents, emptyFolders, leftOut: [], bytes };
}

function look(path: string, name: string): Stats {
  try {
    return lstatSync(path);
  } catch (error) {
    throw lookError(error, name);
  }
}
