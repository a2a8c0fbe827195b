import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { patternBytes, writeDocuments } from '../../support/documents.ts';
import { s3Server } from '../../support/peers.ts';
import { RECIPIENT_RIGHTS, SENDER_RIGHTS } from '../../support/policies.ts';
import { expect, test } from '../app-test.ts';
import type { Home } from '../drivers/driver.ts';
import { chooseBundle, startSaving, unlock, unlockButton } from '../steps/open.ts';
import { goTo } from '../steps/places.ts';
import { sealButton, sealNow, sendInto } from '../steps/send.ts';
import { addConnection } from '../steps/settings.ts';
import { makeBundle, PASSPHRASE } from '../support/bundles.ts';
import { namesUnder } from '../support/files.ts';
import { HeldProxy } from '../support/held-proxy.ts';

const MIB = 1024 * 1024;
const CANCELLED = 'Cancelled. Nothing was sent and nothing half-made was left behind.';

/** A file of zeros, which takes no room. */
async function makeLarge(path: string, bytes: number): Promise<string> {
  const file = await open(path, 'wx');
  await file.truncate(bytes);
  await file.close();
  return path;
}

/** What passes through, but for the documents that a browser handed over. */
async function halfMade(home: Home): Promise<string[]> {
  const names = await namesUnder(home.data);
  return names.filter((name) => name.startsWith('staging/') && !name.includes('/upload-'));
}

async function cancelAt(page: Page, stage: string): Promise<void> {
  await page.getByText(stage, { exact: true }).waitFor();
  await page.getByRole('main').getByRole('button', { name: 'Cancel', exact: true }).click();
}

test('sealing is cancelled while the passphrase becomes a key, and goes through the next time', async ({
  app,
  home,
}) => {
  const { page } = app;
  writeDocuments(home.path, { 'passport.pdf': 'a passport', 'Outbox/': '' });
  const outbox = join(home.path, 'Outbox');
  await app.addFiles([join(home.path, 'passport.pdf')]);
  await sendInto(app, outbox);
  await sealButton(page).click();
  await cancelAt(page, 'Turning the passphrase into a key');
  await expect(page.getByText(CANCELLED)).toBeVisible();
  expect(await readdir(outbox)).toEqual([]);
  expect(await halfMade(home)).toEqual([]);
  await expect(page.getByText(/^1 document,/)).toBeVisible();
  await sealNow(page);
  expect(await readdir(outbox)).toHaveLength(1);
});

test('sealing is cancelled in the middle of a large document', async ({ app, home }) => {
  test.slow();
  const { page } = app;
  writeDocuments(home.path, { 'Outbox/': '' });
  const outbox = join(home.path, 'Outbox');
  await app.addFiles([await makeLarge(join(home.path, 'scans.bin'), 1024 * MIB)]);
  await expect(page.getByText(/^1 document,/)).toBeVisible({ timeout: 60_000 });
  await sendInto(app, outbox);
  await sealButton(page).click();
  await cancelAt(page, 'Sealing');
  await expect(page.getByText(CANCELLED)).toBeVisible();
  expect(await readdir(outbox)).toEqual([]);
  expect(await halfMade(home)).toEqual([]);
});

test('an upload is cancelled in the middle, and S3 has nothing of it', async ({
  app,
  home,
  bucket,
}) => {
  const { page } = app;
  const user = await bucket.addUser();
  await bucket.allow({ user: user.name, actions: [...SENDER_RIGHTS], prefix: 'ana/' });
  const hold = { way: 'up', after: 20 * MIB } as const;
  const proxy = await HeldProxy.start(s3Server()?.httpsEndpoint ?? '', hold);
  try {
    await addConnection(page, {
      ...user,
      name: 'Recruiting',
      bucket: bucket.name,
      prefix: 'ana/',
      endpoint: proxy.endpoint,
    });
    await goTo(page, 'Send');
    writeDocuments(home.path, { 'scan.bin': patternBytes(60 * MIB) });
    await app.addFiles([join(home.path, 'scan.bin')]);
    await sealButton(page).click();
    await proxy.held;
    await cancelAt(page, 'Uploading');
    await expect(page.getByText(CANCELLED)).toBeVisible();
    expect(await bucket.keys()).toEqual([]);
    expect(await bucket.pendingUploads()).toEqual([]);
    await expect(page.getByText(/^1 document,/)).toBeVisible();
  } finally {
    await proxy.close();
  }
});

test('opening is cancelled, keeps what was typed, and goes through the next time', async ({
  app,
  home,
}) => {
  const { page } = app;
  writeDocuments(home.path, { 'passport.pdf': 'a passport' });
  const path = join(home.path, 'received.age');
  await chooseBundle(app, await makeBundle(path, [join(home.path, 'passport.pdf')], { logN: 18 }));
  await unlock(page, PASSPHRASE);
  await cancelAt(page, 'Turning the passphrase into a key');
  await expect(page.getByRole('textbox', { name: 'Passphrase' })).toHaveValue(PASSPHRASE);
  expect(await halfMade(home)).toEqual([]);
  await unlockButton(page).click();
  await expect(page.getByText('Verified: nothing was changed on the way')).toBeVisible();
});

test('saving is cancelled in the middle, and nothing is in the folder', async ({ app, home }) => {
  test.slow();
  const { page } = app;
  const large = await makeLarge(join(home.path, 'scans.bin'), 512 * MIB);
  const path = join(home.path, 'received.age');
  await chooseBundle(app, await makeBundle(path, [large], { logN: 14 }));
  await unlock(page, PASSPHRASE);
  await expect(page.getByText('Verified: nothing was changed on the way')).toBeVisible({
    timeout: 120_000,
  });
  const into = join(home.path, 'Unpacked');
  await startSaving(app, into);
  await cancelAt(page, 'Opening and checking');
  await expect(page.getByRole('button', { name: 'Save 1 document' })).toBeVisible();
  expect(await readdir(into)).toEqual([]);
  expect(await halfMade(home)).toEqual([]);
});

test('fetching from an inbox is cancelled in the middle, and nothing of it is kept', async ({
  app,
  home,
  bucket,
}) => {
  const { page } = app;
  await bucket.place(new Map([['ana/large.age', patternBytes(8 * MIB)]]));
  const user = await bucket.addUser();
  await bucket.allow({ user: user.name, actions: [...RECIPIENT_RIGHTS], prefix: 'ana/' });
  const hold = { way: 'down', after: MIB } as const;
  const proxy = await HeldProxy.start(s3Server()?.httpsEndpoint ?? '', hold);
  try {
    await addConnection(page, {
      ...user,
      name: 'Recruiting',
      bucket: bucket.name,
      prefix: 'ana/',
      endpoint: proxy.endpoint,
    });
    await goTo(page, 'Inbox');
    const row = page.getByRole('row', { name: 'large.age' });
    await row.dblclick();
    await proxy.held;
    await row.getByRole('button', { name: 'Cancel: large.age' }).click();
    await expect(row.getByRole('progressbar')).toHaveCount(0);
    await expect(row).toContainText('New');
    expect(await halfMade(home)).toEqual([]);
    expect(await bucket.keys()).toEqual(['ana/large.age']);
  } finally {
    await proxy.close();
  }
});
