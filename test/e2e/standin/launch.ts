import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { MessageBoxOptions } from 'electron';
import type { BrowserContext, Page } from '@playwright/test';
import type { Machine } from './electron.ts';
import { bridgePage, dropOnPage, type Answer, type BridgedPage } from './page-bridge.ts';
import { connect, type Rpc } from './rpc.ts';

const PROGRAM = fileURLToPath(new URL('./program.ts', import.meta.url));
const MAIN = fileURLToPath(new URL('../../../dist/main/main.js', import.meta.url));

/** What a person does with a dialog for files: choose, or dismiss it by choosing none. */
export type Choice = readonly string[];

/** How the app is started. */
export interface StandinOptions {
  /** Of the browser; each app has one of its own. */
  readonly context: BrowserContext;
  /** All that the program sees of its environment; `SIGNET_DATA` says where it keeps what is its own. */
  readonly env: Readonly<Record<string, string>>;
  /** Files that it is started with. */
  readonly files?: readonly string[];
  readonly locale?: string;
  readonly dark?: boolean;
  /** A machine without one keeps no secrets. */
  readonly keychain?: boolean;
  /** Another program than the built one. */
  readonly main?: string;
}

/** What the program and the system show of themselves. */
export interface StandinState {
  readonly clipboard: string;
  readonly name: string;
  readonly sandboxed: boolean;
  /** Whether the system is kept awake. */
  readonly awake: boolean;
  readonly shown: boolean;
  /** Of the dock or taskbar: -1 for none, 2 for one without an end. */
  readonly progress: number;
  /** Whether screenshots are kept from showing the window. */
  readonly protected: boolean;
  readonly background: string;
  readonly menu: readonly string[];
}

/** An app that runs in the stand-in. */
export interface Standin {
  /** The window; another one after its process died. */
  readonly page: Page;
  /** Notifications, error boxes and message boxes, as texts, and what was opened outside, in their order. */
  readonly shown: readonly string[];
  /** What the page tried to reach and was kept from. */
  readonly refused: readonly string[];
  /** All that the program wrote to its terminal. */
  readonly output: () => string;
  state(): Promise<StandinState>;
  /** Chooses these in the next dialog for files, or in the one that is open. */
  choose(paths: Choice): void;
  /** Presses the button with that number in the next message box, or in the one that is open. */
  press(button: number): void;
  drop(paths: readonly string[]): Promise<void>;
  /** Sends what only the preload may send, as a frame that need not be the page. */
  invoke(
    channel: string,
    args: readonly unknown[],
    frame?: { readonly origin: string; readonly top: boolean },
  ): Promise<unknown>;
  clickMenu(label: string): Promise<void>;
  clickNotification(index: number): Promise<void>;
  emitPower(event: 'suspend' | 'lock-screen'): Promise<void>;
  setIdle(seconds: number): Promise<void>;
  setFocused(focused: boolean): Promise<void>;
  setClipboard(text: string): Promise<void>;
  /** As macOS does when a file is opened with the app. */
  openFile(path: string): Promise<void>;
  /** Starts a second instance with these files; resolves when it has ended. */
  startSecond(files: readonly string[]): Promise<void>;
  /** Loads the page again, as after a failure. */
  reload(): Promise<void>;
  /** Lets the page's process die; resolves with the page that came after. */
  crashPage(): Promise<Page>;
  /** A click on the window's close button; whether the app ended shows `ended`. */
  closeWindow(): Promise<void>;
  quit(): Promise<void>;
  /** Resolves with the exit code when the program has ended. */
  readonly ended: Promise<number>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Ends it in order, pressing "stop and quit" if it asks. */
  end(): Promise<void>;
  /** Ends it in order and starts it again with the same folders and the same keychain. */
  restart(): Promise<void>;
  /** Ends it in order, and closes the context. */
  close(): Promise<void>;
}

interface Program {
  readonly child: ChildProcess;
  readonly rpc: Rpc;
  readonly ended: Promise<number>;
}

/** A queue whose taker waits. */
function queue<T>(): { put: (value: T) => void; take: () => Promise<T> } {
  const values: T[] = [];
  const takers: ((value: T) => void)[] = [];
  return {
    put: (value) => {
      const taker = takers.shift();
      if (taker === undefined) values.push(value);
      else taker(value);
    },
    take: () => {
      if (values.length > 0) return Promise.resolve(values.shift() as T);
      return new Promise((resolve) => takers.push(resolve));
    },
  };
}

/**
 * Starts the built app with the stand-in for Electron.
 *
 * @param options - how
 * @returns when its window is shown
 */
