import { lstat, open, readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { checkCancelled, type Job } from '../contract/job.ts';
import type { InboxItem } from '../contract/records.ts';
import { bundleReadError, outputError, systemCode } from '../files/fs-errors.ts';
import { READ_WITHOUT_WAITING } from '../files/read-flags.ts';
import { readPieces } from '../files/read-pieces.ts';
import type { Fetched, Inbox } from './inbox.ts';

/**
 * A folder as an inbox: its files, not those of its subfolders.
 *
 * @param directory - the folder
 */
export function folderInbox(directory: string): Inbox {
  return {
    list: (job) => list(directory, job),
    fetch: (name) => fetch(directory, name),
    delete: async (name) => {
      const path = join(directory, name);
      try {
        await unlink(path);
      } catch (error) {
        throw systemCode(error) === 'ENOENT'
          ? bundleReadError(error, path)
          : outputError(error, path);
      }
    },
    close: () => undefined,
  };
}

async function list(directory: string, job: Job): Promise<InboxItem[]> {
  const names = await readdir(directory).catch((error: unknown) => {
    throw bundleReadError(error, directory);
  });
  const items: InboxItem[] = [];
  for (const name of names) {
    checkCancelled(job);
    if (name.startsWith('.')) continue;
    const location = join(directory, name);
    const stats = await lstat(location).catch(() => undefined);
    if (stats?.isFile() === true)
      items.push({ location, name, bytes: stats.size, received: stats.mtime });
  }
  return items.sort((a, b) => b.received.getTime() - a.received.getTime());
}

async function fetch(directory: string, name: string): Promise<Fetched> {
  const path = join(directory, name);
  const stats = await stat(path).catch((error: unknown) => {
    throw bundleReadError(error, path);
  });
  if (stats.isDirectory()) throw new AppError('not-a-bundle', { path, found: 'folder' });
  if (!stats.isFile()) throw new AppError('not-a-bundle', { path, found: 'other' });
  const { size } = stats;
  // Opened only when somebody reads, so that nobody who does not has to close it.
  async function* content(): AsyncGenerator<Uint8Array, void, undefined> {
    const handle = await open(path, READ_WITHOUT_WAITING).catch((error: unknown) => {
      throw bundleReadError(error, path);
    });
    try {
      if (!(await handle.stat()).isFile())
        throw new AppError('not-a-bundle', { path, found: 'other' });
      let read = 0;
      for await (const piece of readPieces(handle, size)) {
        read += piece.byteLength;
        yield piece;
      }
      if (read !== size || (await handle.stat()).size !== size)
        throw new AppError('bundle-unreadable', { path });
    } catch (error) {
      throw bundleReadError(error, path);
    } finally {
      await handle.close();
    }
  }
  return { name, bytes: size, content: content(), evidence: () => [] };
}
