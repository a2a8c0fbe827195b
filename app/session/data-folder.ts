import { copyFile, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { replaceFile } from '../files/replace-file.ts';

/** What a file of settings may have, at most; a longer one is not ours. */
const MAX_BYTES = 4 * 1024 * 1024;

/** The folder in which settings and activity lie. */
export class DataFolder {
  readonly path: string;
  /** One write after the other, so that the last one wins. */
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(path: string) {
    this.path = path;
  }

  /**
   * Makes the folder, for its owner only, when it is missing. Where that cannot be done, Signet works without: what is to be kept
   * says so when it cannot be.
   *
   * @param path - of the folder
   */
  static async open(path: string): Promise<DataFolder> {
    await mkdir(path, { recursive: true, mode: 0o700 }).catch(() => undefined);
    return new DataFolder(path);
  }

  /**
   * Reads a file of JSON.
   *
   * @param name - of the file
   * @returns `undefined` when there is none that can be read; one that is broken is kept under another name
   */
  async read(name: string): Promise<unknown> {
    const text = await this.#readText(name).catch(() => undefined);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text) as unknown;
    } catch {
      await this.setAside(name);
      return undefined;
    }
  }

  /**
   * Keeps a copy of a file that cannot be used as it is, because the next change would replace it.
   *
   * @param name - of the file
   */
  async setAside(name: string): Promise<void> {
    const from = join(this.path, name);
    await copyFile(from, `${from}.broken`).catch(() => undefined);
  }

  /**
   * Writes a file of JSON, all of it or none, for its owner only.
   *
   * @param name - of the file
   * @param value - what to keep
   * @throws `settings-unwritable`
   */
  async write(name: string, value: unknown): Promise<void> {
    const text = `${JSON.stringify(value, undefined, 2)}\n`;
    const writing = this.#writing.then(() => replaceFile(this.path, name, text));
    this.#writing = writing.catch(() => undefined);
    await writing.catch((error: unknown) => {
      throw new AppError('settings-unwritable', { path: this.path }, error);
    });
  }

  async #readText(name: string): Promise<string | undefined> {
    const handle = await open(join(this.path, name), 'r');
    try {
      const stats = await handle.stat();
      return stats.isFile() && stats.size <= MAX_BYTES ? await handle.readFile('utf8') : undefined;
    } finally {
      await handle.close();
    }
  }
}
