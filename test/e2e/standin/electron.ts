/* What `electron` resolves to in the stand-in's main process. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type {
  App,
  Clipboard,
  CustomScheme,
  Dialog,
  IpcMain,
  IpcMainInvokeEvent,
  Menu as RealMenu,
  MenuItemConstructorOptions,
  NativeTheme,
  NotificationConstructorOptions,
  PowerMonitor,
  PowerSaveBlocker,
  Protocol,
  SafeStorage,
  Screen,
  Session,
  Shell,
  WebRequest,
} from 'electron';
import { browserWindows } from './browser-window.ts';
import { listen, only, preventableEvent, type Listener } from './only.ts';
import { connect } from './rpc.ts';

type Electron = typeof import('electron');

/** What the test says about the machine that the program believes to run on. */
export interface Machine {
  readonly packaged: boolean;
  readonly locale: string;
  readonly dark: boolean;
  /** Another instance runs already. */
  readonly taken: boolean;
  /** Of the keychain, in base64; none when there is no keychain. */
  readonly key: string | null;
  readonly home: string | null;
}

const machine = JSON.parse(process.env['SIGNET_STANDIN'] ?? '') as Machine;
delete process.env['SIGNET_STANDIN'];
const main = process.argv[1] ?? '';

const appEvents = new EventEmitter();
const ready = Promise.withResolvers<undefined>();
let isReady = false;
let sandboxed = false;
let privileged: readonly CustomScheme[] = [];
const beforeReady = (what: string): void => {
  if (isReady) throw new Error(`${what} has to come before the app is ready`);
};
const paths = new Map<string, string>([['home', machine.home ?? homedir()]]);
let name = 'signet';

const windows = browserWindows({
  rpc: () => rpc,
  onContents: (contents) => {
    appEvents.emit('web-contents-created', {}, contents);
  },
  onClosed: () => {
    if (appEvents.listenerCount('window-all-closed') > 0) appEvents.emit('window-all-closed');
    else app.quit();
  },
});
const { BrowserWindow } = windows;

const app: App = only<App>('app', {
  on: (event: string, listener: Listener) => {
    listen(appEvents, event, listener);
    return app;
  },
  enableSandbox: () => {
    beforeReady('enableSandbox');
    sandboxed = true;
  },
  exit: (code = 0) => {
    process.exit(code);
  },
  getLocale: () => machine.locale,
  getPath: (which) => {
    const path = paths.get(which);
    if (path === undefined) throw new Error(`the stand-in has no path for ${which}`);
    return path;
  },
  getVersion: () =>
    (
      JSON.parse(readFileSync(join(dirname(main), '..', '..', 'package.json'), 'utf8')) as {
        version: string;
      }
    ).version,
  isPackaged: machine.packaged,
  quit: () => {
    // Not at once: Electron, too, finishes what it is at.
    setImmediate(() => {
      const event = preventableEvent();
      appEvents.emit('before-quit', event);
      if (event.defaultPrevented) return;
      windows.current()?.close();
      if (windows.current() === undefined) process.exit(0);
    });
  },
  requestSingleInstanceLock: (data) => {
    if (paths.get('userData') === undefined) throw new Error('the lock lies in userData');
    if (machine.taken) void rpc.ask('second-instance', data);
    return !machine.taken;
  },
  setAboutPanelOptions: () => undefined,
  setName: (given) => {
    name = given;
  },
  setPath: (which, path) => {
    if (!existsSync(path)) throw new Error(`${path} does not exist`);
    paths.set(which, path);
  },
  whenReady: () => ready.promise,
});

/* --- sessions, protocols, messages --- */

