import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputError } from '../../files/fs-errors.ts';

/** A private file for sealed bytes that have to be somewhere in between. */
export interface Spool {
  readonly handle: FileHandle;
  /** The folder for temporary files, for a person who has to make room there. */
  readonly folder: string;
  /** Closes the file, which is then gone. Harmless twice. */
  remove(): Promise<void>;
}

/**
 * Makes a file that only this user can read and that has no name from then on, where the system allows it: whatever ends the
 * process, nothing is left. Elsewhere it is removed in the end.
 *
 * @throws `disk-full`, `output-unwritable`
 */
export async function openSpool(): Promise<Spool> {
  const folder = tmpdir();
  let own: string | undefined;
  try {
    own = await mkdtemp(join(folder, 'signet-'));
    const removeFolder = rm.bind(undefined, own, { recursive: true, force: true });
    const handle = await open(join(own, 'bundle.7z'), 'wx+', 0o600);
    // Windows may refuse to remove what is open.
    await removeFolder().catch(() => undefined);
    let removed: Promise<void> | undefined;
    return {
      handle,
      folder,
      remove: () => (removed ??= handle.close().finally(removeFolder)),
    };
  } catch (error) {
    if (own !== undefined) await rm(own, { recursive: true, force: true });
    throw outputError(error, folder);
  }
}
