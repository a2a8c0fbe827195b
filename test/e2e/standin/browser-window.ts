import { EventEmitter } from 'node:events';
import { isAbsolute } from 'node:path';
import type { BrowserWindowConstructorOptions, Rectangle, Session, WebContents } from 'electron';
import { listen, only, preventableEvent, type Listener } from './only.ts';
import type { Rpc } from './rpc.ts';

type Electron = typeof import('electron');
type RealWindow = InstanceType<Electron['BrowserWindow']>;
type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];
type Preferences = NonNullable<BrowserWindowConstructorOptions['webPreferences']>;

/** What every window must ask for, and what none may. */
function checkPreferences(preferences: Preferences | undefined): string {
  const { preload, ...rest } = preferences ?? {};
  const wanted: Preferences = {
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    plugins: false,
    navigateOnDragDrop: false,
    spellcheck: false,
  };
  for (const [name, value] of Object.entries(wanted)) {
    const given = rest[name as keyof typeof rest];
    if (given !== value) throw new Error(`insecure: ${name} is not ${String(value)}`);
  }
  if (rest.enableBlinkFeatures !== undefined) throw new Error('insecure: enableBlinkFeatures');
  if (preload === undefined || !isAbsolute(preload)) throw new Error('where is the preload?');
  return preload;
}

/** How windows reach the browser and the rest of the program. */
export interface Surroundings {
  readonly rpc: () => Rpc;
  /** Tells of new contents before anything is loaded into them. */
  readonly onContents: (contents: WebContents) => void;
  readonly onClosed: () => void;
}

/** What tests and the browser do to a window. */
export interface WindowControls {
  /** As a click on its close button. */
  close(): void;
  setFocused(focused: boolean): void;
  renderProcessGone(reason: string): void;
  /** Whether the page may go there. */
  mayNavigate(url: string): boolean;
  /** Whether the page may open a window. */
  mayOpen(url: string): boolean;
  readonly progress: number;
  readonly protected: boolean;
  readonly background: string;
  readonly shown: boolean;
  readonly session: Session;
}

/**
 * Makes the class of windows. A window is a page of the browser that the test drives.
 *
 * @param around - how windows reach the rest
 * @returns the class, and the controls of the window that there is
 */
export function browserWindows(around: Surroundings): {
  readonly BrowserWindow: Electron['BrowserWindow'];
  readonly current: () => WindowControls | undefined;
} {
  const ask: Rpc['ask'] = (...question) => around.rpc().ask(...question);
  let current: WindowControls | undefined;

  class StandinWindow
    extends EventEmitter
    implements
      Pick<
        RealWindow,
        | 'focus'
        | 'getNormalBounds'
        | 'isDestroyed'
        | 'isFocused'
        | 'isMaximized'
        | 'isMinimized'
        | 'loadURL'
        | 'maximize'
        | 'restore'
        | 'setBackgroundColor'
        | 'setContentProtection'
        | 'setProgressBar'
        | 'show'
        | 'webContents'
      >
  {
    readonly webContents: WebContents;
    #bounds: Rectangle;
    #destroyed = false;
    #focused = false;
    #maximized = false;
    readonly #state = { progress: -1, protected: false, background: '', shown: false };

    constructor(options: BrowserWindowConstructorOptions = {}) {
      super();
      const preload = checkPreferences(options.webPreferences);
      const session = options.webPreferences?.session;
      if (session === undefined) throw new Error('the default session keeps what the page does');
      if (options.show !== false) throw new Error('the window would show before its page');
      const { x = 0, y = 0, width = 800, height = 600 } = options;
      this.#bounds = { x, y, width, height };
      this.#state.background = String(options.backgroundColor);
      const contents = webContents(ask);
      this.webContents = contents.webContents;
      around.onContents(this.webContents);
      void ask('open', { preload, width, height });
      const state = this.#state;
      current = {
        close: () => {
          this.#close();
        },
        setFocused: (focused) => {
          this.#focused = focused;
        },
        renderProcessGone: (reason) => {
          this.webContents.emit('render-process-gone', {}, { reason, exitCode: 1 });
        },
        mayNavigate: contents.mayNavigate,
        mayOpen: contents.mayOpen,
        get progress() {
          return state.progress;
        },
        get protected() {
          return state.protected;
        },
        get background() {
          return state.background;
        },
        get shown() {
          return state.shown;
        },
        session,
      };
      return only<StandinWindow>('BrowserWindow', this);
    }

    #close(): void {
      if (this.#destroyed) return;
      const event = preventableEvent();
      this.emit('close', event);
      if (event.defaultPrevented) return;
      this.#destroyed = true;
      current = undefined;
      this.emit('closed');
      around.onClosed();
    }

    async loadURL(url: string): Promise<void> {
      await ask('load', url);
      this.emit('ready-to-show', {});
    }
    show(): void {
      this.#state.shown = true;
      this.#focused = true;
      void ask('shown');
    }
    focus(): void {
      this.#focused = true;
    }
    isFocused(): boolean {
      return this.#focused;
    }
    isDestroyed(): boolean {
      return this.#destroyed;
    }
    isMinimized(): boolean {
      return false;
    }
    restore(): void {
      throw new Error('the window is never minimized');
    }
    maximize(): void {
      this.#maximized = true;
    }
    isMaximized(): boolean {
      return this.#maximized;
    }
    getNormalBounds(): Rectangle {
      return this.#bounds;
    }
    setProgressBar(progress: number): void {
      this.#state.progress = progress;
    }
    setContentProtection(on: boolean): void {
      this.#state.protected = on;
    }
    setBackgroundColor(color: string): void {
      this.#state.background = color;
    }
  }
  // Its members fit; Electron's class has hundreds more, which `only` refuses.
  const BrowserWindow = StandinWindow as unknown as Electron['BrowserWindow'];
  return { BrowserWindow, current: () => current };
}

function webContents(ask: Rpc['ask']): {
  readonly webContents: WebContents;
  readonly mayNavigate: (url: string) => boolean;
  readonly mayOpen: (url: string) => boolean;
} {
  const events = new EventEmitter();
  let opening: OpenHandler | undefined;
  const contents: WebContents = only<WebContents>('WebContents', {
    on: (name: string, listener: Listener) => {
      listen(events, name, listener);
      return contents;
    },
    emit: (name: string, ...args: unknown[]) => events.emit(name, ...args),
    send: (channel, ...args: unknown[]) => {
      void ask('send', channel, args).catch(() => undefined);
    },
    reload: () => {
      void ask('reload');
    },
    setWindowOpenHandler: (handler) => {
      opening = handler;
    },
  });
  return {
    webContents: contents,
    mayNavigate: (url) => {
      const event = { ...preventableEvent(), url, isMainFrame: true, isSameDocument: false };
      let prevented = false;
      event.preventDefault = () => {
        prevented = true;
      };
      events.emit('will-navigate', event, url);
      return !prevented;
    },
    mayOpen: (url) => {
      // Without a handler Electron opens the window.
      if (opening === undefined) return true;
      const details = { url, frameName: '', features: '' } as Parameters<OpenHandler>[0];
      return opening(details).action === 'allow';
    },
  };
}
