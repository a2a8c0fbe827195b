import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * All that is under a folder, hidden things too, by relative name: kind, and what a change would show in. Two states are equal
 * when nobody could tell that something had been written in between.
 *
 * @param folder - to describe
 */
export function stateOf(folder: string): Record<string, string> {
  const state: Record<string, string> = {};
  describe(folder, '', state);
  return state;
}

function describe(folder: string, prefix: string, state: Record<string, string>): void {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    const stats = lstatSync(path);
    const mode = stats.mode.toString(8);
    if (stats.isDirectory()) {
      state[`${prefix}${name}/`] = `folder ${mode}`;
      describe(path, `${prefix}${name}/`, state);
    } else if (stats.isSymbolicLink()) {
      state[`${prefix}${name}`] = `link to ${readlinkSync(path)}`;
    } else if (stats.isFile()) {
      const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
      state[`${prefix}${name}`] = `file ${mode} ${String(stats.mtimeMs)} ${sha256}`;
    } else {
      state[`${prefix}${name}`] = `other ${mode}`;
    }
  }
}
