import type { App } from 'electron';
import { filesHandedOver } from './open-files.ts';

/**
 * Makes sure that Signet runs once. A second start hands its files to the first and has nothing else to do. They travel as data:
 * Chromium reorders command lines on their way.
 *
 * @param app - Electron's
 * @param files - that this start was asked to open
 * @param onAnother - in the first: hears of a second start and its files
 * @returns whether this is the first
 */
export function beTheOnly(
  app: Pick<App, 'on' | 'requestSingleInstanceLock'>,
  files: readonly string[],
  onAnother: (files: readonly string[]) => void,
): boolean {
  if (!app.requestSingleInstanceLock({ files })) return false;
  app.on('second-instance', (_event, _argv, _folder, data) => {
    onAnother(filesHandedOver(data));
  });
  return true;
}
