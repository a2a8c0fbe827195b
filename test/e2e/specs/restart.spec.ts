import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDocuments } from '../../support/documents.ts';
import { expect, test } from '../app-test.ts';
import type { Driver } from '../drivers/driver.ts';
import { choose } from '../steps/controls.ts';
import { goTo } from '../steps/places.ts';
import { readPassphrase, sealNow, sendInto } from '../steps/send.ts';
import { enterConnection } from '../steps/settings.ts';
import { namesUnder } from '../support/files.ts';

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

/** Adds a connection to a port where nobody is. */
async function addUnreachable(app: Driver): Promise<void> {
  const form = await enterConnection(app.page, {
    name: 'Recruiting',
    bucket: 'documents',
    prefix: 'ana/',
    endpoint: 'https://127.0.0.1:1',
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: SECRET,
  });
  await expect(form.getByText(/^There is no connection to/)).toBeVisible({ timeout: 30_000 });
  await form.getByRole('button', { name: 'Done' }).click();
}

/** Everything that lies in a folder, hidden files included, as one text. */
async function everythingIn(folder: string): Promise<string> {
  const names = await namesUnder(folder);
  const contents = await Promise.all(names.map((name) => readFile(join(folder, name), 'latin1')));
  return [...names, ...contents].join('\n');
}

test('connections, settings and activity are there after a restart, and no secret is on the disk', async ({
  app,
  home,
}) => {
  writeDocuments(home.path, { 'passport.pdf': 'a passport', 'Outbox/': '' });
  await app.addFiles([join(home.path, 'passport.pdf')]);
  await sendInto(app, join(home.path, 'Outbox'));
  await sealNow(app.page);
  const passphrase = await readPassphrase(app.page);
  await addUnreachable(app);
  const card = app.page.getByRole('article', { name: 'Recruiting' });
  // The machine that tests have no keychain for the loopback host.
  const keeps = app.kind !== 'web';
  await expect(card).toContainText(
    keeps ? 'Kept in this computer’s keychain' : 'Kept until Signet is closed',
  );
  await expect(app.page.getByText('Secrets are kept for this run only')).toHaveCount(keeps ? 0 : 1);
  await app.page.getByRole('tab', { name: 'Defaults' }).click();
  await choose(app.page, 'Appearance', 'Dark');
  await choose(app.page, 'Words in a new passphrase', '9');
  await expect(app.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(app.page.getByText(/^9 words give/)).toBeVisible();

  const during = await everythingIn(home.data);
  await app.restart();
  const { page } = app;
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await goTo(page, 'Settings');
  await expect(page.getByText('s3://documents/ana/')).toBeVisible();
  await expect(page.getByRole('article', { name: 'Recruiting' })).toContainText(
    keeps ? 'Kept in this computer’s keychain' : 'Missing: enter it again to use this connection',
  );
  await goTo(page, 'Activity');
  await expect(page.getByRole('row', { name: /^Sealed and sent: bundle-/ })).toBeVisible();
  await goTo(page, 'Send');
  await app.addFiles([join(home.path, 'passport.pdf')]);
  await expect(page.getByText('9 hidden words')).toBeAttached();

  for (const text of [during, await everythingIn(home.data)]) {
    expect(text).toContain('AKIAIOSFODNN7EXAMPLE');
    for (const secret of [SECRET, Buffer.from(SECRET).toString('base64'), passphrase])
      expect(text).not.toContain(secret);
    expect(text).not.toContain('a passport ');
  }
});

test.describe('without a keychain', () => {
  test.use({ keychain: false });

  test('a secret is kept for this run, the screen says so, and asks for it after the restart', async ({
    app,
    home,
  }) => {
    await addUnreachable(app);
    await expect(app.page.getByText('Secrets are kept for this run only')).toBeVisible();
    await expect(app.page.getByRole('article', { name: 'Recruiting' })).toContainText(
      'Kept until Signet is closed',
    );
    await app.restart();
    const { page } = app;
    await goTo(page, 'Settings');
    await page.getByRole('button', { name: 'Enter the secret' }).click();
    const form = page.getByRole('dialog', { name: 'Change Recruiting' });
    await expect(form.getByLabel('Secret access key')).toHaveValue('');
    await form.getByLabel('Secret access key').fill(SECRET);
    await form.getByRole('button', { name: 'Save and check access' }).click();
    await expect(form.getByText('Recruiting is saved.')).toBeVisible();
    expect(await everythingIn(home.data)).not.toContain(SECRET);
  });
});

test.describe('after a power cut', () => {
  // The page is cut off, too.
  test.use({ forgiven: /Failed to load resource|net::ERR_/ });

  test('what was only passing through is gone with the next start, and after an orderly end at once', async ({
    app,
    home,
  }) => {
    writeDocuments(home.path, { 'passport.pdf': 'a passport that passes through' });
    const staged = async (): Promise<string[]> =>
      (await namesUnder(home.data)).filter((name) => name.startsWith('staging/'));
    await app.addFiles([join(home.path, 'passport.pdf')]);
    await expect(app.page.getByText(/^1 document,/)).toBeVisible();
    if (app.kind === 'web') expect(await staged()).toHaveLength(1);
    await app.kill();
    await app.restart();
    await expect(app.page.getByText('Drop documents here')).toBeVisible();
    expect(await staged()).toEqual([]);
    await app.addFiles([join(home.path, 'passport.pdf')]);
    await expect(app.page.getByText(/^1 document,/)).toBeVisible();
    await app.end();
    expect(await staged()).toEqual([]);
    expect(await everythingIn(home.data)).not.toContain('a passport that passes through');
  });
});
