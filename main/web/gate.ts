import type { IncomingMessage } from 'node:http';
import { Refusal } from './answers.ts';

/**
 * Refuses whatever does not name this host exactly once: a page of somebody else's whose name was made to point here says that name.
 *
 * @param request - any
 * @param host - `127.0.0.1:PORT`
 * @throws a refusal with 421, or 400 for a target that is no path
 */
export function checkHost(request: IncomingMessage, host: string): void {
  const named = valuesOf(request, 'host');
  if (named.length !== 1 || named[0] !== host) throw new Refusal(421);
  // With `GET http://…` the target would count instead of the header.
  if (request.url?.startsWith('/') !== true) throw new Refusal(400);
}

/**
 * Refuses a call that was not made by this host's own page.
 *
 * @param request - a call
 * @param origin - `http://127.0.0.1:PORT`
 * @param mediaType - the one that its body has to have
 * @throws a refusal with 405, 403 or 415
 */
export function checkCall(
  request: IncomingMessage,
  origin: string,
  mediaType: 'application/json' | 'application/octet-stream',
): void {
  if (request.method !== 'POST') throw new Refusal(405, { allow: 'POST' });
  const origins = valuesOf(request, 'origin');
  if (origins.length !== 1 || origins[0] !== origin) throw new Refusal(403);
  checkSameOrigin(request);
  const types = valuesOf(request, 'content-type');
  if (types.length !== 1 || types[0] !== mediaType) throw new Refusal(415);
}

/**
 * Refuses what the browser does not declare to come from this very origin.
 *
 * @param request - any
 * @throws a refusal with 403
 */
export function checkSameOrigin(request: IncomingMessage): void {
  const sites = valuesOf(request, 'sec-fetch-site');
  if (sites.length !== 1 || sites[0] !== 'same-origin') throw new Refusal(403);
}

/**
 * Refuses to serve a part of the page to another page. What asks without fetch metadata is no browser, and learns nothing secret.
 *
 * @param request - for a file of the page
 * @throws a refusal with 405 or 403
 */
export function checkPageRequest(request: IncomingMessage): void {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    throw new Refusal(405, { allow: 'GET, HEAD' });
  const site = request.headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return;
  // A link elsewhere that leads here is fine; the redirect file is one.
  if (
    request.headers['sec-fetch-mode'] !== 'navigate' ||
    request.headers['sec-fetch-dest'] !== 'document'
  )
    throw new Refusal(403);
}

/** All values of a header, where Node would keep the first, or join them. */
function valuesOf(request: IncomingMessage, name: string): string[] {
  const { rawHeaders } = request;
  const values: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2)
    if (rawHeaders[index]?.toLowerCase() === name) values.push(rawHeaders[index + 1] ?? '');
  return values;
}
