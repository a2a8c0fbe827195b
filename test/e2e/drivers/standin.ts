import { launchStandin, type Standin } from '../standin/launch.ts';
import { environmentOf, type Driver, type Surroundings } from './driver.ts';

/** The app in the stand-in, with what only a stand-in can do. */
export interface StandinDriver extends Driver {
  readonly kind: 'standin';
  readonly standin: Standin;
}

/**
 * The built main process and preload of the app, with a stand-in for Electron that shows its window in Chromium.
 *
 * @param around - the person's folders, and the browser
 */
export async function standinDriver(around: Surroundings): Promise<StandinDriver> {
  const context = await around.newContext();
  around.watch(context);
  const standin = await launchStandin({
    context,
    env: environmentOf(around),
    keychain: around.keychain,
    dark: around.dark,
  });
  await ready(standin);
  const choosing = async (paths: readonly string[], ask: () => Promise<void>): Promise<void> => {
    standin.choose(paths);
    await ask();
  };
  return {
    kind: 'standin',
    standin,
    get page() {
      return standin.page;
    },
    addFiles: (paths) =>
      choosing(paths, () => standin.page.getByRole('button', { name: 'Add files' }).click()),
    addFolder: (path) =>
      choosing([path], () => standin.page.getByRole('button', { name: 'Add folder' }).click()),
    chooseFiles: choosing,
    chooseFolder: (path, ask) => choosing([path], ask),
    drop: (paths) => standin.drop(paths),
    clipboard: async () => (await standin.state()).clipboard,
    kill: () => standin.kill(),
    end: () => standin.end(),
    restart: async () => {
      await standin.restart();
      await ready(standin);
    },
    close: () => standin.close(),
  };
}

async function ready({ page }: Standin): Promise<void> {
  await page.getByRole('navigation', { name: 'Signet' }).waitFor();
}
