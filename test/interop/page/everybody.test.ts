import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { describe, expect, test } from 'vitest';
import { PASSPHRASE } from '../../support/pages.ts';
import { CHROMIUM_THERE, openDocuments, shownInChromium } from './chromium.ts';
import { pageWith } from './made.ts';

const VERIFIED = 'Verified: nothing was changed on the way';
const OPEN = 'Open the documents';

describe.each([
  { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { colorScheme: 'dark', viewport: { width: 960, height: 600 } },
  // 960 by 600 at 200 %.
  { colorScheme: 'light', viewport: { width: 480, height: 300 } },
] as const)('$colorScheme, $viewport.width pixels wide', (options) => {
  test.skipIf(!CHROMIUM_THERE)('it is for everybody', async () => {
    const page = await shownInChromium(await pageWith(), { ...options, reducedMotion: 'reduce' });
    await page.getByRole('textbox').waitFor();
    await check(page, 'locked');
    await page.locator('.about > summary').click();
    await page.locator('.about details > summary').click();
    await check(page, 'safer ways');
    await page.getByRole('textbox').fill(PASSPHRASE.replace('deface', 'defase'));
    await page
      .getByRole('button', { name: /defase/ })
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Show the passphrase' }).click();
    await check(page, 'a mistyped word');
    await page.getByRole('button', { name: OPEN }).click();
    await page.getByRole('alert').waitFor();
    await check(page, 'wrong');
    await openDocuments(page);
    await check(page, 'opened');
  });
});

test.skipIf(!CHROMIUM_THERE)('everything can be done with the keys alone', async () => {
  const page = await shownInChromium(await pageWith());
  await page.getByRole('textbox').waitFor();
  const focused = (): Promise<string> =>
    page.evaluate(
      () =>
        document.activeElement?.getAttribute('aria-label') ??
        document.activeElement?.textContent ??
        '',
    );
  await page.keyboard.type(PASSPHRASE);
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Show the passphrase');
  await page.keyboard.press('Tab');
  expect(await focused()).toBe(OPEN);
  await page.keyboard.press('Enter');
  await page.locator('.documents').waitFor();
  expect(await focused()).toContain(VERIFIED);
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Save passport.jpg');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.keyboard.press('Enter'),
  ]);
  expect(download.suggestedFilename()).toBe('passport.jpg');
  expect(await page.getByRole('status').last().innerText()).toBe(
    'passport.jpg was handed to the browser’s downloads.',
  );
});

test.skipIf(!CHROMIUM_THERE)('without JavaScript it says what to do', async () => {
  const page = await shownInChromium(await pageWith(), { javaScriptEnabled: false });
  const words = await page.locator('main').innerText();
  expect(words).toContain('To open them here the page needs JavaScript');
  expect(words).toContain("sed -n '/^-----BEGIN/,/^-----END/p' FILE | age -d | tar x");
  expect(words).toContain('Öffnen Sie diese Datei in Signet');
});

test.skipIf(!CHROMIUM_THERE)('in German it speaks German', async () => {
  const page = await shownInChromium(await pageWith(), { locale: 'de-AT' });
  await page.getByRole('heading', { name: 'Dokumente, für Sie versiegelt' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('de-AT');
  await openDocuments(page);
  expect(await page.locator('main').innerText()).toContain('3 Dokumente, 1,9 MiB');
});

/** Nothing serious for those who see, hear or move differently, and nothing that is cut off to the side. */
async function check(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const found = violations.map(
    ({ id, impact, nodes }) =>
      `${String(impact)} ${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
  );
  expect(found, what).toEqual([]);
  const cut = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect(cut, `${what}: pixels beyond the right edge`).toBeLessThanOrEqual(0);
}
