import type { Locator, Page } from '@playwright/test';

/**
 * Goes to a place by the rail.
 *
 * @param page - of the app
 * @param name - as the rail has it
 */
export async function goTo(
  page: Page,
  name: 'Send' | 'Open' | 'Inbox' | 'Activity' | 'Settings',
): Promise<void> {
  await placeButton(page, name).click();
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
}

/** The button of a place in the rail. */
export function placeButton(page: Page, name: string): Locator {
  return page
    .getByRole('navigation', { name: 'Signet' })
    .getByRole('button', { name, exact: true });
}
