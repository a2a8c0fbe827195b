import type { Locator, Page } from '@playwright/test';
import { goTo } from './places.ts';

/** What is entered for a connection. */
export interface Entered {
  readonly name: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * Adds a connection by the guided form, as far as the step that says what it is good for.
 *
 * @param page - of the app
 * @param entered - what the person was given
 * @returns the dialog, on its last step
 */
export async function enterConnection(page: Page, entered: Entered): Promise<Locator> {
  await goTo(page, 'Settings');
  await page.getByRole('button', { name: 'Add connection' }).click();
  const form = page.getByRole('dialog', { name: 'Add connection' });
  await form.getByRole('textbox', { name: 'Name' }).fill(entered.name);
  await form.getByRole('textbox', { name: 'Bucket' }).fill(entered.bucket);
  await form.getByRole('textbox', { name: 'Region' }).fill('us-east-1');
  await form.getByRole('textbox', { name: 'Prefix' }).fill(entered.prefix);
  await form.getByRole('button', { name: 'S3-compatible service instead of Amazon' }).click();
  await form.getByRole('textbox', { name: 'Endpoint' }).fill(entered.endpoint);
  await form.getByRole('button', { name: 'Next' }).click();
  await form.getByRole('textbox', { name: 'Access key id' }).fill(entered.accessKeyId);
  await form.getByLabel('Secret access key').fill(entered.secretAccessKey);
  await form.getByRole('button', { name: 'Save and check access' }).click();
  await form.getByText(`${entered.name} is saved.`).waitFor();
  return form;
}

/** The same to its end. */
export async function addConnection(page: Page, entered: Entered): Promise<void> {
  const form = await enterConnection(page, entered);
  await form.getByRole('list', { name: 'Rights' }).waitFor();
  await form.getByRole('button', { name: 'Done' }).click();
  await form.waitFor({ state: 'hidden' });
}
