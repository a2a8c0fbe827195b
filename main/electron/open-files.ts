import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ErrorCode } from '../../app/contract/errors.ts';
import type { Session } from '../../app/contract/host.ts';

/** A double click opens one file, a selection a few; more is nobody's wish. */
const MOST = 20;

/**
 * The files that a command line names. Switches are Chromium's; a file manager may hand over `file:` URLs.
 *
 * @param argv - `process.argv`
 * @param packaged - otherwise the first argument that is no switch is the app itself
 * @param folder - where the command was given
 */
export function filesInArguments(
  argv: readonly string[],
  packaged: boolean,
  folder: string,
): string[] {
  return argv
    .slice(1)
    .filter((arg) => arg !== '' && !arg.startsWith('-'))
    .slice(packaged ? 0 : 1)
    .map((arg) => (/^file:\/\//i.test(arg) ? pathOfUrl(arg) : resolve(folder, arg)))
    .filter((path) => path !== undefined)
    .slice(0, MOST);
}

function pathOfUrl(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}

/**
 * The files that another instance handed over. Any program of this user can send something here.
 *
 * @param data - as it came
 */
export function filesHandedOver(data: unknown): string[] {
  if (typeof data !== 'object' || data === null || !('files' in data)) return [];
  if (!Array.isArray(data.files)) return [];
  return data.files
    .filter((file) => typeof file === 'string')
    .filter((file) => isAbsolute(file) && !file.includes('\0'))
    .slice(0, MOST);
}

/**
 * Opens what came from outside, one after the other: the last one stays on the screen.
 *
 * @param session - the core
 * @param files - absolute paths
 * @param onRefused - hears why one could not be opened
 */
export async function openFiles(
  session: Pick<Session, 'openFile'>,
  files: readonly string[],
  onRefused: (code: ErrorCode) => void,
): Promise<void> {
  for (const file of files) {
    const result = await session.openFile(file);
    if (!result.ok) onRefused(result.error.code);
  }
}