type PageHandler = Parameters<Protocol['handle']>[1];
type RequestListener = NonNullable<Parameters<WebRequest['onBeforeRequest']>[0]>;
const handlers = new Map<string, PageHandler>();
let beforeRequest: RequestListener | undefined;
const invokeHandlers = new Map<
  string,
  (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown
>();

const pageSession: Session = only<Session>('session', {
  on: () => pageSession,
  protocol: only<Protocol>('protocol', {
    handle: (scheme, handler) => {
      if (!privileged.some((known) => known.scheme === scheme))
        throw new Error(`${scheme} is not standard and secure`);
      handlers.set(scheme, handler);
    },
  }),
  setBluetoothPairingHandler: () => undefined,
  setDevicePermissionHandler: () => undefined,
  setDisplayMediaRequestHandler: () => undefined,
  setPermissionCheckHandler: () => undefined,
  setPermissionRequestHandler: () => undefined,
  setSpellCheckerEnabled: () => undefined,
  webRequest: only<WebRequest>('webRequest', {
    onBeforeRequest: (...args: unknown[]) => {
      beforeRequest = args.at(-1) as RequestListener;
    },
  }),
});

const session = only<Electron['session']>('session', {
  fromPartition: (partition) => {
    if (partition.startsWith('persist:')) throw new Error('what the page does would be kept');
    return pageSession;
  },
});

const protocol = only<Protocol>('protocol', {
  registerSchemesAsPrivileged: (schemes) => {
    beforeReady('registerSchemesAsPrivileged');
    for (const { privileges = {} } of schemes) {
      if (privileges.standard !== true || privileges.secure !== true)
        throw new Error('a scheme has to be standard and secure');
      if (privileges.bypassCSP === true) throw new Error('a scheme may not get round the policy');
    }
    privileged = schemes;
  },
});

const ipcMain = only<IpcMain>('ipcMain', {
  handle: (channel, handler) => {
    if (invokeHandlers.has(channel)) throw new Error(`${channel} has a handler`);
    invokeHandlers.set(channel, handler);
  },
});

/** Answers a request of the page as Electron would: first whether it may be made, then the scheme's handler. */
async function request(url: string, method: string): Promise<unknown> {
  const { promise: allowed, resolve } = Promise.withResolvers<boolean>();
  if (beforeRequest === undefined) resolve(true);
  else
    beforeRequest({ url, method } as Parameters<RequestListener>[0], ({ cancel }) => {
      resolve(cancel !== true);
    });
  if (!(await allowed)) return null;
  const handler = handlers.get(new URL(url).protocol.slice(0, -1));
  if (handler === undefined) throw new Error(`a request got through: ${url}`);
  const response = await handler(new Request(url, { method }));
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  };
}

/* --- what the system offers --- */

const dialog = only<Dialog>('dialog', {
  showErrorBox: (title, content) => {
    void rpc.ask('error-box', title, content);
  },
  showMessageBox: async (...args: unknown[]) =>
    (await rpc.ask('message-box', args.at(-1))) as Awaited<ReturnType<Dialog['showMessageBox']>>,
  showOpenDialog: async (...args: unknown[]) => {
    const filePaths = (await rpc.ask('open-dialog', args.at(-1))) as string[];
    return { canceled: filePaths.length === 0, filePaths };
  },
});

let copied = '';
const clipboard = only<Clipboard>('clipboard', {
  clear: () => {
    copied = '';
  },
  readText: () => Promise.resolve(copied),
  writeText: (text) => {
    copied = text;
    return Promise.resolve();
  },
});

const shell = only<Shell>('shell', {
  openExternal: async (url) => {
    await rpc.ask('opened', url);
  },
  openPath: async (path) => {
    await rpc.ask('opened', path);
    return '';
  },
  showItemInFolder: (path) => {
    void rpc.ask('shown-in-folder', path);
  },
});

const key = machine.key === null ? undefined : Buffer.from(machine.key, 'base64');
const safeStorage = only<SafeStorage>('safeStorage', {
  isAsyncEncryptionAvailable: () => Promise.resolve(isReady && key !== undefined),
  getSelectedStorageBackend: () => (key === undefined ? 'basic_text' : 'gnome_libsecret'),
  encryptStringAsync: (text) => {
    if (key === undefined) return Promise.reject(new Error('no keychain'));
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Promise.resolve(Buffer.concat([Buffer.from('v11'), iv, cipher.getAuthTag(), sealed]));
  },
  decryptStringAsync: async (sealed) => {
    if (key === undefined) throw new Error('no keychain');
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(3, 15));
    decipher.setAuthTag(sealed.subarray(15, 31));
    const opened = Buffer.concat([decipher.update(sealed.subarray(31)), decipher.final()]);
    return await Promise.resolve({ shouldReEncrypt: false, result: opened.toString('utf8') });
  },
});

const AREA = { x: 0, y: 0, width: 1920, height: 1080 };
const display = { id: 1, workArea: AREA } as ReturnType<Screen['getPrimaryDisplay']>;
const screen = only<Screen>('screen', {
  getAllDisplays: () => [display],
  getPrimaryDisplay: () => display,
});

const themeEvents = new EventEmitter();
let themeSource: NativeTheme['themeSource'] = 'system';
const nativeTheme: NativeTheme = only<NativeTheme>('nativeTheme', {
  on: (event: string, listener: Listener) => {
    listen(themeEvents, event, listener);
    return nativeTheme;
  },
  get shouldUseDarkColors() {
    return themeSource === 'system' ? machine.dark : themeSource === 'dark';
  },
  get themeSource() {
    return themeSource;
  },
  set themeSource(wanted) {
    themeSource = wanted;
    void rpc.ask('color-scheme', nativeTheme.shouldUseDarkColors ? 'dark' : 'light');
    themeEvents.emit('updated');
  },
});

