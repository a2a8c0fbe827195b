import { watch } from 'node:fs';
import { readdir } from 'node:fs/promises';

/** How everything is called that is not finished. */
export const PARTIAL = /^\.signet-.*\.partial$/;

/**
 * Waits until something of a name appears in a folder.
 *
 * @param folder - which must exist
 * @param pattern - of its name
 * @returns the name
 */
export function appears(folder: string, pattern: RegExp): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const watcher = watch(folder);
  watcher.on('change', (_kind, name) => {
    if (pattern.test(String(name))) resolve(String(name));
  });
  watcher.on('error', reject);
  // It may have been there before the watch began.
  readdir(folder).then((names) => {
    const name = names.find((each) => pattern.test(each));
    if (name !== undefined) resolve(name);
  }, reject);
  return promise.finally(() => {
    watcher.close();
  });
}
