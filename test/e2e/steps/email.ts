import type { Locator, Page } from '@playwright/test';
import PostalMime, { type Email } from 'postal-mime';
import { MAIL_PASSWORD, MAIL_USER } from '../support/mail-server.ts';
import { choose } from './controls.ts';
import { goTo } from './places.ts';

/** Chooses email as the way of the bundle. */
export async function sendByEmail(page: Page): Promise<void> {
  await choose(page, 'Destination', 'Email attachment');
  await emailPart(page).waitFor();
}

/** What is entered for the email. */
export function emailPart(page: Page): Locator {
  return page.getByRole('group', { name: 'The email' });
}

/**
 * Chooses one of a list that a button opens.
 *
 * @param page - of the app
 * @param list - its label
 * @param option - in it
 */
export async function select(page: Page, list: string, option: string): Promise<void> {
  await emailPart(page)
    .getByRole('button', { name: new RegExp(list) })
    .click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/**
 * Adds an email account by the guided form, as far as the step that says whether the server accepts it.
 *
 * @param page - of the app
 * @param port - of a server on this machine
 * @returns the dialog, on its last step
 */
export async function enterAccount(
  page: Page,
  port: number,
  password = MAIL_PASSWORD,
): Promise<Locator> {
  await goTo(page, 'Settings');
  await page.getByRole('tab', { name: 'Email' }).click();
  await page.getByRole('button', { name: 'Add email account' }).click();
  const form = page.getByRole('dialog', { name: 'Add email account' });
  await form.getByRole('textbox', { name: 'Name' }).fill('Work');
  await form.getByRole('textbox', { name: 'Server for outgoing email' }).fill('127.0.0.1');
  await form.getByRole('textbox', { name: 'Port' }).fill(String(port));
  await form.getByRole('button', { name: 'Next' }).click();
  await form.getByRole('textbox', { name: 'Sender' }).fill(`Ana Lima <${MAIL_USER}>`);
  await form.getByRole('textbox', { name: 'Password' }).fill(password);
  await form.getByRole('button', { name: 'Save and check sign-in' }).click();
  await form.getByText('Work is saved.').waitFor();
  return form;
}

/** The same to its end. */
export async function addAccount(page: Page, port: number): Promise<void> {
  const form = await enterAccount(page, port);
  await form.getByText('The server accepted the sign-in.').waitFor();
  await form.getByRole('button', { name: 'Done' }).click();
  await form.waitFor({ state: 'hidden' });
}

/** A message and the one file that is attached to it. */
export interface ReadMessage {
  readonly email: Email;
  readonly name: string;
  readonly content: Buffer;
}

/**
 * Reads a message as an independent parser understands it.
 *
 * @param raw - as it was written or received
 */
export async function readMessage(raw: Buffer): Promise<ReadMessage> {
  const email = await PostalMime.parse(raw);
  const [attached, ...others] = email.attachments;
  if (attached === undefined || others.length > 0)
    throw new Error(`${String(email.attachments.length)} files are attached instead of one`);
  const { content, filename } = attached;
  return {
    email,
    name: filename ?? '',
    content:
      typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as Uint8Array),
  };
}
