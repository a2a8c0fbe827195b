import { link, open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCode } from './fs-errors.ts';

/** What file systems without hard links (FAT, some network shares) answer to `link`. */
const NO_HARD_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EISDIR', 'UNKNOWN']);

/**
 * Whether `link` failed because the file system knows no hard links.
 *
 * @param error - what it threw
 */
export function lacksHardLinks(error: unknown): boolean {
  return NO_HARD_LINKS.has(systemCode(error) ?? '');
}

/**
 * Gives a finished file its final name, in the same file system, without ever replacing what is there.
 *
 * A hard link is the one atomic way to do that; where there are none, the name is claimed by an exclusively created empty file
 * that the rename then replaces.
 *
 * @param from - the finished file under its temporary name; it is gone afterwards
 * @param to - the final name
 * @throws the system's `EEXIST` when `to` is taken; whatever it throws, it leaves no file of its own under `to`
 */
export async function placeWithoutReplacing(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!lacksHardLinks(error)) throw error;
    const claim = await open(to, 'wx');
    await claim.close();
    await orRemove(to, rename(from, to));
    return;
  }
  await orRemove(to, unlink(from));
}

async function orRemove(path: string, step: Promise<void>): Promise<void> {
  try {
    await step;
  } catch (error) {
    await unlink(path).catch(() => undefined);
    throw error;
  }
}

/**
 * Flushes a folder's own entries, so that a name given survives a power cut. Windows has no such call; there it does nothing.
 *
 * @param path - the folder
 */
export async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r').catch((error: unknown) => {
    // A drop box may be written to and not be looked into; it is for the system to flush.
    if (systemCode(error) === 'EACCES') return undefined;
    throw error;
  });
  if (handle === undefined) return;
  try {
    await handle.sync();
  } catch (error) {
    // Some network file systems cannot flush a folder; their rename is as durable as they get.
    if (systemCode(error) !== 'EINVAL' && systemCode(error) !== 'ENOTSUP') throw error;
  } finally {
    await handle.close();
  }
}

/**
 * Flushes the folder that holds a path.
 *
 * @param path - a file or folder whose name was just given
 */
export async function flushParent(path: string): Promise<void> {
  await flushFolder(dirname(path));
}
