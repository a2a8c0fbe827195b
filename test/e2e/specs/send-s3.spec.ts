import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { patternBytes, writeDocuments } from '../../support/documents.ts';
import { s3Server } from '../../support/peers.ts';
import { SENDER_RIGHTS } from '../../support/policies.ts';
import { expect, test } from '../app-test.ts';
import { choose } from '../steps/controls.ts';
import { goTo, placeButton } from '../steps/places.ts';
import { readPassphrase, receiptFact, sealButton, sealNow } from '../steps/send.ts';
import { addConnection, enterConnection } from '../steps/settings.ts';
import { contentsOf } from '../support/bundles.ts';
import { digestsOf, sha256 } from '../support/files.ts';

const PASSPORT = patternBytes(90_000, 6);
/** Several parts of an upload. */
const SCAN = patternBytes(20_000_000, 7);

test('a connection is added, checked and sent to with a sender’s five rights and no more', async ({
  app,
  home,
  bucket,
}) => {
  const { page } = app;
  const user = await bucket.addUser();
  await bucket.allow({ user: user.name, actions: [...SENDER_RIGHTS], prefix: 'ana/' });
  const form = await enterConnection(page, {
    ...user,
    name: 'Recruiting',
    bucket: bucket.name,
    prefix: 'ana',
    endpoint: s3Server()?.httpsEndpoint ?? '',
  });
  await expect(form.getByRole('list', { name: 'Rights' }).getByRole('listitem')).toHaveText([
    'can list',
    'can upload',
    // Where nothing lies yet, S3 does not tell.
    'opening: unknown',
    'can delete',
  ]);
  await expect(form.getByText('Can send: yes')).toBeVisible();
  await expect(form.getByText('Can read an inbox: not certain')).toBeVisible();
  expect(await bucket.keys()).toEqual([]);
  expect(await bucket.pendingUploads()).toEqual([]);
  await form.getByRole('button', { name: 'Done' }).click();

  await goTo(page, 'Send');
  writeDocuments(home.path, { 'passport.pdf': PASSPORT, 'scan.bin': SCAN });
  await app.addFiles([join(home.path, 'passport.pdf'), join(home.path, 'scan.bin')]);
  await expect(sealButton(page)).toHaveText('Seal 2 documents and upload to Recruiting');
  await sealNow(page);

  const keys = await bucket.keys();
  expect(keys).toEqual([expect.stringMatching(/^ana\/bundle-.*\.tar\.age$/)]);
  const [key = ''] = keys;
  const bytes = await bucket.read(key);
  expect(await receiptFact(page, 'Where')).toBe(`s3://${bucket.name}/${key}`);
  expect(await receiptFact(page, 'SHA-256')).toBe(sha256(bytes));
  expect(await bucket.pendingUploads()).toEqual([]);
  const passphrase = await readPassphrase(page);
  await writeFile(join(home.path, 'fetched.age'), bytes);
  const { documents } = await contentsOf(join(home.path, 'fetched.age'), { passphrase });
  expect(documents).toEqual(digestsOf({ 'passport.pdf': PASSPORT, 'scan.bin': SCAN }));

  await goTo(page, 'Settings');
  await page.getByRole('button', { name: 'Check access: Recruiting' }).click();
  await expect(page.getByRole('article', { name: 'Recruiting' })).toContainText('cannot open');
  // Who may not read has no inbox.
  await expect(placeButton(page, 'Inbox')).toHaveCount(0);
  expect(await bucket.keys()).toEqual(keys);
});

test('wrong credentials are called that, nothing is sent, and the documents stay', async ({
  app,
  home,
  bucket,
}) => {
  const { page } = app;
  const user = await bucket.addUser();
  await bucket.allow({ user: user.name, actions: [...SENDER_RIGHTS], prefix: 'ana/' });
  const form = await enterConnection(page, {
    ...user,
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    name: 'Recruiting',
    bucket: bucket.name,
    prefix: 'ana/',
    endpoint: s3Server()?.httpsEndpoint ?? '',
  });
  await expect(form.getByText('S3 did not accept the credentials')).toBeVisible();
  await expect(form.getByText('s3-bad-credentials')).toBeVisible();
  await form.getByRole('button', { name: 'Done' }).click();
  await goTo(page, 'Send');
  writeDocuments(home.path, { 'passport.pdf': PASSPORT });
  await app.addFiles([join(home.path, 'passport.pdf')]);
  await sealButton(page).click();
  const alert = page.getByRole('region', { name: 'Seal' }).getByRole('alert');
  await expect(alert).toContainText('S3 did not accept the credentials');
  await expect(alert).toContainText('Nothing was sent');
  await expect(alert).not.toContainText(user.secretAccessKey);
  expect(await bucket.keys()).toEqual([]);
  await expect(page.getByText(/^1 document,/)).toBeVisible();

  // Corrected, the same documents go out.
  await goTo(page, 'Settings');
  await page.getByRole('button', { name: 'Change Recruiting' }).click();
  const change = page.getByRole('dialog', { name: 'Change Recruiting' });
  await change.getByRole('button', { name: 'Next' }).click();
  await change.getByRole('textbox', { name: 'Access key id' }).fill(user.accessKeyId);
  await change.getByLabel('Secret access key').fill(user.secretAccessKey);
  await change.getByRole('button', { name: 'Save and check access' }).click();
  await expect(change.getByText('Can send: yes')).toBeVisible();
  await change.getByRole('button', { name: 'Done' }).click();
  await goTo(page, 'Send');
  await sealNow(page);
  expect(await bucket.keys()).toHaveLength(1);
});

test('a connection may be left for a folder with one choice', async ({ app, home, bucket }) => {
  const { page } = app;
  await addConnection(page, {
    ...(s3Server() ?? { accessKeyId: '', secretAccessKey: '' }),
    name: 'Recruiting',
    bucket: bucket.name,
    prefix: '',
    endpoint: s3Server()?.httpsEndpoint ?? '',
  });
  await goTo(page, 'Send');
  writeDocuments(home.path, { 'passport.pdf': PASSPORT, 'Outbox/': '' });
  await app.addFiles([join(home.path, 'passport.pdf')]);
  await expect(sealButton(page)).toContainText('upload to Recruiting');
  await app.chooseFolder(join(home.path, 'Outbox'), () => choose(page, 'Destination', 'A folder'));
  await expect(sealButton(page)).toHaveText('Seal 1 document into Outbox');
});

test.describe('a server whose certificate this computer does not trust', () => {
  test.use({ env: { NODE_EXTRA_CA_CERTS: '' } });

  test('is not talked to', async ({ app, bucket }) => {
    const user = await bucket.addUser();
    const form = await enterConnection(app.page, {
      ...user,
      name: 'Recruiting',
      bucket: bucket.name,
      prefix: '',
      endpoint: s3Server()?.httpsEndpoint ?? '',
    });
    await expect(form.getByText(/^This computer does not trust the certificate of/)).toBeVisible();
  });
});
