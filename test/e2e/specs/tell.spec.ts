import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { encode } from 'uqr';
import { writeDocuments } from '../../support/documents.ts';
import { expect, test } from '../app-test.ts';
import { goTo } from '../steps/places.ts';
import { documentLine, readPassphrase, receiptHeading, sealNow, sendInto } from '../steps/send.ts';
import { contentsOf } from '../support/bundles.ts';
import { digestsOf } from '../support/files.ts';

test.beforeEach(async ({ app, home }) => {
  writeDocuments(home.path, { 'passport.pdf': 'a passport', 'Outbox/': '' });
  await app.addFiles([join(home.path, 'passport.pdf')]);
  await sendInto(app, join(home.path, 'Outbox'));
  await sealNow(app.page);
});

test('the passphrase is read out, copied, photographed, messaged and printed, and is the same each time', async ({
  app,
  home,
}) => {
  const { page } = app;
  const passphrase = await readPassphrase(page);
  const [bundle = ''] = await readdir(join(home.path, 'Outbox'));
  expect((await contentsOf(join(home.path, 'Outbox', bundle), { passphrase })).documents).toEqual(
    digestsOf({ 'passport.pdf': 'a passport' }),
  );

  await page.getByRole('button', { name: /^Copy For a messenger/ }).click();
  await expect(page.getByText(/^Copied\. (?:The clipboard is cleared|A page)/)).toBeVisible();
  expect(await app.clipboard()).toBe(passphrase);

  await page.getByRole('button', { name: /^QR code/ }).click();
  const dark = encode(passphrase, { ecc: 'M', border: 2 }).data.flat().filter(Boolean).length;
  const code = await page.getByRole('img', { name: 'QR code' }).locator('path').getAttribute('d');
  expect(code?.split('M')).toHaveLength(dark + 1);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();

  await page.getByRole('button', { name: /^Text message/ }).click();
  const wording = `The passphrase for the sealed bundle I sent you: ${passphrase}`;
  await expect(page.getByRole('textbox', { name: 'Wording' })).toHaveValue(wording);
  await page.getByRole('button', { name: 'Copy the message' }).click();
  await expect.poll(() => app.clipboard()).toBe(wording);
  await page.getByRole('button', { name: 'Close' }).click();

  await page.evaluate(() => {
    window.print = () => {
      document.title = document.querySelector<HTMLElement>('.slip')?.innerText ?? 'nothing';
      dispatchEvent(new Event('afterprint'));
    };
  });
  await page.getByRole('button', { name: /^Print slip/ }).click();
  await expect(page).toHaveTitle(new RegExp(passphrase.replaceAll('-', '[- ]')));
  await expect(page).toHaveTitle(new RegExp(bundle));
  await expect(page.locator('.slip')).toHaveCount(0);
  await expect(page.locator('body')).not.toContainText(passphrase.split('-')[0] ?? '');
});

test('what was shared is marked, and forgotten afterwards', async ({ app }) => {
  const { page } = app;
  await expect(
    page
      .getByRole('listitem', { name: /not shared yet/ })
      .or(page.getByText('Phone or text message: not shared yet')),
  ).toBeAttached();
  await page.getByRole('button', { name: 'I have shared it' }).click();
  await expect(page.getByText('You shared the passphrase.')).toBeVisible();
  await expect(page.getByText('Phone or text message: shared')).toBeAttached();
  await page.getByRole('button', { name: 'Seal another bundle' }).click();
  await expect(page.getByText('Drop documents here')).toBeVisible();
  await goTo(page, 'Activity');
  await expect(page.getByRole('row', { name: /^Passphrase shared/ })).toBeVisible();
});

test('leaving without having shared it asks first', async ({ app }) => {
  const { page } = app;
  await page.getByRole('button', { name: 'Seal another bundle' }).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('Without it nobody can open');
  await expect(question.getByRole('button', { name: 'Stay' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await expect(receiptHeading(page)).toBeVisible();
  await page.getByRole('button', { name: 'Seal another bundle' }).click();
  await question.getByRole('button', { name: 'Forget the passphrase' }).click();
  await expect(page.getByText('Drop documents here')).toBeVisible();
  await expect(documentLine(page, 'passport.pdf')).toHaveCount(0);
});

test('going to look at another place does not lose the receipt', async ({ app }) => {
  const { page } = app;
  const passphrase = await readPassphrase(page);
  for (const place of ['Open', 'Activity', 'Settings', 'Send'] as const) await goTo(page, place);
  await expect(receiptHeading(page)).toBeVisible();
  expect(await readPassphrase(page)).toBe(passphrase);
});
