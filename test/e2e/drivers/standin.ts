import { launchStandin } from '../standin/launch.ts';
import { environmentOf, type Driver, type Surroundings } from './driver.ts';

/**
 * The app as it is built for Electron, with a stand-in for Electron that shows its window in the browser.
 *
 * @param around - the person's folders
 */
export async function standinDriver(around: Surroundings): Promise<Driver> {
  const context = await around.newContext();
  around.watch(context);
  const app = await launchStandin({
    context,
    env: environmentOf(around),
    ...(around.files === undefined ? {} : { files: around.files }),
  });
  const ready = (): Promise<void> => app.page.getByRole('navigation', { name: 'Signet' }).waitFor();
  const choose = async (paths: readonly string[], ask: () => Promise<void>): Promise<void> => {
    app.choose(paths);
    await ask();
  };
  await ready();
  return {
    kind: 'standin',
    get page() {
      return app.page;
    },
    addFiles: (paths) =>
      choose(paths, () => app.page.getByRole('button', { name: 'Add files' }).click()),
    addFolder: (path) =>
      choose([path], () => app.page.getByRole('button', { name: 'Add folder' }).click()),
    chooseFile: (path, ask) => choose([path], ask),
    chooseFolder: (path, ask) => choose([path], ask),
    drop: (paths) => app.drop(paths),
    clipboard: async () => (await app.state()).clipboard,
    end: () => app.end(),
    restart: async () => {
      await app.restart();
      await ready();
    },
    close: () => app.close(),
  };
}
