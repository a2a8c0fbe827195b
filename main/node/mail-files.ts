import { lstat } from 'node:fs/promises';
import { extname, isAbsolute, relative, resolve } from 'node:path';
import { AppError } from '../../app/contract/errors.ts';

/**
 * Lets only a message of the outbox pass: whatever else the core might name, a mail program is never asked to open it.
 *
 * @param outbox - the folder
 * @param path - as the core named it
 * @returns the path
 * @throws `host-failed`, which tells nothing
 */
export async function requireMessage(outbox: string, path: string): Promise<string> {
  const full = resolve(path);
  const way = relative(outbox, full);
  const inside = way !== '' && !isAbsolute(way) && !/^\.\.(?:[/\\]|$)/.test(way);
  const isFile = (): Promise<boolean> => lstat(full).then((stats) => stats.isFile());
  if (isAbsolute(path) && inside && extname(full) === '.eml' && (await isFile().catch(() => false)))
    return full;
  throw new AppError('host-failed', {});
}

/**
 * Lets only a message in the making pass: a `mailto:` with addresses, a subject and a text. Some programs attach files that a link
 * names, or send at once.
 *
 * @param url - as the core made it
 * @returns the link
 * @throws `host-failed`, which tells nothing
 */
export function requireMailto(url: string): string {
  const link = URL.canParse(url) ? new URL(url) : undefined;
  const harmless = ['subject', 'body'];
  const good =
    link?.protocol === 'mailto:' &&
    link.href === url &&
    link.hash === '' &&
    [...link.searchParams.keys()].every((key) => harmless.includes(key));
  if (good) return url;
  throw new AppError('host-failed', {});
}