export async function launchStandin(options: StandinOptions): Promise<Standin> {
  const { context } = options;
  // Survives the program, as the system's keychain does.
  const key = options.keychain === false ? null : randomBytes(32).toString('base64');
  const choices = queue<Choice>();
  const presses = queue<number>();
  const shown: string[] = [];
  const refused: string[] = [];
  let output = '';
  let bridged: BridgedPage | undefined;
  let preloadOf = '';

  const asking = {
    request: (url: string, method: string) =>
      program.rpc.ask('request', url, method) as Promise<Answer | null>,
    invoke: (channel: string, args: readonly unknown[], frame: unknown) =>
      program.rpc.ask('invoke', channel, args, frame),
    mayNavigate: (url: string) => program.rpc.ask('mayNavigate', url) as Promise<boolean>,
    mayOpen: (url: string) => program.rpc.ask('mayOpen', url) as Promise<boolean>,
  };
  const makePage = async (): Promise<BridgedPage> => {
    const made = await bridgePage(context, preloadOf, asking, refused);
    bridged = made;
    return made;
  };

  const spawn = (files: readonly string[], taken: boolean, onShown: () => void): Program => {
    const machine: Machine = {
      packaged: false,
      locale: options.locale ?? 'en-GB',
      dark: options.dark ?? false,
      taken,
      key,
      home: options.env['HOME'] ?? null,
    };
    const child = fork(PROGRAM, [options.main ?? MAIN, ...files], {
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...options.env, SIGNET_STANDIN: JSON.stringify(machine) },
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (data: Buffer) => (output += data.toString()));
    let pageReady: Promise<BridgedPage> | undefined;
    const rpc = connect(
      {
        send: (message) => {
          // It may end at any time; what it has not heard then, nobody answers.
          if (child.connected) child.send(message as object, () => undefined);
        },
        onMessage: (hear) => child.on('message', hear),
      },
      {
        open: async ({ preload }: { preload: string }) => {
          preloadOf = preload;
          pageReady = bridged === undefined ? makePage() : Promise.resolve(bridged);
          await pageReady;
        },
        load: async (url: string) => {
          lastUrl = url;
          await (await pageReady)?.load(url);
        },
        reload: async () => {
          if (bridged === undefined || bridged.page.isClosed()) pageReady = makePage();
          const made = await pageReady;
          await made?.load(lastUrl);
          if (made !== undefined) reloaded.resolve(made.page);
        },
        shown: onShown,
        send: (channel: string, args: unknown[]) => bridged?.send(channel, args),
        'open-dialog': () => choices.take(),
        'message-box': async ({ message, detail = '' }: MessageBoxOptions) => {
          shown.push(`${message}: ${detail}`);
          return { response: await presses.take(), checkboxChecked: false };
        },
        'error-box': (title: string, text: string) => shown.push(`${title}: ${text}`),
        notified: (title: string, body: string) => shown.push(`${title}: ${body}`),
        opened: (url: string) => shown.push(`opened ${url}`),
        'shown-in-folder': (path: string) => shown.push(`in its folder: ${path}`),
        'color-scheme': (colorScheme: 'dark' | 'light') =>
          bridged?.page.emulateMedia({ colorScheme }),
        'second-instance': (data: unknown) => program.rpc.ask('secondInstance', data),
      },
    );
    const ended = once(child, 'exit').then(([code]: unknown[]) => {
      rpc.hangUp('the program has ended');
      return typeof code === 'number' ? code : -1;
    });
    return { child, rpc, ended };
  };
  let lastUrl = '';
  let reloaded = Promise.withResolvers<Page>();

  const start = async (files: readonly string[]): Promise<Program> => {
    const visible = Promise.withResolvers<undefined>();
    const started = spawn(files, false, () => {
      visible.resolve(undefined);
    });
    program = started;
    const early = started.ended.then((code) => {
      throw new Error(
        `the program ended with ${String(code)} before it was shown: ${[...shown, output].join('\n')}`,
      );
    });
    early.catch(() => undefined);
    await Promise.race([visible.promise, early]);
    return started;
  };
  let program = undefined as unknown as Program;
  await start(options.files ?? []);

  const current = (): BridgedPage => {
    if (bridged === undefined) throw new Error('there is no window');
    return bridged;
  };
  const tell = async (name: string, ...args: unknown[]): Promise<void> => {
    await program.rpc.ask(name, ...args);
  };
  const end = async (): Promise<void> => {
    if (!program.child.connected) return;
    // Whatever it asks on its way out, the answer is to stop.
    presses.put(1);
    await Promise.race([program.rpc.ask('quit').catch(() => undefined), program.ended]);
    await program.ended;
  };
  return {
    get page() {
      return current().page;
    },
    shown,
    refused,
    output: () => output,
    state: () => program.rpc.ask('state') as Promise<StandinState>,
    choose: choices.put,
    press: presses.put,
    drop: (paths) => dropOnPage(current().page, paths),
    invoke: (channel, args, frame = { origin: 'app://ui', top: true }) =>
      program.rpc.ask('invoke', channel, args, frame),
    clickMenu: (label) => tell('clickMenu', label),
    clickNotification: (index) => tell('clickNotification', index),
    emitPower: (event) => tell('emitPower', event),
    setIdle: (seconds) => tell('setIdle', seconds),
    setFocused: (focused) => tell('setFocused', focused),
    setClipboard: (text) => tell('setClipboard', text),
    openFile: (path) => tell('openFile', path),
    startSecond: async (files) => {
      const second = spawn(files, true, () => undefined);
      await second.ended;
    },
    reload: () => current().load(lastUrl),
    crashPage: async () => {
      reloaded = Promise.withResolvers<Page>();
      const { page } = current();
      const crashed = once(page as unknown as NodeJS.EventEmitter, 'crash');
      const client = await context.newCDPSession(page);
      await Promise.race([client.send('Page.crash').catch(() => undefined), crashed]);
      await crashed;
      await page.close();
      await tell('gone', 'crashed');
      return await reloaded.promise;
    },
    closeWindow: () => tell('closeWindow').catch(() => undefined),
    quit: () => tell('quit').catch(() => undefined),
    get ended() {
      return program.ended;
    },
    kill: async () => {
      program.child.kill('SIGKILL');
      await program.ended;
    },
    end,
    restart: async () => {
      await end();
      await start([]);
    },
    close: async () => {
      await end();
      await context.close();
    },
  };
}
