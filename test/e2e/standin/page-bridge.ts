/* What stands between the page and the program: the origin, the preload, the messages. */
import { readFile } from 'node:fs/promises';
import type { BrowserContext, Page, Request, Route } from '@playwright/test';
import { dropOn } from '../drivers/drop.ts';

/** `app:` means nothing to a browser: the page lives here instead. */
const ALIAS = 'https://ui.app.invalid';
const ORIGIN = 'app://ui';

/** An answer of the program to a request of the page; `null` when it may not be made. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** What the program is asked. */
export interface Asking {
  request(url: string, method: string): Promise<Answer | null>;
  invoke(
    channel: string,
    args: readonly unknown[],
    frame: { readonly origin: string; readonly top: boolean },
  ): Promise<unknown>;
  mayNavigate(url: string): Promise<boolean>;
  mayOpen(url: string): Promise<boolean>;
}

/** A page that takes itself for the window of an app. */
export interface BridgedPage {
  readonly page: Page;
  /** Loads an address of the app, as the program does. */
  load(url: string): Promise<void>;
  /** Delivers a message of the program's. */
  send(channel: string, args: readonly unknown[]): Promise<void>;
}

const toApp = (url: string): string =>
  url === ALIAS || url.startsWith(`${ALIAS}/`) ? ORIGIN + url.slice(ALIAS.length) : url;
const toBrowser = (url: string): string =>
  url.startsWith(`${ORIGIN}/`) ? ALIAS + url.slice(ORIGIN.length) : url;

/**
 * The preload, to run before any script of the page. As in Electron's sandbox it can require `electron` and nothing else, it sees
 * `contextBridge`, `ipcRenderer` and `webUtils`, and what crosses the bridge is copied.
 */
function preloadScript(source: string): string {
  return `(() => {
    if (globalThis.top !== globalThis) return;
    const call = globalThis.__standinInvoke;
    delete globalThis.__standinInvoke;
    const listeners = new Map();
    const copy = (value) =>
      typeof value === 'function'
        ? (...args) => copy(value(...args.map(copy)))
        : value instanceof File
          ? value
          : value instanceof Promise
            ? value.then(copy)
            : Array.isArray(value)
              ? Object.freeze(value.map(copy))
              : typeof value === 'object' && value !== null
                ? Object.freeze(Object.fromEntries(Object.entries(value).map(([k, v]) => [k, copy(v)])))
                : value;
    const electron = {
      contextBridge: {
        exposeInMainWorld: (name, api) => {
          Object.defineProperty(globalThis, name, { value: copy(api), enumerable: true });
        },
      },
      ipcRenderer: {
        invoke: async (channel, ...args) => {
          const { value, failure } = await call(channel, structuredClone(args));
          if (failure !== undefined)
            throw new Error("Error invoking remote method '" + channel + "': Error: " + failure);
          return value;
        },
        on: (channel, listener) => {
          listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
        },
        off: (channel, listener) => {
          listeners.set(channel, (listeners.get(channel) ?? []).filter((one) => one !== listener));
        },
      },
      webUtils: { getPathForFile: (file) => dropped.get(file.name) ?? '' },
    };
    const dropped = new Map();
    // For the test alone: not listed, and gone from the page's sight by its name.
    Object.defineProperty(globalThis, '__standin', {
      value: {
        deliver: (channel, args) => {
          for (const listener of listeners.get(channel) ?? []) listener({}, ...args);
        },
        dropped,
      },
    });
    const require = (name) => {
      if (name === 'electron' || name === 'electron/renderer') return electron;
      throw new Error('a sandboxed preload cannot require ' + name);
    };
    ((require, module, exports) => {${source}
    })(require, { exports: {} }, {});
  })();`;
}

/**
 * Makes a page of the browser into the window of an app.
 *
 * @param context - of the browser
 * @param preload - path of the built preload
 * @param asking - how to reach the program
 * @param refused - takes what the page tried to reach and was kept from
 */
export async function bridgePage(
  context: BrowserContext,
  preload: string,
  asking: Asking,
  refused: string[],
): Promise<BridgedPage> {
  const page = await context.newPage();
  let expected: string | undefined;

  const serve = async (route: Route, request: Request): Promise<void> => {
    const url = toApp(request.url());
    const navigates = request.isNavigationRequest() && request.frame() === page.mainFrame();
    if (navigates && url !== expected && !(await asking.mayNavigate(url))) {
      refused.push(url);
      await route.abort('aborted');
      return;
    }
    const answer = await asking.request(url, request.method());
    if (answer === null) {
      refused.push(url);
      await route.abort('blockedbyclient');
      return;
    }
    const { status, headers, body } = answer;
    await route.fulfill({ status, headers: { ...headers }, body: Buffer.from(body) });
  };
  await page.route('**/*', (route, request) =>
    // A page that is being closed has no use for an answer.
    serve(route, request).catch(() => undefined),
  );
  page.on('popup', (popup) => {
    const answer = async (): Promise<void> => {
      const url = toApp(popup.url());
      const allowed = await asking.mayOpen(url);
      refused.push(allowed ? `opened ${url}` : url);
      await popup.close();
    };
    // A program that has ended answers nothing, and its windows go with it.
    answer().catch(() => undefined);
  });
  await page.exposeBinding(
    '__standinInvoke',
    async ({ frame }, channel: string, args: unknown[]) => {
      const origin = toApp(new URL(frame.url()).origin);
      try {
        const top = frame === page.mainFrame();
        return { value: await asking.invoke(channel, args, { origin, top }) };
      } catch (error) {
        return { failure: error instanceof Error ? error.message : String(error) };
      }
    },
  );
  await page.addInitScript({ content: preloadScript(await readFile(preload, 'utf8')) });

  return {
    page,
    load: async (url) => {
      expected = url;
      await page.goto(toBrowser(url), { waitUntil: 'load' });
      expected = undefined;
    },
    send: async (channel, args) => {
      await page.evaluate(
        ([to, values]) => {
          const { __standin } = globalThis as unknown as {
            __standin?: { deliver(channel: string, args: readonly unknown[]): void };
          };
          __standin?.deliver(to, values);
        },
        [channel, args] as const,
      );
    },
  };
}

/**
 * Drops files and folders on the page, as from a file manager.
 *
 * @param page - of the app
 * @param paths - absolute
 */
export async function dropOnPage(page: Page, paths: readonly string[]): Promise<void> {
  await page.evaluate(
    (known) => {
      const { __standin } = globalThis as unknown as {
        __standin: { dropped: Map<string, string> };
      };
      for (const path of known) __standin.dropped.set(path.slice(path.lastIndexOf('/') + 1), path);
    },
    [...paths],
  );
  await dropOn(page, paths);
}
