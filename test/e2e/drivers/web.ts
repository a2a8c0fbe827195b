import { once } from 'node:events';
import { dirname, relative, sep } from 'node:path';
import type { Page } from '@playwright/test';
import { serveApp } from '../../../tools/ui/served-app.ts';
import { environmentOf, type Driver, type Surroundings } from './driver.ts';
import { dropOn } from './drop.ts';

/**
 * The app in a browser, served by the loopback host.
 *
 * @param around - the person's folders, and the browser
 */
export async function webDriver(around: Surroundings): Promise<Driver> {
  let served = await serveApp(environmentOf(around));
  const context = await around.newContext();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  around.watch(context);
  const page = await context.newPage();
  await page.goto(served.link);
  await ready(page);
  const end = async (): Promise<void> => {
    await page.goto('about:blank');
    await served.stop();
  };
  return {
    kind: 'web',
    page,
    addFiles: (paths) =>
      pick(page, paths, () => page.getByRole('button', { name: 'Add files' }).click()),
    addFolder: (path) =>
      pick(page, [path], () => page.getByRole('button', { name: 'Add folder' }).click()),
    chooseFiles: (paths, ask) => pick(page, paths, ask),
    chooseFolder: async (path, ask) => {
      await ask();
      await walkTo(page, path);
    },
    drop: (paths) => dropOn(page, paths),
    clipboard: () => readClipboard(page),
    kill: async () => {
      served.process.kill('SIGKILL');
      await once(served.process, 'exit');
    },
    end,
    restart: async () => {
      await end();
      served = await serveApp(environmentOf(around));
      await page.goto(served.link);
      await ready(page);
    },
    close: async () => {
      await context.close();
      await served.stop();
    },
  };
}

/** Looks from a page of another site: the app's own may write to the clipboard only. */
async function readClipboard(page: Page): Promise<string> {
  const context = page.context();
  const other = await context.newPage();
  await other.route('https://example.com/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>Another site</title>' }),
  );
  await other.goto('https://example.com/');
  const text = await other.evaluate(() => navigator.clipboard.readText());
  await other.close();
  await page.bringToFront();
  return text;
}

async function ready(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Signet' }).waitFor();
}

/** Answers the browser's own file dialog. */
async function pick(page: Page, paths: readonly string[], ask: () => Promise<void>): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await ask();
  await (await chooser).setFiles([...paths]);
}

/** Goes through the page's folder picker as a person would, from where it was last time. */
async function walkTo(page: Page, path: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  const shown = dialog.getByRole('status');
  await shown.filter({ hasText: sep }).waitFor();
  let at = await shown.innerText();
  while (relative(at, path).startsWith('..')) {
    await dialog.getByRole('button', { name: 'Up one level' }).click();
    at = dirname(at);
    await shown.getByText(at, { exact: true }).waitFor();
  }
  for (const name of relative(at, path)
    .split(sep)
    .filter((part) => part !== '')) {
    await dialog.getByRole('option', { name, exact: true }).dblclick();
    at = `${at}${sep}${name}`;
    await dialog.getByText(at, { exact: true }).waitFor();
  }
  await dialog.getByRole('button', { name: 'Choose this folder' }).click();
}
