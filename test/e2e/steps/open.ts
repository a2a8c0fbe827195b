import { mkdir } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import type { Driver } from '../drivers/driver.ts';
import { goTo } from './places.ts';

/**
 * Chooses a bundle on the Open screen.
 *
 * @param app - on any screen
 * @param paths - of the bundle, or of its volumes
 */
export async function chooseBundle(app: Driver, ...paths: readonly string[]): Promise<void> {
  await goTo(app.page, 'Open');
  await app.chooseFiles(paths, () =>
    app.page.getByRole('button', { name: /^Choose a(?:nother| bundle)/ }).click(),
  );
}

/** Where the passphrase is typed. */
export function passphraseField(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Passphrase' });
}

/** The button that tries what was typed. */
export function unlockButton(page: Page): Locator {
  return page.getByRole('button', { name: 'Open bundle' });
}

/** Types a passphrase and tries it. */
export async function unlock(page: Page, passphrase: string): Promise<void> {
  await passphraseField(page).fill(passphrase);
  await unlockButton(page).click();
}

/**
 * Saves the documents of an opened bundle, and waits until they are there.
 *
 * @param app - with an opened bundle
 * @param folder - where to; made when it is missing
 */
export async function saveInto(app: Driver, folder: string): Promise<void> {
  await startSaving(app, folder);
  await app.page.getByText(/documents? saved$/).waitFor();
}

/** The same, without waiting for what comes of it. */
export async function startSaving(app: Driver, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await app.chooseFolder(folder, () =>
    app.page.getByRole('button', { name: /^Save (?:\d+ documents?|somewhere else)$/ }).click(),
  );
}
