import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { outputError } from './fs-errors.ts';
import { partialName, sweepPartials } from './partial.ts';
import { flushParent, placeWithoutReplacing } from './place.ts';

/** A file that exists under its name only once it is whole, flushed, and said to be good. */
export class OutputFile {
  readonly path: string;
  readonly #temporary: string;
  readonly #handle: FileHandle;
  #bytes = 0;

  private constructor(path: string, temporary: string, handle: FileHandle) {
    this.path = path;
    this.#temporary = temporary;
    this.#handle = handle;
  }

  /**
   * Starts a file under a temporary name in its folder.
   *
   * @param directory - the folder, which must exist
   * @param name - the final name within it
   * @param mode - its permissions, less what the process's mask takes away; only its owner may read it unless given
   * @param sweep - whether to clear away first what earlier runs left in the folder; once for many files is enough
   * @throws `output-missing`, `output-unwritable`, `disk-full`
   */
  static async create(
    directory: string,
    name: string,
    mode = 0o600,
    sweep = true,
  ): Promise<OutputFile> {
    const path = join(directory, name);
    if (sweep) await sweepPartials(directory);
    const temporary = join(directory, partialName());
    try {
      return new OutputFile(path, temporary, await open(temporary, 'wx', mode));
    } catch (error) {
      throw outputError(error, path);
    }
  }

  /** How many bytes were written so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Appends bytes, all of them.
   *
   * @param bytes - left untouched by the caller until the promise settles
   * @throws `disk-full`, `output-unwritable`
   */
  async write(bytes: Uint8Array): Promise<void> {
    try {
      for (let offset = 0; offset < bytes.byteLength;) {
        const { bytesWritten } = await this.#handle.write(bytes, offset);
        offset += bytesWritten;
      }
    } catch (error) {
      throw outputError(error, this.path);
    }
    this.#bytes += bytes.byteLength;
  }

  /**
   * Flushes the file to disk and gives it its name, never replacing another.
   *
   * @throws `output-exists`, `disk-full`, `output-unwritable`; no file of ours is under either name then
   */
  async commit(): Promise<void> {
    let placed = false;
    try {
      await this.#handle.sync();
      const { size } = await this.#handle.stat();
      if (size !== this.#bytes) throw new Error('the file does not have the size that was written');
      await this.#handle.close();
      await placeWithoutReplacing(this.#temporary, this.path);
      placed = true;
      await flushParent(this.path);
    } catch (error) {
      if (placed) await rm(this.path, { force: true }).catch(() => undefined);
      await this.discard();
      throw outputError(error, this.path);
    }
  }

  /** Removes the temporary file. Harmless after `commit`. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    await rm(this.#temporary, { force: true }).catch(() => undefined);
  }
}
