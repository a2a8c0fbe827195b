import type { Locator, Page } from '@playwright/test';
import type { Driver } from '../drivers/driver.ts';
import { choose } from './controls.ts';

/** The button that says what it will do. */
export function sealButton(page: Page): Locator {
  return page.getByRole('region', { name: 'Seal' }).getByRole('button', { name: /^Seal/ });
}

/** The line of one document. */
export function documentLine(page: Page, name: string): Locator {
  return page
    .getByRole('grid', { name: 'Documents in the bundle' })
    .getByRole('row', { name, exact: true });
}

/**
 * Chooses a folder as the destination.
 *
 * @param app - with documents added
 * @param folder - its path
 */
export async function sendInto(app: Driver, folder: string): Promise<void> {
  await app.chooseFolder(folder, () => choose(app.page, 'Destination', 'A folder'));
  await app.page.getByRole('button', { name: 'Choose another folder' }).waitFor();
}

/** Seals, and waits for the receipt. */
export async function sealNow(page: Page): Promise<void> {
  await sealButton(page).click();
  await receiptHeading(page).waitFor();
}

/** What stands above a receipt. */
export function receiptHeading(page: Page): Locator {
  return page.getByRole('heading', { level: 2, name: /^Sealed/ });
}

/** A fact of the receipt, as it is shown. */
export async function receiptFact(page: Page, name: string): Promise<string> {
  const facts = page.getByRole('region', { name: 'Details' });
  return facts.locator(`dt:text-is("${name}") + dd`).innerText();
}

/** Reads the passphrase of the receipt off the screen, word by word. */
export async function readPassphrase(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Show large' }).click();
  const dialog = page.getByRole('dialog', { name: 'Show large' });
  await dialog.getByRole('listitem').first().waitFor();
  const words = await dialog.getByRole('listitem').allInnerTexts();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await dialog.waitFor({ state: 'hidden' });
  return words.join('-');
}
