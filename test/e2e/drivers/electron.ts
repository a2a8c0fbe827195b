import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { environmentOf, type Driver, type Surroundings } from './driver.ts';
import { dropOn } from './drop.ts';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));
const PACKAGE = join(PROJECT, 'node_modules/electron');

/** Why the app cannot be tried in Electron here; nothing when it can. */
export function electronMissing(): string | undefined {
  if (program() === undefined) return 'Electron’s program is not installed (npm start fetches it)';
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'])
    return 'there is no display for Electron’s window';
  return undefined;
}

function program(): string | undefined {
  const named = join(PACKAGE, 'path.txt');
  if (!existsSync(named)) return undefined;
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(PACKAGE, 'dist');
  const path = join(folder, readFileSync(named, 'utf8'));
  return existsSync(path) ? path : undefined;
}

/**
 * The app in Electron.
 *
 * @param around - the person's folders
 */
export async function electronDriver(around: Surroundings): Promise<Driver> {
  let { app, page } = await launch(around);
  const answerOpen = (paths: readonly string[]): Promise<void> =>
    app.evaluate(
      ({ dialog }, filePaths) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths });
      },
      [...paths],
    );
  return {
    kind: 'electron',
    get page() {
      return page;
    },
    addFiles: async (paths) => {
      await answerOpen(paths);
      await page.getByRole('button', { name: 'Add files' }).click();
    },
    addFolder: async (path) => {
      await answerOpen([path]);
      await page.getByRole('button', { name: 'Add folder' }).click();
    },
    chooseFiles: async (paths, ask) => {
      await answerOpen(paths);
      await ask();
    },
    chooseFolder: async (path, ask) => {
      await answerOpen([path]);
      await ask();
    },
    drop: (paths) => dropOn(page, paths),
    clipboard: () => app.evaluate(({ clipboard }) => clipboard.readText()),
    kill: async () => {
      const child = app.process();
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
    end: () => app.close(),
    restart: async () => {
      await app.close();
      ({ app, page } = await launch(around));
    },
    close: () => app.close(),
  };
}

async function launch(
  around: Surroundings,
): Promise<{ readonly app: ElectronApplication; readonly page: Page }> {
  const app = await _electron.launch({
    args: [PROJECT],
    env: environmentOf(around),
  });
  around.watch(app.context());
  const page = await app.firstWindow();
  await page.getByRole('navigation', { name: 'Signet' }).waitFor();
  return { app, page };
}
