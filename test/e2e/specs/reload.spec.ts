import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { writeDocuments } from '../../support/documents.ts';
import { expect, test as base } from '../app-test.ts';
import type { Home } from '../drivers/driver.ts';
import { readPassphrase, receiptHeading, sealButton, sendInto } from '../steps/send.ts';
import { contentsOf } from '../support/bundles.ts';
import { digestsOf } from '../support/files.ts';

/** Tells what the system was asked to open. */
const OPENER =
  '#!/bin/sh\nprintf %s "$1" > "$HOME/opened.tmp" && mv "$HOME/opened.tmp" "$HOME/opened"\n';

// A desktop whose browser is the test itself.
const test = base.extend({
  env: async ({ home }, use) => {
    const programs = join(home.path, 'bin');
    await mkdir(programs);
    await writeFile(join(programs, 'xdg-open'), OPENER);
    await chmod(join(programs, 'xdg-open'), 0o755);
    await use({ DISPLAY: ':0', PATH: `${programs}:${process.env['PATH'] ?? ''}` });
  },
});
// The page loses its session in these tests, and its requests are refused then.
test.use({ forgiven: /Failed to load resource|net::ERR_/ });

/** Opens what the host wanted to have opened in the browser. */
async function openedPage(context: BrowserContext, home: Home): Promise<Page> {
  const file = join(home.path, 'opened');
  await expect.poll(() => readFile(file, 'utf8').catch(() => '')).not.toBe('');
  const page = await context.newPage();
  await page.goto(`file://${await readFile(file, 'utf8')}`);
  await page.getByRole('navigation', { name: 'Signet' }).waitFor();
  // The secret in the link is used up, and not left in the address.
  expect(new URL(page.url()).hash).toBe('');
  return page;
}

async function expectSealed(page: Page, home: Home): Promise<void> {
  await expect(receiptHeading(page)).toBeVisible();
  const passphrase = await readPassphrase(page);
  const [bundle = '', ...others] = await readdir(join(home.path, 'Outbox'));
  expect(others).toEqual([]);
  const { documents } = await contentsOf(join(home.path, 'Outbox', bundle), { passphrase });
  expect(documents).toEqual(digestsOf({ 'passport.pdf': 'a passport' }));
}

test.beforeEach(async ({ app, home }) => {
  writeDocuments(home.path, { 'passport.pdf': 'a passport', 'Outbox/': '' });
  await app.addFiles([join(home.path, 'passport.pdf')]);
  await sendInto(app, join(home.path, 'Outbox'));
});

test('a page that is loaded again in the middle of a job asks for a new one, which shows what became of it', async ({
  app,
  home,
}) => {
  const { page } = app;
  await sealButton(page).click();
  await page.getByRole('progressbar').first().waitFor();
  await page.reload();
  await expect(page.getByText('This page is not connected')).toBeVisible();
  await expect(page.getByText('Work under way goes on without the page.')).toBeVisible();
  await page.getByRole('button', { name: 'Open it again' }).click();
  await expect(page.getByText('Signet opens in a new page. This one can be closed.')).toBeVisible();
  await expectSealed(await openedPage(page.context(), home), home);
});

test('a tab that is closed in the middle of a job is opened again from its bare address', async ({
  app,
  home,
}) => {
  const { page } = app;
  const context = page.context();
  const { origin } = new URL(page.url());
  await sealButton(page).click();
  await page.getByRole('progressbar').first().waitFor();
  await page.close();
  const bare = await context.newPage();
  await bare.goto(origin);
  // The host notices only after a moment that nobody listens any more.
  await expect(async () => {
    await bare.getByRole('button', { name: 'Open it again' }).click();
    await expect(bare.getByText('Signet opens in a new page.')).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expectSealed(await openedPage(context, home), home);
});

test('a program that is ended in the middle of a job leaves nothing half-made', async ({
  app,
  home,
}) => {
  await sealButton(app.page).click();
  await app.page.getByRole('progressbar').first().waitFor();
  await app.end();
  expect(await readdir(join(home.path, 'Outbox'))).toEqual([]);
  expect(await readdir(join(home.data, 'staging'))).toEqual([]);
});

test('a page whose program has died says so, and what to do', async ({ app }) => {
  const { page } = app;
  await app.kill();
  await expect(page.getByText('This page is not connected')).toBeVisible();
  await page.getByRole('button', { name: 'Open it again' }).click();
  await expect(
    page.getByText('Press Enter where Signet was started to get a new link, or start it again.'),
  ).toBeVisible();
});
