import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { patternBytes, writeDocuments } from '../../support/documents.ts';
import { hasCommand } from '../../support/peers.ts';
import { expect, test } from '../app-test.ts';
import type { Driver } from '../drivers/driver.ts';
import { choose } from '../steps/controls.ts';
import { chooseBundle, saveInto, unlock } from '../steps/open.ts';
import { goTo } from '../steps/places.ts';
import { readPassphrase, receiptFact, sealButton, sealNow, sendInto } from '../steps/send.ts';
import { digestsOf, digestsUnder } from '../support/files.ts';
import { unpackedBy } from '../support/programs.ts';

const QUESTION = 'What does the recipient have?';
const PASSPORT = patternBytes(70_000, 1);
const LETTER = 'Dear committee\n';
const DIGESTS = digestsOf({ 'passport.pdf': PASSPORT, 'letter.txt': LETTER });

test.beforeEach(async ({ home }) => {
  writeDocuments(home.path, { 'passport.pdf': PASSPORT, 'letter.txt': LETTER });
  await mkdir(join(home.path, 'Outbox'));
});

/** One sender's two documents, on their way into a folder. */
async function begin(app: Driver, home: string): Promise<void> {
  await app.addFiles([join(home, 'passport.pdf'), join(home, 'letter.txt')]);
  await sendInto(app, join(home, 'Outbox'));
}

interface Sealed {
  readonly path: string;
  readonly passphrase: string;
}

async function seal(page: Page, home: string): Promise<Sealed> {
  await expect(sealButton(page)).toBeEnabled();
  await sealNow(page);
  const passphrase = await readPassphrase(page);
  const [name = '', ...others] = await readdir(join(home, 'Outbox'));
  expect(others).toEqual([]);
  return { path: join(home, 'Outbox', name), passphrase };
}

test('for a recipient with Signet it is an age bundle, which Signet opens', async ({
  app,
  home,
}) => {
  const { page } = app;
  await begin(app, home.path);
  await expect(page.getByText('Without an answer it becomes an age bundle')).toBeVisible();
  await choose(page, QUESTION, 'Signet or age');
  await expect(page.getByText(/^age bundle\. Signet opens it/)).toBeVisible();
  const { path, passphrase } = await seal(page, home.path);
  expect(path).toMatch(/\.tar\.age$/);
  expect(await receiptFact(page, 'Kind')).toBe('age bundle');

  await chooseBundle(app, path);
  await unlock(page, passphrase);
  await expect(page.getByText('Verified: nothing was changed on the way')).toBeVisible();
  const received = join(home.path, 'Received');
  await saveInto(app, received);
  const saved = await digestsUnder(received);
  expect(saved).toMatchObject(DIGESTS);
});

test('for a recipient with 7-Zip, Keka or WinZip it is a ZIP, which 7-Zip and libarchive open', async ({
  app,
  home,
}) => {
  test.skip(!hasCommand('7zz') || !hasCommand('bsdtar'), '7zz or bsdtar is not installed');
  const { page } = app;
  await begin(app, home.path);
  await choose(page, QUESTION, '7-Zip, Keka or WinZip');
  await expect(
    page.getByText('ZIP with AES-256. 7-Zip, Keka and WinZip each open it.'),
  ).toBeVisible();
  await expect(
    page.getByText('Anybody on the way can read the names of the documents.'),
  ).toBeVisible();
  await expect(page.getByText('A ZIP needs at least 8 words')).toBeVisible();
  await expect(page.getByText('8 hidden words')).toBeAttached();
  await expect(page.getByRole('radio', { name: 'A key' })).toBeDisabled();
  const { path, passphrase } = await seal(page, home.path);
  expect(path).toMatch(/\.zip$/);
  expect(passphrase.split('-')).toHaveLength(8);
  expect(await unpackedBy('7zz', path, passphrase)).toEqual(DIGESTS);
  expect(await unpackedBy('bsdtar', path, passphrase)).toEqual(DIGESTS);

  await chooseBundle(app, path);
  await expect(page.getByText('Names can be read by anybody')).toBeVisible();
  await unlock(page, passphrase);
  await expect(page.getByText('Verified: nothing was changed on the way')).toBeVisible();
});

