import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { bundleReadError } from './fs-errors.ts';
import { READ_WITHOUT_WAITING } from './read-flags.ts';
import { pieces, readAt } from './read-pieces.ts';

/** A bundle on disk, open for reading, in one piece or in volumes. */
export interface BundleFile {
  /** Its path; that of the first volume. */
  readonly path: string;
  /** Its file name, without a volume's number. */
  readonly name: string;
  /** Size in bytes, of all volumes together. */
  readonly bytes: number;
  readonly modified: Date;
  /** The files that it consists of, in order. */
  readonly parts: readonly BundlePartFile[];
  /**
   * Reads a range, one piece ahead of whoever takes them.
   *
   * @param start - first byte; 0 unless given
   * @param end - byte behind the last; the end of the bundle unless given
   * @returns pieces, each a buffer of its own
   */
  content(start?: number, end?: number): AsyncGenerator<Uint8Array, void, undefined>;
  /** Reads `length` bytes at `position`; fewer where the bundle ends before. */
  read(position: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** One file of a bundle. */
export interface BundlePartFile {
  readonly path: string;
  /** Size in bytes. */
  readonly bytes: number;
}

/**
 * Opens a bundle that is one file.
 *
 * @param path - the file
 * @throws `bundle-missing`, `bundle-unreadable`, `not-a-bundle` for a folder, a pipe or a device, and an empty file
 */
export async function openBundleFile(path: string): Promise<BundleFile> {
  const handle = await open(path, READ_WITHOUT_WAITING).catch((error: unknown) => {
    throw bundleReadError(error, path);
  });
  try {
    const stats = await handle.stat();
    if (stats.isDirectory()) throw new AppError('not-a-bundle', { path, found: 'folder' });
    if (!stats.isFile()) throw new AppError('not-a-bundle', { path, found: 'other' });
    if (stats.size === 0) throw new AppError('not-a-bundle', { path, found: 'empty' });
    const bytes = stats.size;
    const read = (position: number, length: number): Promise<Uint8Array> =>
      readAt(handle, position, Math.max(0, Math.min(length, bytes - position)));
    return {
      path,
      name: basename(path),
      bytes,
      modified: stats.mtime,
      parts: [{ path, bytes }],
      read,
      content: (start = 0, end = bytes) => pieces(read, start, Math.min(end, bytes)),
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw bundleReadError(error, path);
  }
}
