import { LAUNCH_LIFE, type Door } from './door.ts';
import type { Opener } from './opener.ts';
import { writeRedirectFile, type RedirectFile } from './redirect-file.ts';

/** How soon the page may ask for a browser again, in milliseconds. */
const REOPEN_PAUSE = 10_000;

/** Hands out links into the page. */
export interface Launcher {
  /** A new link, good for one use within 60 s. The one before it is worthless then. */
  newLink(): string;
  /** Leads the browser to a new link. Answers whether there was one. */
  openBrowser(): Promise<boolean>;
  /** The same for whoever asks, but not too often. */
  reopen(): Promise<'opened' | 'failed' | 'too-soon'>;
  /** Puts away what leads to the link: it was used, or nobody is to use it any more. */
  clear(): void;
}

/**
 * Makes links for a door.
 *
 * @param door - whose secrets they carry
 * @param origin - of the page
 * @param stagingFolder - private: for the redirect file
 * @param opener - opens a file in the browser
 * @param now - the time, in milliseconds
 */
export function createLauncher(
  door: Pick<Door, 'newSecret'>,
  origin: string,
  stagingFolder: string,
  opener: Pick<Opener, 'open'>,
  now: () => number,
): Launcher {
  let file: RedirectFile | undefined;
  let expiry: NodeJS.Timeout | undefined;
  let lastReopened = -Infinity;

  const clear = (): void => {
    clearTimeout(expiry);
    file?.remove();
    file = undefined;
  };
  const newLink = (): string => {
    clear();
    return `${origin}/#${door.newSecret()}`;
  };
  const openBrowser = async (): Promise<boolean> => {
    const written = writeRedirectFile(stagingFolder, newLink());
    file = written;
    expiry = setTimeout(clear, LAUNCH_LIFE).unref();
    const opened = await opener.open(written.path);
    // Another one may have been written meanwhile.
    if (!opened) written.remove();
    return opened;
  };
  return {
    newLink,
    openBrowser,
    reopen: async () => {
      if (now() - lastReopened < REOPEN_PAUSE) return 'too-soon';
      lastReopened = now();
      return (await openBrowser()) ? 'opened' : 'failed';
    },
    clear,
  };
}
