import { chmod, lstat, mkdir, mkdtemp, readdir, rm, rmdir } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { outputError } from '../files/fs-errors.ts';

/** The private folder for what is only passing through: nobody else may look into it, and nothing in it outlives the session. */
export class Staging {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Makes the folder, or empties it of what an earlier run could not remove.
   *
   * @param folder - its path
   * @param precious - folders that must not lie in it, because everything in it is removed
   * @throws `output-unsafe`, `output-unwritable`, `disk-full`
   */
  static async open(folder: string, precious: readonly string[]): Promise<Staging> {
    const full = resolve(folder);
    if (precious.some((path) => isWithin(full, resolve(path))))
      throw new AppError('output-unsafe', { path: full });
    try {
      await mkdir(full, { recursive: true, mode: 0o700 });
      // A link could lead to a folder in which other things are.
      if (!(await lstat(full)).isDirectory()) throw new AppError('output-unsafe', { path: full });
      await chmod(full, 0o700);
      const staging = new Staging(full);
      await staging.empty();
      return staging;
    } catch (error) {
      throw outputError(error, full);
    }
  }

  /**
   * A new folder in it, for one thing.
   *
   * @throws `output-missing`, `output-unwritable`, `disk-full`
   */
  async makeFolder(): Promise<string> {
    return await mkdtemp(join(this.#folder, 'b-')).catch((error: unknown) => {
      throw outputError(error, this.#folder);
    });
  }

  /**
   * Removes something that nothing needs any more. What does not lie in here is left alone.
   *
   * @param path - a file or a folder
   */
  async release(path: string): Promise<void> {
    if (resolve(path) === this.#folder || !isWithin(this.#folder, path)) return;
    await rm(path, { recursive: true, force: true }).catch(() => undefined);
    // The folder that was made for it; another's is not empty.
    if (dirname(path) !== this.#folder) await rmdir(dirname(path)).catch(() => undefined);
  }

  /** Removes everything in it. */
  async empty(): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    for (const name of names) await this.release(join(this.#folder, name));
  }
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  // On Windows there is no way from one drive to another.
  return !isAbsolute(way) && way !== '..' && !/^\.\.[/\\]/.test(way);
}
