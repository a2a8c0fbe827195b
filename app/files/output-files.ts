import { lstat, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { outputError, systemCode } from './fs-errors.ts';
import { OutputFile } from './output-file.ts';

/** Files in one folder of which either all come to exist or none. */
export class OutputFiles {
  readonly #directory: string;
  readonly #mode: number;
  readonly #files: OutputFile[] = [];

  /**
   * @param directory - the folder, which must exist
   * @param mode - permissions of each file, less what the process's mask takes away
   */
  constructor(directory: string, mode: number) {
    this.#directory = directory;
    this.#mode = mode;
  }

  /**
   * Starts another file under a temporary name.
   *
   * @param name - its final name within the folder
   * @throws `output-exists`, before anything is written, and what `OutputFile.create` throws
   */
  async start(name: string): Promise<OutputFile> {
    const path = join(this.#directory, name);
    if (await exists(path)) throw new AppError('output-exists', { path });
    const first = this.#files.length === 0;
    const file = await OutputFile.create(this.#directory, name, this.#mode, first);
    this.#files.push(file);
    return file;
  }

  /**
   * Flushes all files and gives them their names, never replacing another.
   *
   * @throws `output-exists`, `disk-full`, `output-unwritable`; none of the files is there then
   */
  async commit(): Promise<void> {
    const placed: string[] = [];
    try {
      for (const file of this.#files) {
        await file.commit();
        placed.push(file.path);
      }
    } catch (error) {
      for (const path of placed) await rm(path, { force: true }).catch(() => undefined);
      await this.discard();
      throw error;
    }
  }

  /** Removes the temporary files. Harmless after `commit`. */
  async discard(): Promise<void> {
    for (const file of this.#files) await file.discard();
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw outputError(error, path);
  }
}
