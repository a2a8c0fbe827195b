import { readdirSync, readlinkSync } from 'node:fs';

/**
 * The files under a folder that this process holds open; only Linux can tell.
 *
 * @param folder - an absolute path
 */
export function openFilesUnder(folder: string): string[] {
  return readdirSync('/proc/self/fd')
    .map((descriptor) => {
      try {
        return readlinkSync(`/proc/self/fd/${descriptor}`);
      } catch {
        // The descriptor of the listing itself is closed by now.
        return '';
      }
    })
    .filter((path) => path.startsWith(folder));
}
