import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  NativeTheme,
  Screen,
  Session,
  WebPreferences,
} from 'electron';
import { PAGE_URL } from './channels.ts';
import { backgroundOf } from './theme.ts';
import { LEAST, placeWindow, readWindowState, writeWindowState } from './window-state.ts';

/** What a window is made of. */
export interface WindowParts {
  readonly create: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  readonly screen: Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'>;
  readonly theme: Pick<NativeTheme, 'shouldUseDarkColors'>;
  readonly session: Session;
  /** The built preload. */
  readonly preload: string;
  /** Only from a checkout. */
  readonly devTools: boolean;
  /** Where the window's place is remembered. */
  readonly stateFile: string;
  /** The window stays hidden until then, so that the page does not change its colours in sight. */
  readonly untilThemed: Promise<unknown>;
}

/** Each is Electron's default today. They are written down so that they stay when the defaults do not. */
const SECURE: WebPreferences = {
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

/**
 * Opens the window.
 *
 * @param parts - what it is made of
 */
export function openWindow(parts: WindowParts): BrowserWindow {
  const state = readWindowState(parts.stateFile);
  const primary = parts.screen.getPrimaryDisplay();
  const others = parts.screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  const window = parts.create({
    ...placeWindow(
      state,
      [primary, ...others].map(({ workArea }) => workArea),
    ),
    minWidth: LEAST.width,
    minHeight: LEAST.height,
    show: false,
    title: 'Signet',
    backgroundColor: backgroundOf(parts.theme),
    webPreferences: {
      ...SECURE,
      session: parts.session,
      preload: parts.preload,
      devTools: parts.devTools,
    },
  });
  if (state?.maximized === true) window.maximize();
  window.on('close', () => {
    writeWindowState(parts.stateFile, {
      bounds: window.getNormalBounds(),
      maximized: window.isMaximized(),
    });
  });
  window.once('ready-to-show', () => {
    void parts.untilThemed.then(() => {
      if (!window.isDestroyed()) window.show();
    });
  });
  void window.loadURL(PAGE_URL);
  return window;
}

/**
 * Brings a window before the eyes of the person.
 *
 * @param window - to show
 */
export function bringForward(
  window: Pick<BrowserWindow, 'focus' | 'isMinimized' | 'restore' | 'show'>,
): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
