import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { patternBytes, writeDocuments } from '../../support/documents.ts';
import { expect, test } from '../app-test.ts';
import { readPassphrase, receiptHeading, sealButton } from '../steps/send.ts';
import { contentsOf, makeBundle, PASSPHRASE } from '../support/bundles.ts';
import { digestsOf } from '../support/files.ts';

const PASSPORT = patternBytes(40_000, 7);
/** More stops than any screen has. */
const MOST_STOPS = 60;

/** Goes on with Tab until that control has the focus, and shows that it has. */
async function tabTo(
  page: Page,
  role: 'button' | 'radio' | 'textbox',
  name: RegExp,
): Promise<void> {
  const wanted = page.getByRole(role, { name }).first();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    const there = await wanted.evaluate((element) => element === document.activeElement);
    if (there) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no way to ${String(name)} by keyboard`);
}

test('a bundle is sealed without touching the mouse', async ({ app, home }) => {
  const { page } = app;
  writeDocuments(home.path, { 'passport.pdf': PASSPORT });
  const outbox = join(home.path, 'Outbox');
  await mkdir(outbox);

  await app.chooseFiles([join(home.path, 'passport.pdf')], async () => {
    await tabTo(page, 'button', /^Add files/);
    await page.keyboard.press('Enter');
  });
  await expect(page.getByText(/^1 document,/)).toBeVisible();
  await app.chooseFolder(outbox, async () => {
    // Within a group the arrows lead, and Space chooses.
    for (let stop = 0; stop < MOST_STOPS; stop += 1) {
      const inGroup = await page.evaluate(() =>
        document.activeElement?.closest('[role=radiogroup]')?.getAttribute('aria-label'),
      );
      if (inGroup === 'Destination') break;
      await page.keyboard.press('Tab');
    }
    const folder = page.getByRole('radio', { name: /A folder/ });
    if (await folder.evaluate((element) => element === document.activeElement))
      await page.keyboard.press('Space');
    else await page.keyboard.press('ArrowUp');
  });
  await page.getByRole('button', { name: 'Choose another folder' }).waitFor();
  await tabTo(page, 'button', /^Seal 1 document into Outbox/);
  await expect(sealButton(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await receiptHeading(page).waitFor();

  await tabTo(page, 'button', /^Show large/);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Show large' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expect(page.getByRole('button', { name: /^Show large/ })).toBeFocused();

  const [bundle = ''] = await readdir(outbox);
  const passphrase = await readPassphrase(page);
  const { documents } = await contentsOf(join(outbox, bundle), { passphrase });
  expect(documents).toEqual(digestsOf({ 'passport.pdf': PASSPORT }));
});

test('a bundle is opened and saved without touching the mouse', async ({ app, home }) => {
  const { page } = app;
  writeDocuments(home.path, { 'passport.pdf': PASSPORT });
  const received = join(home.path, 'Received');
  await mkdir(received);
  const bundle = await makeBundle(join(home.path, 'b.tar.age'), [join(home.path, 'passport.pdf')]);

  // From wherever one is.
  await app.chooseFiles([bundle], () => page.keyboard.press('Control+o'));
  await tabTo(page, 'textbox', /passphrase/i);
  await page.keyboard.type(PASSPHRASE.toUpperCase().replaceAll('-', ' '));
  await tabTo(page, 'button', /^Open bundle/);
  await page.keyboard.press('Enter');
  await page.getByText('Verified: nothing was changed on the way').waitFor();
  await app.chooseFolder(received, async () => {
    await tabTo(page, 'button', /^Save 1 document/);
    await page.keyboard.press('Enter');
  });
  await page.getByRole('button', { name: 'Open folder' }).waitFor();
  expect(await readFile(join(received, 'passport.pdf'))).toEqual(PASSPORT);
});

test('Ctrl and a number goes to each place', async ({ app }) => {
  const { page } = app;
  for (const [key, place] of [
    ['2', 'Open'],
    ['4', 'Activity'],
    ['5', 'Settings'],
    // There is no inbox before a connection can read one.
    ['3', 'Settings'],
    ['1', 'Send'],
  ] as const) {
    await page.keyboard.press(`Control+${key}`);
    await expect(page.getByRole('heading', { level: 1, name: place })).toBeVisible();
  }
});
