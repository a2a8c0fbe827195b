import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { CustomScheme, Protocol } from 'electron';
import { mediaType, PAGE_HEADERS } from '../node/page-policy.ts';
import { PAGE_ORIGIN } from './channels.ts';

/** `app:` behaves like `https:`, and gets no way round the page's policy. */
export const PAGE_SCHEME: CustomScheme = {
  scheme: 'app',
  privileges: { standard: true, secure: true },
};

interface Page {
  readonly file: string;
  readonly type: string;
}

/**
 * Lists what may be served. It is read once: what is not there at the start is never served, and no path is ever made from a URL.
 *
 * @param folder - the built screen
 * @returns the files by the path of their URL
 */
function listPages(folder: string): ReadonlyMap<string, Page> {
  const pages = new Map<string, Page>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const type = mediaType(name);
    if (type !== undefined)
      pages.set(`/${name.replaceAll(sep, '/')}`, { file: join(folder, name), type });
  }
  return pages;
}

/**
 * Makes the handler of `app://ui`.
 *
 * @param folder - the built screen
 */
export function pageHandler(folder: string): (request: Request) => Promise<Response> {
  const pages = listPages(folder);
  const refuse = (status: number): Response =>
    new Response(null, { status, headers: PAGE_HEADERS });
  return async (request) => {
    if (request.method !== 'GET') return refuse(405);
    const { protocol, host, pathname } = new URL(request.url);
    const page = `${protocol}//${host}` === PAGE_ORIGIN ? pages.get(pathname) : undefined;
    if (page === undefined) return refuse(404);
    const bytes = await readFile(page.file);
    return new Response(new Uint8Array(bytes), {
      headers: { ...PAGE_HEADERS, 'content-type': page.type },
    });
  };
}

/**
 * Serves the screen.
 *
 * @param protocol - of the session that the window uses
 * @param folder - the built screen
 */
export function servePage(protocol: Pick<Protocol, 'handle'>, folder: string): void {
  protocol.handle(PAGE_SCHEME.scheme, pageHandler(folder));
}
