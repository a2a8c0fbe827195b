import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { mediaType } from '../node/page-policy.ts';

/** One file of the page. */
export interface PageFile {
  readonly body: Buffer;
  readonly mediaType: string;
}

/**
 * Reads the page into memory. What is served is looked up by its whole path in this list, so that no path is ever made of what
 * somebody asks for.
 *
 * @param folder - what was built of `renderer/`
 * @returns by path, `/` for the page itself; nothing when there is no such folder
 */
export async function readPageFiles(folder: string): Promise<ReadonlyMap<string, PageFile>> {
  const files = new Map<string, PageFile>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const type = mediaType(entry.name);
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path).split(sep).map(encodeURIComponent).join('/');
    files.set(`/${name}`, { body: await readFile(path), mediaType: type });
  }
  const index = files.get('/index.html');
  if (index !== undefined) files.set('/', index);
  return files;
}
