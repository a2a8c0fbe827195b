import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from '@playwright/test';
import { afterAll, onTestFinished } from 'vitest';
import { CHROMIUM } from '../../../tools/chromium.ts';
import { PASSPHRASE } from '../../support/pages.ts';

/** Whether Chromium is installed here. */
export const CHROMIUM_THERE = existsSync(CHROMIUM.executablePath);

let browser: Browser | undefined;
afterAll(async () => {
  await browser?.close();
});

/**
 * Shows a page from disk in Chromium; it goes away with the running test.
 *
 * @param path - of the page
 * @param options - of the person's browser
 * @param before - runs in the page before anything else
 */
export async function shownInChromium(
  path: string,
  options: Parameters<Browser['newContext']>[0] = {},
  before?: () => void,
): Promise<Page> {
  browser ??= await chromium.launch(CHROMIUM);
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  onTestFinished(() => context.close());
  if (before !== undefined) await context.addInitScript(before);
  const page = await context.newPage();
  await page.goto(pathToFileURL(path).href);
  return page;
}

/**
 * Opens the documents in a page.
 *
 * @param page - which shows the field for the passphrase
 */
export async function openDocuments(page: Page): Promise<void> {
  await page.getByRole('textbox').fill(PASSPHRASE);
  await page.keyboard.press('Enter');
  await page.locator('.documents').waitFor({ timeout: 120_000 });
}
