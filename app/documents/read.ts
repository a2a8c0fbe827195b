import { closeSync, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { AppError, isAppError } from '../contract/errors.ts';
import type { DocumentSource } from '../contract/records.ts';
import { systemCode } from '../files/fs-errors.ts';
import { READ_WITHOUT_WAITING } from '../files/read-flags.ts';
import { readAt, readPieces } from '../files/read-pieces.ts';

/**
 * Up to this size a document is read with synchronous calls: 10,000 small files are bound by the round trips of asynchronous
 * ones, while a single read of this size blocks for well under a millisecond.
 */
const WHOLE_BYTES = 256 * 1024;

/** For a look behind the announced end: what the system makes up while it is read, as under `/proc`, says that it is empty. */
const BEHIND = Buffer.alloc(1);

/**
 * A file on disk as a document. It is read once, and the file must stay as it was when it was looked at: size, time of last
 * change and identity are compared before and after, and it has to end where its size says.
 *
 * @param path - the file
 * @param name - its name inside the bundle
 * @param seen - what `lstat` said of it when it was collected
 */
export function documentFromFile(path: string, name: string, seen: Stats): DocumentSource {
  const changed = (now: Stats): boolean =>
    now.size !== seen.size ||
    now.mtimeMs !== seen.mtimeMs ||
    // Removed, or replaced by another of its name, while it was being read.
    (now.nlink === 0 && seen.nlink > 0) ||
    now.ino !== seen.ino ||
    now.dev !== seen.dev;
  const expectUnchanged = (now: Stats): void => {
    if (changed(now)) throw new AppError('document-changed', { name });
  };
  return {
    name,
    bytes: seen.size,
    modified: seen.mtime,
    readWhole: () => {
      if (seen.size > WHOLE_BYTES) return undefined;
      try {
        return readSmall(path, name, seen.size, expectUnchanged);
      } catch (error) {
        throw readError(error, name);
      }
    },
    read: () => readLarge(path, name, seen.size, expectUnchanged),
  };
}

function readError(error: unknown, name: string): AppError {
  if (isAppError(error)) return error;
  const code = systemCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new AppError('document-missing', { name }, error);
  return new AppError('document-unreadable', { name }, error);
}

function readSmall(
  path: string,
  name: string,
  size: number,
  expectUnchanged: (now: Stats) => void,
): Uint8Array {
  const descriptor = openSync(path, READ_WITHOUT_WAITING);
  try {
    expectUnchanged(fstatSync(descriptor));
    const bytes = Buffer.allocUnsafeSlow(size);
    let read = 0;
    while (read < size) {
      const count = readSync(descriptor, bytes, read, size - read, null);
      if (count === 0) break;
      read += count;
    }
    if (read < size || readSync(descriptor, BEHIND, 0, 1, null) > 0)
      throw new AppError('document-changed', { name });
    expectUnchanged(fstatSync(descriptor));
    return bytes;
  } finally {
    closeSync(descriptor);
  }
}

async function* readLarge(
  path: string,
  name: string,
  size: number,
  expectUnchanged: (now: Stats) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, READ_WITHOUT_WAITING);
    expectUnchanged(await handle.stat());
    let read = 0;
    for await (const piece of readPieces(handle, size)) {
      read += piece.byteLength;
      yield piece;
    }
    if (read !== size || (await readAt(handle, size, 1)).byteLength > 0)
      throw new AppError('document-changed', { name });
    expectUnchanged(await handle.stat());
  } catch (error) {
    throw readError(error, name);
  } finally {
    await handle?.close();
  }
}
