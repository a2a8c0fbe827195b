import { execFileSync } from 'node:child_process';
import { readdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { patternBytes, writeDocuments } from '../../support/documents.ts';
import { expect, test } from '../app-test.ts';
import { choose } from '../steps/controls.ts';
import { chooseBundle } from '../steps/open.ts';
import { goTo } from '../steps/places.ts';
import {
  documentLine,
  readPassphrase,
  receiptHeading,
  sealButton,
  sealNow,
  sendInto,
} from '../steps/send.ts';
import { contentsOf } from '../support/bundles.ts';
import { digestsOf } from '../support/files.ts';

const PASSPORT = patternBytes(40_000, 9);

test('what is unreadable in a dropped folder is marked, and the rest is sealed once it is removed', async ({
  app,
  home,
}) => {
  const { page } = app;
  const folder = writeDocuments(join(home.path, 'Papers'), { 'passport.pdf': PASSPORT });
  await symlink(join(home.path, 'nowhere'), join(folder, 'gone.pdf'));
  // A browser that comes upon a pipe waits for whoever writes into it.
  if (app.kind !== 'web') execFileSync('mkfifo', [join(folder, 'pipe')]);
  await app.drop([folder]);
  await expect(documentLine(page, 'Papers/passport.pdf')).toBeVisible();
  if (app.kind === 'web') await expect(page.getByText(/^1 document,/)).toBeVisible();
  else {
    await expect(documentLine(page, 'Papers/pipe')).toContainText('Not a document');
    await expect(documentLine(page, 'Papers/gone.pdf')).toContainText('Not a document');
    await expect(sealButton(page)).toBeDisabled();
    for (const name of ['pipe', 'gone.pdf'])
      await page.getByRole('button', { name: `Remove Papers/${name}` }).click();
  }
  writeDocuments(home.path, { 'Outbox/': '' });
  await sendInto(app, join(home.path, 'Outbox'));
  await sealNow(page);
  const passphrase = await readPassphrase(page);
  const [bundle = ''] = await readdir(join(home.path, 'Outbox'));
  const { documents } = await contentsOf(join(home.path, 'Outbox', bundle), { passphrase });
  expect(documents).toEqual(digestsOf({ 'Papers/passport.pdf': PASSPORT }));
});

test('a name of 255 bytes goes in and comes out as it is', async ({ app, home }) => {
  const { page } = app;
  const name = `${'ü'.repeat(125)}.pdf1`;
  expect(Buffer.byteLength(name)).toBe(255);
  writeDocuments(home.path, { [name]: PASSPORT, 'Outbox/': '' });
  await app.addFiles([join(home.path, name)]);
  await sendInto(app, join(home.path, 'Outbox'));
  await sealNow(page);
  const passphrase = await readPassphrase(page);
  const [bundle = ''] = await readdir(join(home.path, 'Outbox'));
  const { documents } = await contentsOf(join(home.path, 'Outbox', bundle), { passphrase });
  expect(documents).toEqual(digestsOf({ [name]: PASSPORT }));
});

test('a file that is deleted after it was added is named, or was copied in time', async ({
  app,
  home,
}) => {
  const { page } = app;
  const outbox = join(home.path, 'Outbox');
  writeDocuments(home.path, { 'passport.pdf': PASSPORT, 'degree.pdf': 'x', 'Outbox/': '' });
  await app.addFiles([join(home.path, 'passport.pdf'), join(home.path, 'degree.pdf')]);
  await sendInto(app, outbox);
  await rm(join(home.path, 'passport.pdf'));
  await sealButton(page).click();
  if (app.kind === 'web') await receiptHeading(page).waitFor();
  else {
    const alert = page.getByRole('region', { name: 'Seal' }).getByRole('alert');
    await expect(alert).toContainText('“passport.pdf” is not there any more');
    expect(await readdir(outbox)).toEqual([]);
    await alert.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByRole('button', { name: 'Remove passport.pdf' }).click();
    await sealNow(page);
  }
  const passphrase = await readPassphrase(page);
  const [bundle = ''] = await readdir(outbox);
  const { documents } = await contentsOf(join(outbox, bundle), { passphrase });
  expect(documents).toEqual(
    digestsOf({ 'degree.pdf': 'x', ...(app.kind === 'web' ? { 'passport.pdf': PASSPORT } : {}) }),
  );
});

test('what is no bundle is refused on the Open screen, dropped or chosen', async ({
  app,
  home,
}) => {
  const { page } = app;
  writeDocuments(home.path, { 'holiday.jpg': PASSPORT, 'nothing.age': '' });
  await goTo(page, 'Open');
  await page.getByText('Drop it anywhere in this window').waitFor();
  await app.drop([join(home.path, 'holiday.jpg')]);
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('is not a bundle that Signet can open');
  await expect(page.getByRole('textbox', { name: 'Passphrase' })).toHaveCount(0);
  await chooseBundle(app, join(home.path, 'nothing.age'));
  await expect(alert).toContainText('is empty');
});

test('a bundle of that name is left as it is, and another name goes through', async ({
  app,
  home,
}) => {
  const { page } = app;
  const outbox = writeDocuments(join(home.path, 'Outbox'), { 'mine.tar.age': 'an older one' });
  writeDocuments(home.path, { 'passport.pdf': PASSPORT });
  await app.addFiles([join(home.path, 'passport.pdf')]);
  await sendInto(app, outbox);
  await page.getByRole('button', { name: 'Name and note' }).click();
  const name = page.getByRole('textbox', { name: 'Name of the bundle' });
  await name.fill('mine');
  await sealButton(page).click();
  const alert = page.getByRole('region', { name: 'Seal' }).getByRole('alert');
  await expect(alert).toContainText('already exists');
  expect(await readdir(outbox)).toEqual(['mine.tar.age']);
  await name.fill('../mine');
  await sealButton(page).click();
  await expect(alert.getByText('cannot be the name of a bundle')).toBeVisible();
  await name.fill('mine 2');
  await sealNow(page);
  expect((await readdir(outbox)).sort()).toEqual(['mine 2.tar.age', 'mine.tar.age']);
});

test('the language is changed at once, and stays', async ({ app }) => {
  await goTo(app.page, 'Settings');
  await app.page.getByRole('tab', { name: 'Defaults' }).click();
  await choose(app.page, 'Language', 'Deutsch');
  const rail = app.page.getByRole('navigation', { name: 'Signet' });
  await expect(rail.getByRole('button')).toHaveText([
    'Senden',
    'Öffnen',
    'Verlauf',
    'Einstellungen',
  ]);
  await expect(app.page.locator('html')).toHaveAttribute('lang', 'de');
  await app.restart();
  await expect(app.page.getByText('Dokumente hier ablegen')).toBeVisible();
});
