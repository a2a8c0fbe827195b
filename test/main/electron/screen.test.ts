import type { BrowserWindow, NativeTheme, WebContents } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { recoverScreen } from '../../../main/electron/screen-recovery.ts';
import { backgroundOf, followTheme, paintBackground } from '../../../main/electron/theme.ts';
import { as, emitter } from './fakes.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function page() {
  const did: string[] = [];
  const contents = emitter({ reload: () => did.push('reload') });
  recoverScreen(as<WebContents>(contents), () => did.push('hopeless'));
  return { did, die: (reason: string) => contents.emit('render-process-gone', {}, { reason }) };
}

test('a page whose process died is loaded again', () => {
  const { did, die } = page();
  die('crashed');
  die('oom');
  die('clean-exit');
  expect(did).toEqual(['reload', 'reload']);
});

test('one that keeps dying is given up', () => {
  const { did, die } = page();
  for (let i = 0; i < 4; i += 1) die('crashed');
  expect(did).toEqual(['reload', 'reload', 'reload', 'hopeless']);
});

test('one that dies now and then is not', () => {
  const { did, die } = page();
  for (let i = 0; i < 8; i += 1) {
    die('crashed');
    vi.advanceTimersByTime(30_000);
  }
  expect(did).not.toContain('hopeless');
});

test('menus and dialogs follow the theme that was set', () => {
  const theme: Pick<NativeTheme, 'themeSource'> = { themeSource: 'system' };
  followTheme(theme, 'dark');
  expect(theme.themeSource).toBe('dark');
});

test('the background of the window follows, until it is stopped', () => {
  const painted: string[] = [];
  const theme = emitter({ shouldUseDarkColors: false });
  const stop = paintBackground(
    as<NativeTheme>(theme),
    as<BrowserWindow>({ setBackgroundColor: (color: string) => painted.push(color) }),
  );
  theme.shouldUseDarkColors = true;
  theme.emit('updated');
  stop();
  theme.emit('updated');
  expect(painted).toEqual([backgroundOf({ shouldUseDarkColors: true })]);
});
