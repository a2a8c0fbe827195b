import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
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
  session as sessions,
  shell,
} from 'electron';
import { OUTBOX_FOLDER, type Session } from '../../app/contract/host.ts';
import type { HostView, Settings } from '../../app/contract/views.ts';
import { startCore } from '../node/core.ts';
import { claimStagingFolder, dataFolder, type StagingFolder } from '../node/folders.ts';
import { readLicences } from '../node/licences.ts';
import { EVENT } from './channels.ts';
import { createCopying } from './clipboard.ts';
import { dialogPorts } from './dialogs.ts';
import { openPage } from './external.ts';
import { answer } from './ipc.ts';
import { menuTemplate } from './menu.ts';
import { createNotifier } from './notify.ts';
import { filesInArguments, openFiles } from './open-files.ts';
import { electronPorts } from './ports.ts';
import { createWakefulness, watchPresence } from './power.ts';
import { PAGE_SCHEME, servePage } from './protocol.ts';
import { orderlyEnd } from './quit.ts';
import { recoverScreen } from './screen-recovery.ts';
import { openSecrets } from './secrets.ts';
import { denyAll } from './session-policy.ts';
import { beTheOnly } from './single-instance.ts';
import { barOf, isRunning, showBar } from './taskbar.ts';
import { followTheme, paintBackground } from './theme.ts';
import { watchSession } from './watch-session.ts';
import { confineAll } from './web-contents-policy.ts';
import { bringForward, openWindow } from './window.ts';
import { whyNotOpened, wordsIn, type Words } from './words.ts';

const BUILT = join(import.meta.dirname, '..');
/** Without `persist:` it lives in memory: nothing that the page does is left on the disk. */
const PARTITION = 'signet';
const DATA = dataFolder();
/** What Chromium keeps, apart from what is Signet's. */
const CHROMIUM_DATA = join(DATA, 'electron');

let settings: Pick<Settings, 'language' | 'theme'> = { language: 'system', theme: 'system' };
let window: BrowserWindow | undefined;
let staging: StagingFolder | undefined;
const words = (): Words => wordsIn(settings.language, app.getLocale());
const shown = (): BrowserWindow | undefined =>
  window?.isDestroyed() === false ? window : undefined;

process.on('uncaughtException', (error) => {
  // Electron's own box would show what was thrown, and that may be anything.
  if (!app.isPackaged) process.stderr.write(`${error.stack ?? error.message}\n`);
  dialog.showErrorBox(words().broken, words().brokenDetail);
  app.exit(1);
});

app.setName('Signet');
// By it Windows knows whose notifications and whose place in the taskbar these are.
if (process.platform === 'win32') app.setAppUserModelId('app.signet.desktop');
mkdirSync(CHROMIUM_DATA, { recursive: true, mode: 0o700 });
app.setPath('userData', CHROMIUM_DATA);
app.enableSandbox();
confineAll(app);
protocol.registerSchemesAsPrivileged([PAGE_SCHEME]);

const core = Promise.withResolvers<Session>();
// Each who needs the core says what happens without it.
core.promise.catch(() => undefined);

const open = (files: readonly string[]): void => {
  const refused = (detail: string): void => {
    const options = { type: 'error' as const, message: words().cannotOpen, detail };
    const parent = shown();
    void (parent === undefined
      ? dialog.showMessageBox(options)
      : dialog.showMessageBox(parent, options));
  };
  core.promise
    .then((session) =>
      openFiles(session, files, (code) => {
        refused(whyNotOpened(words(), code));
      }),
    )
    // Without a core the program has said so, and ends.
    .catch(() => undefined);
};

const given = filesInArguments(process.argv, app.isPackaged, process.cwd());
const first = beTheOnly(app, given, (files) => {
  const current = shown();
  if (current !== undefined) bringForward(current);
  open(files);
});

if (first) {
  app.on('open-file', (event, file) => {
    event.preventDefault();
    open([file]);
  });
  open(given);
  void app.whenReady().then(start);
} else {
  app.quit();
}

