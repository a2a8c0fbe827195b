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
import { RefusingServer } from '../support/refusing-server.ts';

const PASSPORT = patternBytes(90_000, 6);
const SECRET = 'notTheSecretThatBelongsToThisAccessKey00';
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
  await bucket.place(new Map([['ana/of somebody else.age', PASSPORT]]));
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
    // To delete is of use only to whoever may read, and is not tried.
    'cannot open',
  ]);
  await expect(form.getByText('Can send: yes')).toBeVisible();
  await expect(form.getByText('Can read an inbox: no')).toBeVisible();
  expect(await bucket.keys()).toEqual(['ana/of somebody else.age']);
  expect(await bucket.pendingUploads()).toEqual([]);
  await form.getByRole('button', { name: 'Done' }).click();

  await goTo(page, 'Send');
  // Who may not read has no inbox.
  await expect(placeButton(page, 'Inbox')).toHaveCount(0);
  writeDocuments(home.path, { 'passport.pdf': PASSPORT, 'scan.bin': SCAN });
  await app.addFiles([join(home.path, 'passport.pdf'), join(home.path, 'scan.bin')]);
  await expect(sealButton(page)).toHaveText('Seal 2 documents and upload to Recruiting');
  await sealNow(page);

  const keys = (await bucket.keys()).filter((key) => key !== 'ana/of somebody else.age');
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
});

test('wrong credentials are called that, nothing is sent, and the documents stay', async ({
  app,
  home,
}) => {
  const { page } = app;
  const server = await RefusingServer.start('InvalidAccessKeyId');
  try {
    const form = await enterConnection(page, {
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: SECRET,
      name: 'Recruiting',
      bucket: 'documents',
      prefix: 'ana/',
      endpoint: server.endpoint,
    });
    await expect(form.getByText('S3 did not accept the credentials')).toBeVisible();
    await expect(form.getByText('s3-bad-credentials')).toBeVisible();
    await form.getByRole('button', { name: 'Done' }).click();
    await goTo(page, 'Send');
    writeDocuments(home.path, { 'scan.bin': SCAN });
    await app.addFiles([join(home.path, 'scan.bin')]);
    await sealButton(page).click();
    const alert = page.getByRole('region', { name: 'Seal' }).getByRole('alert');
    await expect(alert).toContainText('S3 did not accept the credentials');
    await expect(alert).toContainText('Nothing was sent');
    await expect(page.locator('body')).not.toContainText(SECRET);
    await expect(page.getByText(/^1 document,/)).toBeVisible();
    expect(server.bytes).toBeLessThan(1_000_000);
  } finally {
    await server.close();
  }
});

test('what may not be sent to is not offered, until its credentials are corrected', async ({
  app,
  home,
  bucket,
}) => {
  const { page } = app;
  const user = await bucket.addUser();
  await bucket.allow({ user: user.name, actions: [...SENDER_RIGHTS], prefix: 'ana/' });
  const form = await enterConnection(page, {
    ...user,
    secretAccessKey: SECRET,
    name: 'Recruiting',
    bucket: bucket.name,
    prefix: 'ana/',
    endpoint: s3Server()?.httpsEndpoint ?? '',
  });
  await expect(form.getByText('Can send: no')).toBeVisible();
  await form.getByRole('button', { name: 'Done' }).click();
  await goTo(page, 'Send');
  writeDocuments(home.path, { 'passport.pdf': PASSPORT });
  await app.addFiles([join(home.path, 'passport.pdf')]);
  const places = page.getByRole('radiogroup', { name: 'Destination' });
  await expect(places.getByText('A folder', { exact: true })).toBeVisible();
  await expect(places.getByText('Recruiting')).toHaveCount(0);

  await goTo(page, 'Settings');
  await page.getByRole('button', { name: 'Change Recruiting' }).click();
  const change = page.getByRole('dialog', { name: 'Change Recruiting' });
  await change.getByRole('button', { name: 'Next' }).click();
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
