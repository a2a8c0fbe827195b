import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { patternBytes, writeDocuments } from '../../support/documents.ts';
import { expect, test } from '../app-test.ts';
import { choose } from '../steps/controls.ts';
import { enterAccount } from '../steps/email.ts';
import { goTo } from '../steps/places.ts';
import { sealNow, sendInto } from '../steps/send.ts';
import { makeBundle, PASSPHRASE } from '../support/bundles.ts';

const CONTEXTS = [
  { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { colorScheme: 'dark', viewport: { width: 960, height: 600 } },
  // 1280 by 800 at 200 %.
  { colorScheme: 'light', viewport: { width: 640, height: 400 } },
] as const;

/** Nothing serious for those who see, hear or move differently, and nothing that is cut off to the side. */
async function check(page: Page, what: string): Promise<void> {
  // A colour half-way between two is nobody's.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((one) => one.effect?.getComputedTiming().iterations !== Infinity)
        .map((one) => one.finished.catch(() => undefined)),
    ),
  );
  const { violations } = await new AxeBuilder({ page })
    // There are no frames whose results would have to be put together in a page of its own.
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  expect(grave, what).toEqual([]);
  const cut = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.querySelector('main') ?? document.body;
    return scrollWidth - clientWidth;
  });
  expect(cut, `${what}: pixels beyond the right edge`).toBeLessThanOrEqual(0);
}

for (const { colorScheme, viewport } of CONTEXTS) {
  const size = `${String(viewport.width)}×${String(viewport.height)}`;
  test.describe(`${colorScheme}, ${size}`, () => {
    test.use({ colorScheme, viewport, contextOptions: { reducedMotion: 'reduce' } });

    test('sending is for everybody', async ({ app, home }) => {
      const { page } = app;
      writeDocuments(home.path, {
        'passport.pdf': patternBytes(90_000),
        'to be scanned.txt': '',
        'Application/passport.pdf': 'x',
      });
      await mkdir(join(home.path, 'Outbox'));
      await check(page, 'first screen');
      await app.addFiles([join(home.path, 'passport.pdf'), join(home.path, 'to be scanned.txt')]);
      await app.addFolder(join(home.path, 'Application'));
      await expect(page.getByText(/^3 documents,/)).toBeVisible();
      await sendInto(app, join(home.path, 'Outbox'));
      await page.getByRole('button', { name: 'Name and note' }).click();
      await page.getByRole('button', { name: 'Show', exact: true }).click();
      await check(page, 'documents, destination and passphrase');
      await page
        .getByRole('radiogroup', { name: 'How the bundle is locked' })
        .getByText('My own')
        .click();
      await page.getByRole('textbox', { name: 'Your own passphrase' }).fill('password');
      await expect(page.getByText(/could be guessed/)).toBeVisible();
      await check(page, 'a weak passphrase');
      await page
        .getByRole('radiogroup', { name: 'How the bundle is locked' })
        .getByText('Random words')
        .click();
      await sealNow(page);
      await check(page, 'receipt');
      for (const way of ['Show large', 'QR code', 'Text message']) {
        await page.getByRole('button', { name: way }).click();
        await page.getByRole('dialog', { name: way }).waitFor();
        await check(page, way);
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      }
      await page.getByRole('button', { name: 'Seal another bundle' }).click();
      await page.getByRole('alertdialog').waitFor();
      await check(page, 'leaving without sharing');
    });

    test('kinds of bundle and email are for everybody', async ({ app, home }) => {
      const { page } = app;
      writeDocuments(home.path, { 'passport.pdf': patternBytes(90_000) });
      await app.addFiles([join(home.path, 'passport.pdf')]);
      await choose(page, 'What does the recipient have?', '7-Zip, Keka or WinZip');
      await page.getByText('ZIP with AES-256. 7-Zip, Keka and WinZip each open it.').waitFor();
      await page.getByRole('button', { name: 'Choose the format by name' }).click();
      await page.getByText('Hide the names of the documents').click();
      await check(page, 'kinds of bundle');
      await choose(page, 'Destination', 'Email attachment');
      await page.getByText(/usual limit of mail servers/).waitFor();
      await page.getByRole('button', { name: 'A greeting of your own' }).click();
      await check(page, 'an email');
      writeDocuments(home.path, { 'scan.tif': patternBytes(9_000_000) });
      await app.addFiles([join(home.path, 'scan.tif')]);
      await page.getByRole('radiogroup', { name: 'How it goes by email' }).waitFor();
      await check(page, 'an email that is too large');
      await sealNow(page);
      await page.getByRole('button', { name: 'My mail program shows nothing' }).click();
      await check(page, 'receipt of emails');
      await goTo(page, 'Settings');
      await page.getByRole('tab', { name: 'Email' }).click();
      await check(page, 'no email account');
      const form = await enterAccount(page, 1);
      await form.getByRole('alert').waitFor();
      await check(page, 'a failed sign-in');
      await form.getByRole('button', { name: 'Back' }).click();
      await check(page, 'sign-in of an account');
      await page.keyboard.press('Escape');
      await form.waitFor({ state: 'hidden' });
      await check(page, 'an email account');
    });

    test('opening and the other places are for everybody', async ({ app, home }) => {
      const { page } = app;
      const folder = writeDocuments(join(home.path, 'in'), {
        'passport.pdf': patternBytes(9_000),
        'letter.txt': 'Dear committee',
      });
      const bundle = await makeBundle(join(home.path, 'b.tar.age'), [folder], { note: 'Hello' });
      await goTo(page, 'Open');
      await check(page, 'no bundle');
      await app.chooseFiles([bundle], () =>
        page.getByRole('button', { name: /choose a bundle/i }).click(),
      );
      const field = page.getByRole('textbox', { name: /passphrase/i });
      await field.fill(PASSPHRASE.replace('cactus', 'cactuss'));
      await page
        .getByRole('button', { name: /cactus/ })
        .first()
        .waitFor();
      await check(page, 'a mistyped word');
      await page.getByRole('button', { name: 'Open bundle' }).click();
      await page.getByRole('alert').waitFor();
      await check(page, 'a wrong passphrase');
      await field.fill(PASSPHRASE);
      await page.getByRole('button', { name: 'Open bundle' }).click();
      await page.getByText('Verified: nothing was changed on the way').waitFor();
      await check(page, 'opened');
      await goTo(page, 'Activity');
      await page.getByText('b.tar.age').first().waitFor();
      await check(page, 'activity');
      await goTo(page, 'Settings');
      await page.getByRole('button', { name: /add/i }).first().waitFor();
      await check(page, 'settings');
      await page.getByRole('button', { name: /add/i }).first().click();
      await page.getByRole('dialog').waitFor();
      await check(page, 'adding a connection');
      await page.keyboard.press('Escape');
      for (const tab of ['Defaults', 'About']) {
        await page.getByRole('tab', { name: tab }).click();
        await check(page, tab);
      }
    });
  });
}