test('for a recipient with only a browser it is a page, which opens itself from the disk', async ({
  app,
  around,
  home,
}) => {
  const { page } = app;
  await begin(app, home.path);
  await choose(page, QUESTION, 'Only a web browser');
  await expect(page.getByText(/^Self-opening page\./)).toBeVisible();
  await expect(page.getByText('Tell them that a page comes from you.')).toBeVisible();
  const { path, passphrase } = await seal(page, home.path);
  expect(path).toMatch(/\.html$/);

  const context = await around.newContext();
  const recipient = await context.newPage();
  const asked: string[] = [];
  recipient.on('request', (request) => asked.push(request.url()));
  const url = pathToFileURL(path).href;
  await recipient.goto(url);
  await recipient.getByRole('textbox', { name: 'Passphrase' }).fill(passphrase);
  await recipient.getByRole('button', { name: 'Open the documents' }).click();
  await recipient.getByText('Verified: nothing was changed on the way').waitFor();
  const [download] = await Promise.all([
    recipient.waitForEvent('download'),
    recipient.getByRole('button', { name: 'Save passport.pdf' }).click(),
  ]);
  expect(await readFile(await download.path())).toEqual(Buffer.from(PASSPORT));
  expect(asked.filter((one) => one !== url && !one.startsWith('blob:'))).toEqual([]);
  await context.close();

  await goTo(page, 'Settings');
  await page.getByRole('tab', { name: 'About' }).click();
  await expect(page.getByText(/^[\da-f]{64}$/)).toBeVisible();
});

test('for a recipient of whom nothing is known it is what most can open', async ({ app, home }) => {
  const { page } = app;
  await begin(app, home.path);
  await choose(page, QUESTION, 'I don’t know');
  await expect(page.getByText('Self-opening page. Most people can open it')).toBeVisible();
  // By email a page is held more often: the answer is another one, though the question is the same.
  await choose(page, 'Destination', 'Email attachment');
  await expect(page.getByText('ZIP with AES-256. Free programs open it')).toBeVisible();
  await expect(sealButton(page)).toHaveText('Seal 2 documents and make the email');
});

test('the names are hidden in a ZIP where that is wanted, and a kind chosen by its name stays', async ({
  app,
  home,
}) => {
  test.skip(!hasCommand('7zz'), '7zz is not installed');
  const { page } = app;
  await begin(app, home.path);
  await choose(page, QUESTION, '7-Zip, Keka or WinZip');
  await page.getByRole('button', { name: 'Choose the format by name' }).click();
  await page.getByText('Hide the names of the documents').click();
  await expect(page.getByText('they lie in a second ZIP').first()).toBeVisible();
  const { path, passphrase } = await seal(page, home.path);
  expect(Object.keys(await unpackedBy('7zz', path, passphrase))).toEqual(['documents.zip']);

  await page.getByRole('button', { name: 'I have shared it' }).click();
  await page.getByRole('button', { name: 'Seal another bundle' }).click();
  await app.addFiles([join(home.path, 'passport.pdf')]);
  await expect(page.getByText('Without an answer it becomes an age bundle')).toBeVisible();
  await page.getByRole('button', { name: 'Choose the format by name' }).click();
  await choose(page, 'Kind of bundle', '7z with sealed names');
  await expect(page.getByText(/^7z with sealed names\. /)).toBeVisible();
  await sealNow(page);
  const again = await readPassphrase(page);
  const name = (await readdir(join(home.path, 'Outbox'))).find((one) => one.endsWith('.7z')) ?? '';
  expect(await unpackedBy('7zz', join(home.path, 'Outbox', name), again)).toEqual(
    digestsOf({ 'passport.pdf': PASSPORT }),
  );
});

test('an archive that nothing protects is opened with a plain warning', async ({ app, home }) => {
  test.skip(!hasCommand('bsdtar'), 'bsdtar is not installed');
  const { page } = app;
  const { execFileSync } = await import('node:child_process');
  const path = join(home.path, 'plain.zip');
  execFileSync('bsdtar', ['--format', 'zip', '-cf', path, '-C', home.path, 'passport.pdf']);
  await chooseBundle(app, path);
  await expect(page.getByText('Nothing locks this bundle')).toBeVisible();
  await page.getByRole('button', { name: 'Open bundle' }).click();
  await expect(page.getByText('Nothing in it was encrypted')).toBeVisible();
  await expect(page.getByText('Opened, but not protected against changes')).toBeVisible();
  await saveInto(app, join(home.path, 'Received'));
  expect(await digestsUnder(join(home.path, 'Received'))).toEqual(
    digestsOf({ 'passport.pdf': PASSPORT }),
  );
});

test('what would come out of all proportion is opened only by the one who wants it', async ({
  app,
  home,
}) => {
  test.skip(!hasCommand('bsdtar'), 'bsdtar is not installed');
  const { page } = app;
  const { execFileSync } = await import('node:child_process');
  writeDocuments(home.path, { 'zeros.bin': new Uint8Array(300_000_000) });
  const path = join(home.path, 'large.zip');
  execFileSync('bsdtar', ['--format', 'zip', '-cf', path, '-C', home.path, 'zeros.bin']);
  await chooseBundle(app, path);
  await page.getByRole('button', { name: 'Open bundle' }).click();
  await expect(page.getByRole('alert')).toContainText('expands-too-much');
  await page.getByRole('button', { name: 'Open anyway' }).click();
  await expect(page.getByText('Nothing in it was encrypted')).toBeVisible();
});
