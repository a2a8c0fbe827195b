import type { MenuItemConstructorOptions } from 'electron';
import type { Words } from './words.ts';

/** What a menu can do that Electron has no role for. */
export interface MenuActions {
  readonly openBundle: () => void;
  readonly aboutAge: () => void;
}

/**
 * The application menu, as each system has it. Nothing in it reloads the page, and developer tools are there only from a checkout.
 *
 * @param words - in the person's language
 * @param actions - what to do
 * @param platform - `process.platform`
 * @param devTools - whether to offer them
 */
export function menuTemplate(
  words: Words,
  actions: MenuActions,
  platform: NodeJS.Platform,
  devTools: boolean,
): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin';
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const openBundle: MenuItemConstructorOptions = {
    label: words.openBundle,
    accelerator: 'CmdOrCtrl+O',
    click: actions.openBundle,
  };
  const aboutAge: MenuItemConstructorOptions = { label: words.aboutAge, click: actions.aboutAge };
  const file: MenuItemConstructorOptions[] = [
    openBundle,
    separator,
    mac ? { role: 'close', label: words.close } : { role: 'quit', label: words.quit },
  ];
  const edit: MenuItemConstructorOptions[] = [
    { role: 'undo', label: words.undo },
    { role: 'redo', label: words.redo },
    separator,
    { role: 'cut', label: words.cut },
    { role: 'copy', label: words.copy },
    { role: 'paste', label: words.paste },
    { role: 'selectAll', label: words.selectAll },
  ];
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom', label: words.actualSize },
    { role: 'zoomIn', label: words.zoomIn },
    { role: 'zoomOut', label: words.zoomOut },
    separator,
    { role: 'togglefullscreen', label: words.fullScreen },
    ...(devTools ? [separator, { role: 'toggleDevTools' as const }] : []),
  ];
  const window: MenuItemConstructorOptions[] = [
    { role: 'minimize', label: words.minimize },
    ...(mac
      ? [{ role: 'zoom' as const }, separator, { role: 'front' as const }]
      : [{ role: 'close' as const, label: words.close }]),
  ];
  const help: MenuItemConstructorOptions[] = mac
    ? [aboutAge]
    : [aboutAge, separator, { role: 'about', label: words.about }];
  return [
    ...(mac ? [{ role: 'appMenu' as const }] : []),
    { label: words.file, submenu: file },
    { label: words.edit, submenu: edit },
    { label: words.view, submenu: view },
    { role: 'window', label: words.window, submenu: window },
    { role: 'help', label: words.help, submenu: help },
  ];
}
