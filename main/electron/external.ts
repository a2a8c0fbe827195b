import type { Shell } from 'electron';

/** All that is ever opened outside. Nothing from the screen, from a bundle or from a server becomes part of an address. */
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
