import { homedir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../app/contract/errors.ts';
import {
  OUTBOX_FOLDER,
  type HostPorts,
  type Session,
  type SessionOptions,
} from '../../app/contract/host.ts';
import type { HostView } from '../../app/contract/views.ts';
import { startCore, type Core } from '../node/core.ts';
import { claimStagingFolder, dataFolder } from '../node/folders.ts';
import { readLicences } from '../node/licences.ts';
import { openKeychain, type SecretStore } from '../node/secrets.ts';
import type { BodyTimes } from './bodies.ts';
import { createDoor } from './door.ts';
import { createDownloads } from './downloads.ts';
import { createEventStreams } from './event-stream.ts';
import { createLauncher } from './launcher.ts';
import { systemOpener, type Opener } from './opener.ts';
import { readPageFiles } from './page-files.ts';
import { webPorts } from './ports.ts';
import { createRouter } from './routes.ts';
import { listenOnLoopback } from './server.ts';

/*
 * The loopback host: the screen in a browser, over HTTP on 127.0.0.1.
 *
 *   GET  /                  the page; /index.html and its other files by their exact paths. No query.
 *   POST /session           {"secret": "…"}  →  200 {"token": "…"}; 401 when the secret is wrong, used or older than 60 s.
 *                           The secret is the fragment of the link. The session that there was before ends with this.
 *   POST /api/COMMAND       the command's input  →  200 and a Result.
 *   POST /files             a document's bytes as application/octet-stream, with `x-signet-name`: its name, percent-encoded, with `/`
 *                           between the folders that it was dropped in, and `x-signet-modified`: milliseconds since 1970
 *                           →  200 and a Result with a Grant; 400 for a name that is no relative path.
 *   POST /events            {}  →  200 and one HostEvent a line for as long as anybody listens, empty lines in between as a sign of
 *                           life. Begins with a `changed`.
 *   POST /open              {}  →  200 {"opened": true} when the browser is led to a new link, as the page asks for that has lost its
 *                           token; false when there is no browser to open; 409 while some page hears events, 429 within 10 s.
 *   GET  /download/TICKET   a path that `downloadBundle` answered  →  200 and the file, once, within 60 s; 404 else.
 *
 * Every request names `127.0.0.1:PORT` in exactly one Host header (421). Calls are made by POST (405) with the very media type (415) by
 * the page itself: Origin is `http://127.0.0.1:PORT` and Sec-Fetch-Site `same-origin` (403). /api, /files and /events show the token as
 * `Authorization: Bearer TOKEN` (401 when it is wrong, replaced, or was idle for 30 minutes without an event stream or a job). JSON is
 * application/json with nothing after it, at most 16 MiB (413), and arrives within 30 s (408). Refusals have no body. There are no
 * cookies, no CORS, no OPTIONS; nothing of an address or a body is written anywhere.
 */

/** How often an idle session is looked for, in milliseconds. */
const SWEEP = 60_000;

/** How long things may take, in milliseconds. */
export interface Times {
  /** For the head of a request. */
  readonly head: number;
  readonly json: BodyTimes;
  readonly upload: BodyTimes;
  /** Between two signs of life of an event stream. */
  readonly heartbeat: number;
}

const TIMES: Times = {
  head: 10_000,
  json: { idle: 10_000, total: 30_000 },
  upload: { idle: 60_000 },
  heartbeat: 15_000,
};

/** How a loopback host is set up. */
export interface WebHostOptions {
  readonly version: string;
  /** What was built of `renderer/`. */
  readonly rendererFolder: string;
  /** Where settings lie; the platform's own place unless given. */
  readonly dataFolder?: string | undefined;
  /** A random one unless given. */
  readonly port?: number | undefined;
  /** What the tests put in place of the real thing. */
  readonly replacements?: Replacements;
}

/** What stands for the world outside in tests. */
export interface Replacements {
  /** The time, in milliseconds. */
  readonly now?: () => number;
  readonly opener?: Opener;
  readonly secrets?: SecretStore;
  readonly startSession?: (
    options: SessionOptions,
    ports: HostPorts,
  ) => Promise<Session & Partial<Pick<Core, 'ended'>>>;
  readonly times?: Partial<Times>;
}

/** A loopback host that runs. */
export interface WebHost {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** A link with a launch secret in its fragment, good for one use within 60 s; an earlier one that was not used is worthless then. */
  newLink(): string;
  /** Leads the person's browser to a new link, without showing it to anybody else. Answers whether there was one to open. */
  openBrowser(): Promise<boolean>;
  /** Resolves when it has ended: because it was closed, or because the core died, which ends the host too. */
  readonly ended: Promise<'closed' | 'died'>;
  /** Cancels what runs, and removes everything private. */
  close(): Promise<void>;
}

/**
 * Starts the session and serves its screen to a browser on this machine.
 *
 * @param options - how
 * @throws `settings-unwritable`; `host-failed` when the port cannot be had or there is no page; what starting the session throws
 */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const { replacements = {} } = options;
  const now = replacements.now ?? (() => performance.now());
  const times = { ...TIMES, ...replacements.times };
  const opener = replacements.opener ?? systemOpener();
  const data = options.dataFolder ?? dataFolder();
  const [pages, secrets] = await Promise.all([
    readPageFiles(options.rendererFolder),
    replacements.secrets ?? openKeychain(),
  ]);
  if (!pages.has('/')) throw new AppError('host-failed', {});
  const staging = await claimStagingFolder(data);
  const downloads = createDownloads(now);
  const undo: (() => Promise<void> | void)[] = [
    () => {
      staging.release();
    },
  ];
  let undoing: Promise<void> | undefined;
  const undoSteps = async (): Promise<void> => {
    for (const step of undo.toReversed())
      try {
        await step();
      } catch {
        // The steps after it matter all the more.
      }
  };
  const undoAll = (): Promise<void> => (undoing ??= undoSteps());
  try {
    const session = await (replacements.startSession ?? startCore)(
      {
        host: {
          kind: 'web',
          platform: platformName(),
          keepsSecrets: secrets.keeps,
          protectsContent: false,
        },
        version: options.version,
        licences: readLicences(),
        dataFolder: data,
        stagingFolder: staging.path,
        homeFolder: homedir(),
      },
      webPorts(secrets, downloads, opener, join(data, OUTBOX_FOLDER)),
    );
    undo.push(() => session.close());
    const streams = createEventStreams(session, times.heartbeat);
    const door = createDoor({
      now,
      inUse: async () =>
        streams.count() > 0 || router.active() > 0 || (await session.running()) > 0,
      onEnd: (why) => {
        streams.close();
        downloads.clear();
        // Whoever takes over is the same person in another tab; after a long silence it may be somebody else.
        if (why === 'idle') void session.invoke('forgetSecrets', {});
      },
    });
    const server = await listenOnLoopback(options.port ?? 0, times, (exchange) => {
      void router.handle(exchange);
    });
    undo.push(() => server.close());
    const host = `127.0.0.1:${String(server.port)}`;
    const origin = `http://${host}`;
    const launcher = createLauncher(door, origin, staging.path, opener, now);
    const router = createRouter({
      host,
      session,
      stagingFolder: staging.path,
      pages,
      door,
      downloads,
      streams,
      launcher,
      times,
    });
    const sweeper = setInterval(() => void door.sweep(), SWEEP).unref();
    undo.push(() => {
      clearInterval(sweeper);
      launcher.clear();
      streams.close();
    });
    const ended = Promise.withResolvers<'closed' | 'died'>();
    const close = async (): Promise<void> => {
      await undoAll();
      ended.resolve('closed');
    };
    void session.ended?.then(async (how) => {
      await undoAll();
      ended.resolve(how);
    });
    return {
      origin,
      newLink: () => launcher.newLink(),
      openBrowser: () => launcher.openBrowser(),
      ended: ended.promise,
      close,
    };
  } catch (error) {
    await undoAll();
    throw error;
  }
}

function platformName(): HostView['platform'] {
  const { platform } = process;
  return platform === 'linux' || platform === 'darwin' || platform === 'win32' ? platform : 'other';
}
