import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { partialName, sweepPartials } from './partial.ts';
import { flushFolder } from './place.ts';

/**
 * Gives a file new content, all of it or none: whoever reads it, even after a power cut, finds the old or the new. Only its owner
 * may read it.
 *
 * @param directory - the folder, which must exist
 * @param name - of the file in it
 * @param content - all of it
 * @throws what the system throws
 */
export async function replaceFile(directory: string, name: string, content: string): Promise<void> {
  await sweepPartials(directory);
  const temporary = join(directory, partialName());
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, join(directory, name));
    await flushFolder(directory);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}
