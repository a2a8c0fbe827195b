import type { Page } from '@playwright/test';

/**
 * Chooses one of several by its label, as the mouse does.
 *
 * @param page - of the app
 * @param group - what is asked
 * @param name - what is answered
 */
export async function choose(page: Page, group: string, name: string): Promise<void> {
  await page.getByRole('radiogroup', { name: group }).getByText(name, { exact: true }).click();
}
