import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { expect, test } from 'vitest';
import { bringForward, openWindow, type WindowParts } from '../../../main/electron/window.ts';
import { placeWindow } from '../../../main/electron/window-state.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { as, emitter } from './fakes.ts';

const MAIN: Rectangle = { x: 0, y: 25, width: 1920, height: 1055 };
const RIGHT: Rectangle = { x: 1920, y: 0, width: 2560, height: 1440 };

interface Opened {
  readonly options: BrowserWindowConstructorOptions;
  readonly did: string[];
  readonly emit: (name: string) => void;
}

function open(
  parts: Partial<WindowParts> = {},
  bounds: Rectangle = { x: 10, y: 20, width: 1000, height: 700 },
): Opened {
  const did: string[] = [];
  let options: BrowserWindowConstructorOptions = {};
  const window = emitter({
    loadURL: (url: string) => {
      did.push(`load ${url}`);
      return Promise.resolve();
    },
    show: () => did.push('show'),
    maximize: () => did.push('maximize'),
    isDestroyed: () => false,
    isMaximized: () => true,
    getNormalBounds: () => bounds,
  });
  const display = (id: number, workArea: Rectangle) => ({ id, workArea });
  openWindow({
    create: (given) => {
      options = given;
      return as<BrowserWindow>(window);
    },
    screen: as({
      getPrimaryDisplay: () => display(1, MAIN),
      getAllDisplays: () => [display(2, RIGHT), display(1, MAIN)],
    }),
    theme: { shouldUseDarkColors: false },
    session: as('the session'),
    preload: '/app/preload.cjs',
    devTools: false,
    stateFile: join(temporaryFolder(), 'window.json'),
    untilThemed: Promise.resolve(),
    ...parts,
  });
  return { options, did, emit: (name) => window.emit(name, {}) };
}

test('the page runs in a sandbox, apart from the preload, without Node, with the rules of the web', () => {
  expect(open().options.webPreferences).toEqual({
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
    session: 'the session',
    preload: '/app/preload.cjs',
    devTools: false,
  });
});

test('nothing but the page of the app is loaded', () => {
  expect(open().did).toEqual(['load app://ui/index.html']);
});

test('the window shows when its page is drawn and its theme is known, not before', async () => {
  const themed = Promise.withResolvers<undefined>();
  const { options, did, emit } = open({ untilThemed: themed.promise });
  expect(options.show).toBe(false);
  emit('ready-to-show');
  await Promise.resolve();
  expect(did).not.toContain('show');
  themed.resolve(undefined);
  await themed.promise;
  expect(did).toContain('show');
});

test('its background is that of the theme before there is a page', () => {
  const light = open().options.backgroundColor;
  const dark = open({ theme: { shouldUseDarkColors: true } }).options.backgroundColor;
  expect(light).not.toBe(dark);
});

test('a window opens where the last one was closed', async () => {
  const stateFile = join(temporaryFolder(), 'window.json');
  open({ stateFile }, { x: 2000, y: 100, width: 1400, height: 900 }).emit('close');
  const { options, did } = open({ stateFile });
  expect(options).toMatchObject({ x: 2000, y: 100, width: 1400, height: 900 });
  expect(did).toContain('maximize');
  expect(await readFile(stateFile, 'utf8')).not.toContain('partial');
});

test.each(['', 'null', '{"bounds":{"x":"1"},"maximized":true}', '{"bounds":{"x":1e400}}'])(
  'a state that makes no sense is as none: %s',
  async (content) => {
    const stateFile = join(temporaryFolder(), 'window.json');
    await writeFile(stateFile, content);
    const { options } = open({ stateFile });
    expect(options).toMatchObject({ width: 1280, height: 800 });
    expect(options.x).toBeUndefined();
  },
);

test('a state that cannot be written does not keep the window from closing', () => {
  const stateFile = join(temporaryFolder(), 'missing', 'window.json');
  open({ stateFile }).emit('close');
  expect(existsSync(stateFile)).toBe(false);
});

const state = (bounds: Rectangle) => ({ bounds, maximized: false });
test('a window of a display that is gone opens where the system puts it', () => {
  const there = { x: 2500, y: 100, width: 1400, height: 900 };
  expect(placeWindow(state(there), [MAIN])).toEqual({ width: 1280, height: 800 });
  expect(placeWindow(state(there), [MAIN, RIGHT])).toEqual(there);
});

test('a window that hangs out of a display comes back inside', () => {
  expect(placeWindow(state({ x: 1800, y: -500, width: 1000, height: 700 }), [MAIN])).toEqual({
    x: 920,
    y: 25,
    width: 1000,
    height: 700,
  });
});

test('a window is never smaller than the screen can be used, nor larger than the display', () => {
  expect(placeWindow(state({ x: 100, y: 100, width: 10, height: 10 }), [MAIN])).toMatchObject({
    width: 960,
    height: 600,
  });
  expect(placeWindow(state({ x: 0, y: 0, width: 9000, height: 9000 }), [MAIN])).toEqual(MAIN);
  const small: Rectangle = { x: 0, y: 0, width: 800, height: 500 };
  expect(placeWindow(state({ x: 0, y: 0, width: 1280, height: 800 }), [small])).toEqual({
    x: 0,
    y: 0,
    width: 960,
    height: 600,
  });
});

test('a minimized window is brought forward', () => {
  const did: string[] = [];
  bringForward({
    isMinimized: () => true,
    restore: () => did.push('restore'),
    show: () => did.push('show'),
    focus: () => did.push('focus'),
  });
  expect(did).toEqual(['restore', 'show', 'focus']);
});