const powerEvents = new EventEmitter();
let idleSeconds = 0;
const powerMonitor: PowerMonitor = only<PowerMonitor>('powerMonitor', {
  getSystemIdleTime: () => idleSeconds,
  on: (event: string, listener: Listener) => {
    listen(powerEvents, event, listener);
    return powerMonitor;
  },
});

const blocking = new Set<number>();
let lastBlocker = 0;
const powerSaveBlocker = only<PowerSaveBlocker>('powerSaveBlocker', {
  start: () => {
    lastBlocker += 1;
    blocking.add(lastBlocker);
    return lastBlocker;
  },
  stop: (id) => blocking.delete(id),
});

const notifications: EventEmitter[] = [];
class StandinNotification
  extends EventEmitter
  implements Pick<InstanceType<Electron['Notification']>, 'show'>
{
  static isSupported(): boolean {
    return true;
  }
  readonly #options: NotificationConstructorOptions;
  constructor(options: NotificationConstructorOptions = {}) {
    super();
    this.#options = options;
  }
  show(): void {
    notifications.push(this);
    void rpc.ask('notified', this.#options.title, this.#options.body);
  }
}
const Notification = StandinNotification as unknown as Electron['Notification'];

let menu: MenuItemConstructorOptions[] = [];
const Menu = only<Electron['Menu']>('Menu', {
  buildFromTemplate: (template) =>
    ({ template }) as unknown as ReturnType<Electron['Menu']['buildFromTemplate']>,
  setApplicationMenu: (given: RealMenu | null) => {
    menu = (given as unknown as { template: MenuItemConstructorOptions[] }).template;
  },
});

function menuItem(label: string): MenuItemConstructorOptions | undefined {
  const plain = (text = ''): string => text.replace('&', '');
  return menu
    .flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
    .find((item) => plain(item.label) === label);
}

/* --- the other end: the browser, and the test --- */

const rpc = connect(
  {
    send: (message) => process.send?.(message, () => undefined),
    onMessage: (hear) => process.on('message', hear),
  },
  {
    request,
    invoke: async (channel: string, args: unknown[], frame: { origin: string; top: boolean }) => {
      const handler = invokeHandlers.get(channel);
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      const senderFrame = { origin: frame.origin, parent: frame.top ? null : {} };
      const event = { type: 'frame', senderFrame } as unknown as IpcMainInvokeEvent;
      return await handler(event, ...args);
    },
    mayNavigate: (url: string) => windows.current()?.mayNavigate(url) ?? false,
    mayOpen: (url: string) => windows.current()?.mayOpen(url) ?? false,
    gone: (reason: string) => windows.current()?.renderProcessGone(reason),
    closeWindow: () => windows.current()?.close(),
    quit: () => {
      app.quit();
    },
    setFocused: (focused: boolean) => windows.current()?.setFocused(focused),
    emitPower: (event: string) => powerEvents.emit(event),
    setIdle: (seconds: number) => {
      idleSeconds = seconds;
    },
    openFile: (path: string) => {
      appEvents.emit('open-file', preventableEvent(), path);
    },
    secondInstance: (data: unknown) => {
      appEvents.emit('second-instance', {}, [], '/', data);
    },
    clickMenu: (label: string) => {
      const item = menuItem(label);
      if (item === undefined) throw new Error(`no menu item ${label}`);
      (item.click as (() => void) | undefined)?.();
    },
    clickNotification: (index: number) => notifications[index]?.emit('click', {}),
    setClipboard: (text: string) => {
      copied = text;
    },
    state: () => {
      const window = windows.current();
      return {
        clipboard: copied,
        name,
        sandboxed,
        awake: blocking.size > 0,
        shown: window?.shown ?? false,
        progress: window?.progress ?? -1,
        protected: window?.protected ?? false,
        background: window?.background ?? '',
        menu: menu.map(({ label = '' }) => label.replace('&', '')),
      };
    },
  },
);
process.on('disconnect', () => process.exit(0));

setImmediate(() => {
  isReady = true;
  ready.resolve(undefined);
});

/** As Electron has it, too; and what keeps the names above in step with Electron's. */
export default {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
} satisfies Pick<
  Electron,
  | 'app'
  | 'BrowserWindow'
  | 'clipboard'
  | 'dialog'
  | 'ipcMain'
  | 'Menu'
  | 'nativeTheme'
  | 'Notification'
  | 'powerMonitor'
  | 'powerSaveBlocker'
  | 'protocol'
  | 'safeStorage'
  | 'screen'
  | 'session'
  | 'shell'
>;

export {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
};
