import { randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { ErrorRecord } from '../../app/contract/errors.ts';
import type { Session } from '../../app/contract/host.ts';
import type { Result } from '../../app/contract/result.ts';
import type { Grant } from '../../app/contract/views.ts';
import { Refusal } from './answers.ts';
import { bodyPieces, type BodyTimes } from './bodies.ts';

/** The longest name, in UTF-8 bytes; what is too long for a bundle is the core's to say. */
const NAME_LIMIT = 4096;

/**
 * Takes a document that a browser hands over.
 *
 * @param request - whose body it is
 * @param folder - the staging folder
 * @param session - gets to know it
 * @param times - how long the body may take
 * @returns the grant; `disk-full` or `host-failed` when it could not be written
 * @throws a refusal with 400 or 408; a plain error when the browser breaks off
 */
export async function takeUpload(
  request: IncomingMessage,
  folder: string,
  session: Session,
  times: BodyTimes,
): Promise<Result<Grant>> {
  const { name, modified } = uploadHead(request);
  let path;
  try {
    path = await storeUpload(request, folder, modified, times);
  } catch (error) {
    const code =
      (error as NodeJS.ErrnoException).syscall === undefined
        ? undefined
        : (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    return code === 'ENOSPC' || code === 'EDQUOT'
      ? failed({ code: 'disk-full', data: { path: folder } })
      : failed({ code: 'host-failed', data: {} });
  }
  const granted = await session.grant([{ path, name, staged: true }]);
  const [grant] = granted.ok ? granted.value : [];
  if (grant !== undefined) return { ok: true, value: grant };
  await rm(path, { force: true });
  return failed(granted.ok ? { code: 'internal', data: {} } : granted.error);
}

/**
 * What a browser says of a file that it hands over.
 *
 * @param request - with `x-signet-name`, percent-encoded, and perhaps `x-signet-modified`, in milliseconds
 * @throws a refusal with 400
 */
function uploadHead(request: IncomingMessage): {
  readonly name: string;
  readonly modified: Date | undefined;
} {
  return {
    name: nameOf(request.headers['x-signet-name']),
    modified: timeOf(request.headers['x-signet-modified']),
  };
}

/**
 * Writes a body into the staging folder, under a name of our own making, readable by nobody else. When that fails, or the browser breaks
 * off, nothing is left.
 *
 * @param request - whose body it is
 * @param folder - the staging folder
 * @param modified - when the file was last changed
 * @param times - how long the body may take
 * @returns the path
 * @throws a refusal with 408; what the file system throws; a plain error when the browser breaks off
 */
async function storeUpload(
  request: IncomingMessage,
  folder: string,
  modified: Date | undefined,
  times: BodyTimes,
): Promise<string> {
  const path = join(folder, `upload-${randomBytes(16).toString('hex')}`);
  const file = await open(path, 'wx', 0o600);
  try {
    try {
      for await (const piece of bodyPieces(request, times)) await file.writeFile(piece);
      if (modified !== undefined) await file.utimes(new Date(), modified);
    } finally {
      await file.close();
    }
    return path;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

function failed(error: ErrorRecord): Result<never> {
  return { ok: false, error };
}

function nameOf(header: string | string[] | undefined): string {
  // What `encodeURIComponent` leaves; no comma, with which Node joins two headers into one.
  if (typeof header !== 'string' || !/^[\w.!~*'()%/-]+$/.test(header)) throw new Refusal(400);
  const name = decode(header);
  const hostile = name
    .split('/')
    .some((segment) => segment === '' || segment === '.' || segment === '..');
  if (hostile || name.includes('\0') || Buffer.byteLength(name) > NAME_LIMIT)
    throw new Refusal(400);
  return name;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Refusal(400);
  }
}

function timeOf(header: string | string[] | undefined): Date | undefined {
  if (header === undefined) return undefined;
  // As far as a Date goes.
  if (typeof header !== 'string' || !/^-?[0-9]{1,16}$/.test(header)) throw new Refusal(400);
  const time = new Date(Number(header));
  if (Number.isNaN(time.getTime())) throw new Refusal(400);
  return time;
}
