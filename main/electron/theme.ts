import type { BrowserWindow, NativeTheme } from 'electron';
import type { Settings } from '../../app/contract/views.ts';

/** The screen's own backgrounds, so that the window has them before the page is there. */
const BACKGROUND = { light: '#f5f6f8', dark: '#0f1115' } as const;

/**
 * The background of a window without a page.
 *
 * @param theme - Electron's
 */
export function backgroundOf(theme: Pick<NativeTheme, 'shouldUseDarkColors'>): string {
  return theme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light;
}

/**
 * Makes the system's own parts (menus, dialogs, `prefers-color-scheme`) follow what the person set.
 *
 * @param theme - Electron's
 * @param wanted - as set
 */
export function followTheme(
  theme: Pick<NativeTheme, 'themeSource'>,
  wanted: Settings['theme'],
): void {
  if (theme.themeSource !== wanted) theme.themeSource = wanted;
}

/**
 * Keeps a window's background in step with the theme.
 *
 * @param theme - Electron's
 * @param window - to colour
 * @returns stops it
 */
export function paintBackground(
  theme: Pick<NativeTheme, 'off' | 'on' | 'shouldUseDarkColors'>,
  window: Pick<BrowserWindow, 'setBackgroundColor'>,
): () => void {
  const paint = (): void => {
    window.setBackgroundColor(backgroundOf(theme));
  };
  theme.on('updated', paint);
  return () => {
    theme.off('updated', paint);
  };
}