function start(): void {
  const devTools = !app.isPackaged;
  const copying = createCopying(clipboard);
  const ending = orderlyEnd({
    app,
    dialog,
    session: () => core.promise,
    window: shown,
    words,
    tidy: async () => {
      staging?.release();
      await copying.clearSecret();
    },
  });
  const themed = Promise.withResolvers<undefined>();

  const pageSession = sessions.fromPartition(PARTITION);
  denyAll(pageSession, devTools);
  servePage(pageSession.protocol, join(BUILT, 'renderer'));
  answer(ipcMain, core.promise);

  window = openWindow({
    create: (options) => new BrowserWindow(options),
    screen,
    theme: nativeTheme,
    session: pageSession,
    preload: join(BUILT, 'preload', 'preload.cjs'),
    devTools,
    stateFile: join(DATA, 'window.json'),
    untilThemed: themed.promise,
  });
  window.on('close', (event) => {
    ending.onClose(event);
  });
  paintBackground(nativeTheme, window);
  recoverScreen(window.webContents, () => {
    dialog.showErrorBox(words().screenGone, words().screenGoneDetail);
    void ending.now();
  });
  app.on('activate', () => {
    const current = shown();
    if (current !== undefined) bringForward(current);
  });
  app.setAboutPanelOptions({ applicationName: 'Signet', applicationVersion: app.getVersion() });
  showMenu(devTools);

  startSession(copying).then(
    (session) => {
      core.resolve(session);
      follow(session, devTools, () => {
        themed.resolve(undefined);
      });
    },
    (error: unknown) => {
      core.reject(error);
      dialog.showErrorBox(words().cannotStart, words().cannotStartDetail);
      app.exit(1);
    },
  );
}

async function startSession(copying: ReturnType<typeof createCopying>): Promise<Session> {
  staging = await claimStagingFolder(DATA);
  const secrets = await openSecrets(safeStorage, process.platform, join(DATA, 'secrets.json'));
  const outbox = join(DATA, OUTBOX_FOLDER);
  const ports = electronPorts({ dialog, window: shown, words, copying, secrets, shell, outbox });
  const host: HostView = {
    kind: 'electron',
    platform: platformOf(process.platform),
    keepsSecrets: secrets.keeps,
    protectsContent: process.platform === 'darwin' || process.platform === 'win32',
  };
  return await startCore(
    {
      host,
      version: app.getVersion(),
      licences: readLicences(),
      dataFolder: DATA,
      stagingFolder: staging.path,
      homeFolder: app.getPath('home'),
    },
    ports,
  );
}

/** Lets everything of the system's follow the core's state. */
function follow(session: Session, devTools: boolean, onFirst: () => void): void {
  const wakefulness = createWakefulness(powerSaveBlocker);
  const notify = createNotifier({
    looking: () => shown()?.isFocused() === true,
    words,
    show: (title, body) => {
      if (!Notification.isSupported()) return;
      const notification = new Notification({ title, body });
      notification.on('click', () => {
        const current = shown();
        if (current !== undefined) bringForward(current);
      });
      notification.show();
    },
  });
  session.listen((event) => {
    shown()?.webContents.send(EVENT, event);
  });
  watchPresence(powerMonitor, () => {
    void session.invoke('forgetSecrets', {});
  });
  watchSession(session, ({ jobs, settings: current }) => {
    followTheme(nativeTheme, current.theme);
    const spoke = settings.language;
    settings = current;
    if (current.language !== spoke) showMenu(devTools);
    const target = shown();
    if (target !== undefined) showBar(target, barOf(jobs));
    wakefulness.update(jobs.some(isRunning));
    notify(jobs);
    onFirst();
  });
}

function showMenu(devTools: boolean): void {
  const openBundle = async (): Promise<void> => {
    open(await dialogPorts({ dialog, window: shown, words }).chooseFiles('bundle'));
  };
  const template = menuTemplate(
    words(),
    {
      openBundle: () => {
        openBundle().catch(() => undefined);
      },
      aboutAge: () => {
        openPage(shell, 'age').catch(() => undefined);
      },
    },
    process.platform,
    devTools,
  );
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

function platformOf(platform: NodeJS.Platform): HostView['platform'] {
  return platform === 'linux' || platform === 'darwin' || platform === 'win32' ? platform : 'other';
}
