import { open, type FileHandle } from 'node:fs/promises';
import type { BundleFile } from '../../files/bundle-file.ts';
import { bundleReadError } from '../../files/fs-errors.ts';
import type { ReadAt } from './head.ts';
import type { OpenPart } from './messages.ts';

/** An archive that lies in open files. */
export interface ArchiveFile {
  /** Its path, for a person. */
  readonly path: string;
  readonly parts: readonly OpenPart[];
  /** Size in bytes. */
  readonly bytes: number;
  /** Reads `length` bytes at `position`; fewer where the archive ends before. */
  readonly read: ReadAt;
  close(): Promise<void>;
}

/**
 * Opens the files of a bundle once more, for the thread that reads them synchronously.
 *
 * @param file - the bundle
 * @throws `bundle-missing`, `bundle-unreadable`
 */
export async function openArchiveFile(file: BundleFile): Promise<ArchiveFile> {
  const handles: FileHandle[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(handles.map((handle) => handle.close()));
  };
  const opened: OpenPart[] = [];
  for (const part of file.parts) {
    const handle = await open(part.path, 'r').catch(async (error: unknown) => {
      await close();
      throw bundleReadError(error, part.path);
    });
    handles.push(handle);
    opened.push({ descriptor: handle.fd, bytes: part.bytes });
  }
  return {
    path: file.path,
    parts: opened,
    bytes: file.bytes,
    read: (position, length) => file.read(position, length),
    close,
  };
}
