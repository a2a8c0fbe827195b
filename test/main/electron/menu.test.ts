import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { menuTemplate } from '../../../main/electron/menu.ts';
import { wordsIn } from '../../../main/electron/words.ts';

function items(platform: NodeJS.Platform, devTools = false, did: string[] = []) {
  const template = menuTemplate(
    wordsIn('en', ''),
    { openBundle: () => did.push('open'), aboutAge: () => did.push('age') },
    platform,
    devTools,
  );
  return template.flatMap((menu) =>
    Array.isArray(menu.submenu) ? [menu, ...menu.submenu] : [menu],
  );
}
const roles = (of: MenuItemConstructorOptions[]) => of.map(({ role }) => role).filter(Boolean);

test.each(['linux', 'win32', 'darwin'] as const)(
  'on %s the usual commands are there',
  (platform) => {
    expect(roles(items(platform))).toEqual(
      expect.arrayContaining(['undo', 'cut', 'copy', 'paste', 'selectAll', 'zoomIn', 'minimize']),
    );
  },
);

test('the application menu is where each system has it', () => {
  expect(roles(items('darwin'))).toContain('appMenu');
  expect(roles(items('linux'))).toEqual(expect.arrayContaining(['quit', 'about']));
  expect(roles(items('linux'))).not.toContain('appMenu');
});

test('no menu reloads the page, and the developer tools are there only from a checkout', () => {
  for (const platform of ['linux', 'win32', 'darwin'] as const) {
    expect(roles(items(platform))).not.toContain('reload');
    expect(roles(items(platform))).not.toContain('forceReload');
    expect(roles(items(platform))).not.toContain('toggleDevTools');
    expect(roles(items(platform, true))).toContain('toggleDevTools');
  }
});

test('Ctrl or Cmd and O opens a bundle; Help leads to the format', () => {
  const did: string[] = [];
  const all = items('linux', false, did);
  const click = (item: MenuItemConstructorOptions | undefined) => {
    (item?.click as (() => void) | undefined)?.();
  };
  click(all.find(({ accelerator }) => accelerator === 'CmdOrCtrl+O'));
  click(all.find(({ label }) => label?.includes('age') === true));
  expect(did).toEqual(['open', 'age']);
});
