import type { IncomingMessage } from 'node:http';
import type { Session } from '../../app/contract/host.ts';
import { answerJson, begin, Refusal, refuse, type Exchange } from './answers.ts';
import { readJson, type BodyTimes } from './bodies.ts';
import type { Door } from './door.ts';
import type { Downloads } from './downloads.ts';
import type { EventStreams } from './event-stream.ts';
import { checkCall, checkHost, checkPageRequest, checkSameOrigin } from './gate.ts';
import type { Launcher } from './launcher.ts';
import type { PageFile } from './page-files.ts';
import { takeUpload } from './uploads.ts';

/** The longest input of a command, in bytes: 100,000 ids go in. */
const INPUT_LIMIT = 16 * 1024 * 1024;
/** The longest body of the calls that say next to nothing. */
const SMALL_LIMIT = 1024;

/** What requests are answered with. */
export interface Rooms {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  readonly session: Session;
  readonly stagingFolder: string;
  readonly pages: ReadonlyMap<string, PageFile>;
  readonly door: Door;
  readonly downloads: Downloads;
  readonly streams: EventStreams;
  readonly launcher: Pick<Launcher, 'reopen' | 'clear'>;
  readonly times: { readonly json: BodyTimes; readonly upload: BodyTimes };
}

/** Answers requests. */
export interface Router {
  /** Answers one. Never throws. */
  handle(exchange: Exchange): Promise<void>;
  /** How many calls of the session's are being answered. */
  active(): number;
}

/**
 * Makes the one function through which every request goes.
 *
 * @param rooms - what requests are answered with
 */
export function createRouter(rooms: Rooms): Router {
  const { session, door, downloads, streams, pages, times } = rooms;
  const origin = `http://${rooms.host}`;
  let active = 0;

  const admitted = async (exchange: Exchange, work: () => Promise<void>): Promise<void> => {
    if (!(await door.admits(bearer(exchange.request)))) throw new Refusal(401);
    active += 1;
    try {
      await work();
    } finally {
      active -= 1;
    }
  };
  const small = (request: IncomingMessage): Promise<unknown> =>
    readJson(request, SMALL_LIMIT, times.json);

  const enter = async (exchange: Exchange): Promise<void> => {
    const input = await small(exchange.request);
    const secret =
      typeof input === 'object' && input !== null && 'secret' in input ? input.secret : undefined;
    const token = await door.exchange(secret);
    if (token === undefined) throw new Refusal(401);
    rooms.launcher.clear();
    answerJson(exchange, { token });
  };
  const reopen = async (exchange: Exchange): Promise<void> => {
    await small(exchange.request);
    // Somebody looks at the page: there is no need, and a stranger on this machine must not be a nuisance.
    if (streams.count() > 0) throw new Refusal(409);
    const outcome = await rooms.launcher.reopen();
    if (outcome === 'too-soon') throw new Refusal(429);
    answerJson(exchange, { opened: outcome === 'opened' });
  };
  const command = async (exchange: Exchange, name: string): Promise<void> => {
    const input = await readJson(exchange.request, INPUT_LIMIT, times.json);
    answerJson(exchange, await session.invoke(name, input));
  };
  const upload = async (exchange: Exchange): Promise<void> => {
    const { stagingFolder } = rooms;
    answerJson(exchange, await takeUpload(exchange.request, stagingFolder, session, times.upload));
  };
  const page = ({ request, response }: Exchange, path: string): void => {
    checkPageRequest(request);
    const file = pages.get(path);
    if (file === undefined) throw new Refusal(404);
    begin({ request, response }, 200, {
      'content-type': file.mediaType,
      'content-length': String(file.body.byteLength),
    });
    response.end(request.method === 'HEAD' ? undefined : file.body);
  };

  const route = async (exchange: Exchange): Promise<void> => {
    const { request } = exchange;
    checkHost(request, rooms.host);
    const path = request.url ?? '';
    if (path === '/session' || path === '/open') {
      checkCall(request, origin, 'application/json');
      await (path === '/session' ? enter(exchange) : reopen(exchange));
      return;
    }
    if (path === '/events') {
      checkCall(request, origin, 'application/json');
      await admitted(exchange, async () => {
        await small(request);
        await streams.open(exchange);
      });
      return;
    }
    if (path === '/files') {
      checkCall(request, origin, 'application/octet-stream');
      await admitted(exchange, () => upload(exchange));
      return;
    }
    if (path.startsWith('/api/')) {
      checkCall(request, origin, 'application/json');
      await admitted(exchange, () => command(exchange, path.slice('/api/'.length)));
      return;
    }
    if (path.startsWith('/download/')) {
      if (request.method !== 'GET') throw new Refusal(405, { allow: 'GET' });
      checkSameOrigin(request);
      await downloads.send(exchange, path.slice('/download/'.length));
      return;
    }
    page(exchange, path);
  };
  return {
    handle: async (exchange) => {
      try {
        await route(exchange);
      } catch (error) {
        refuse(exchange, error instanceof Refusal ? error : new Refusal(500));
      }
    },
    active: () => active,
  };
}

function bearer(request: IncomingMessage): string | undefined {
  return /^Bearer ([\w-]{43})$/.exec(request.headers.authorization ?? '')?.[1];
}
