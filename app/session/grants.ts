import { stat } from 'node:fs/promises';
import { basename, isAbsolute, resolve } from 'node:path';
import { AppError } from '../contract/errors.ts';
import type { Granted } from '../contract/host.ts';
import type { Grant } from '../contract/views.ts';
import { newId } from './ids.ts';

/** How many files are looked at together. */
const TOGETHER = 32;

/** Something that the person chose, as the core knows it. */
export interface GrantedFile {
  readonly id: string;
  readonly path: string;
  /** The name inside a bundle, with `/` between folders. */
  readonly name: string;
  readonly kind: 'file' | 'folder';
  readonly staged: boolean;
  readonly readOnly: boolean;
}

/**
 * What the screen may name. It gets an id that nobody can guess for each file and folder that the person chose by the host's own
 * means, and no other way leads from the screen to a path.
 */
export class Grants {
  readonly #byId = new Map<string, GrantedFile>();
  /** The same thing chosen again gets the id that it has, so that looking round in folders takes no more memory than there are. */
  readonly #byPlace = new Map<string, GrantedFile>();

  /**
   * Makes things known.
   *
   * @param files - paths that the host stands for
   * @throws `input-invalid` for a path that is not absolute
   */
  async give(files: readonly Granted[]): Promise<Grant[]> {
    if (files.some(({ path }) => !isAbsolute(path)))
      throw new AppError('input-invalid', { command: '' });
    const given: Grant[] = [];
    for (let from = 0; from < files.length; from += TOGETHER)
      given.push(
        ...(await Promise.all(files.slice(from, from + TOGETHER).map((file) => this.#give(file)))),
      );
    return given;
  }

  /**
   * Makes a folder known that is known to be one.
   *
   * @param path - absolute
   */
  giveFolder(path: string): Grant {
    return grantView(this.#remember({ path }, 'folder'));
  }

  /**
   * What an id stands for.
   *
   * @throws `reference-unknown`
   */
  find(id: string): GrantedFile {
    const file = this.#byId.get(id);
    if (file === undefined) throw new AppError('reference-unknown', { kind: 'file' });
    return file;
  }

  /**
   * As `find`, for what has to be a folder that may be written into.
   *
   * @throws `reference-unknown`
   */
  findFolder(id: string): GrantedFile {
    const file = this.find(id);
    if (file.kind !== 'folder' || file.readOnly)
      throw new AppError('reference-unknown', { kind: 'file' });
    return file;
  }

  async #give(file: Granted): Promise<Grant> {
    const stats = await stat(file.path).catch(() => undefined);
    // What is missing is a document that is missing, or a bundle: whoever needs it says so.
    const kind = stats?.isDirectory() === true ? 'folder' : 'file';
    return grantView(this.#remember(file, kind));
  }

  #remember(granted: Granted, kind: 'file' | 'folder'): GrantedFile {
    const { path: given, name, staged = false, readOnly = false } = granted;
    const path = resolve(given);
    const place = JSON.stringify([path, name ?? null, kind, readOnly]);
    const known = this.#byPlace.get(place);
    if (known !== undefined) return known;
    const file = { id: newId(), path, name: name ?? basename(path), kind, staged, readOnly };
    this.#byId.set(file.id, file);
    this.#byPlace.set(place, file);
    return file;
  }
}

function grantView({ id, path, name, kind }: GrantedFile): Grant {
  const last = name.slice(name.lastIndexOf('/') + 1);
  // The root of a file system has no name.
  return { id, name: last === '' ? path : last, kind };
}
