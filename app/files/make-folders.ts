import { mkdir, rmdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCode } from './fs-errors.ts';

/**
 * Makes a folder and those above it that are missing.
 *
 * @param path - the folder, an absolute path
 * @returns the folders that were made, the innermost first; none when it was there
 * @throws what the system throws; the folders that were made by then are gone again
 */
export async function makeFolders(path: string): Promise<string[]> {
  const made: string[] = [];
  try {
    await make(path, made);
  } catch (error) {
    await removeFolders(made);
    throw error;
  }
  return made;
}

async function make(path: string, made: string[]): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT' || dirname(path) === path) {
      if (await isFolder(path)) return;
      throw error;
    }
    await make(dirname(path), made);
    await mkdir(path);
  }
  made.unshift(path);
}

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

/**
 * Takes back what `makeFolders` did, as far as the folders are empty: others may have put something there.
 *
 * @param made - what `makeFolders` returned
 */
export async function removeFolders(made: readonly string[]): Promise<void> {
  for (const path of made) await rmdir(path).catch(() => undefined);
}
