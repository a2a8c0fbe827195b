import type { Shell } from 'electron';
import { AppError } from '../../app/contract/errors.ts';
import { requireMailto, requireMessage } from '../node/mail-files.ts';

/** All pages that are ever opened outside. Nothing from the screen, from a bundle or from a server becomes part of an address. */
const PAGES = {
  age: 'https://age-encryption.org/v1',
  messages: 'sms:',
} as const satisfies Record<string, string>;

/**
 * Opens a page in the program that the system has for it.
 *
 * @param shell - Electron's
 * @param page - which; anything else is a programming error and opens nothing
 */
export async function openPage(
  shell: Pick<Shell, 'openExternal'>,
  page: keyof typeof PAGES,
): Promise<void> {
  if (!Object.hasOwn(PAGES, page)) return;
  await shell.openExternal(PAGES[page]);
}

/**
 * Opens a draft in the person's mail program.
 *
 * @param shell - Electron's
 * @param outbox - the folder in which drafts lie
 * @param path - of the draft; anything else is a programming error and opens nothing
 * @throws `host-failed`
 */
export async function openMessage(
  shell: Pick<Shell, 'openPath'>,
  outbox: string,
  path: string,
): Promise<void> {
  const failure = await shell.openPath(await requireMessage(outbox, path));
  if (failure !== '') throw new AppError('host-failed', {});
}

/**
 * Begins a message in the person's mail program.
 *
 * @param shell - Electron's
 * @param url - a `mailto:` link; anything else is a programming error and opens nothing
 * @throws `host-failed`
 */
export async function openMailto(shell: Pick<Shell, 'openExternal'>, url: string): Promise<void> {
  await shell.openExternal(requireMailto(url));
}
