import { mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import type { FolderListing, Grant } from '../contract/views.ts';
import { outputError } from '../files/fs-errors.ts';
import { nameProblem } from '../files/names.ts';
import type { Grants } from './grants.ts';

/** Nobody picks from more. */
const MAX_FOLDERS = 2000;

/**
 * What a folder picker shows of a folder: the folders in it, and the way up. The person sits at this machine, so the way up leads
 * as far as it goes; but only folders are shown, and only those that were shown can be chosen.
 *
 * @param grants - takes what is shown
 * @param path - of the folder
 * @throws `folder-unreadable`
 */
export async function listFolder(grants: Grants, path: string): Promise<FolderListing> {
  const names = await foldersIn(path).catch((error: unknown) => {
    throw new AppError('folder-unreadable', { path }, error);
  });
  const parent = dirname(path);
  return {
    folder: grants.giveFolder(path),
    path,
    parent: parent === path ? null : grants.giveFolder(parent),
    folders: names.map((name) => grants.giveFolder(join(path, name))),
  };
}

async function foldersIn(path: string): Promise<string[]> {
  const names: string[] = [];
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (entry.name.startsWith('.') || entry.name.includes('\ufffd')) continue;
    if (entry.isDirectory()) names.push(entry.name);
    else if (entry.isSymbolicLink() && (await leadsToFolder(join(path, entry.name))))
      names.push(entry.name);
  }
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  return names.sort(compare).slice(0, MAX_FOLDERS);
}

async function leadsToFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

/**
 * Makes a folder.
 *
 * @param grants - takes it
 * @param parent - where
 * @param name - by the rules for names in a bundle, which hold on every system
 * @throws `document-name`, `output-exists`, `output-missing`, `output-unwritable`, `disk-full`
 */
export async function makeFolder(grants: Grants, parent: string, name: string): Promise<Grant> {
  const problem = name.includes('/') ? 'absolute' : nameProblem(name);
  if (problem !== undefined) throw new AppError('document-name', { name, problem });
  const path = join(parent, name);
  await mkdir(path).catch((error: unknown) => {
    throw outputError(error, path);
  });
  return grants.giveFolder(path);
}
