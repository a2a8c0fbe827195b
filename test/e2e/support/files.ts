import { hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** SHA-256 in lower-case hex, by name. */
export type Digests = Record<string, string>;

/** SHA-256 in lower-case hex. */
export function sha256(bytes: Uint8Array | string): string {
  return hash('sha256', bytes);
}

/**
 * The digests of contents, as `digestsUnder` has them.
 *
 * @param contents - by name
 */
export function digestsOf(contents: Readonly<Record<string, Uint8Array | string>>): Digests {
  return Object.fromEntries(Object.entries(contents).map(([name, bytes]) => [name, sha256(bytes)]));
}

/**
 * The digest of every file under a folder, by relative name.
 *
 * @param folder - to read
 */
export async function digestsUnder(folder: string): Promise<Digests> {
  const digests: Digests = {};
  for (const name of await namesUnder(folder))
    digests[name] = sha256(await readFile(join(folder, name)));
  return digests;
}

/**
 * The name of every file under a folder, hidden and half-made ones included, with `/` between folders.
 *
 * @param folder - to read
 */
export async function namesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
