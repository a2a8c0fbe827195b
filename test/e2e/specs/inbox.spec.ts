import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { patternBytes, writeDocuments } from '../../support/documents.ts';
import type { GatewayBucket } from '../../support/gateway.ts';
import { s3Server } from '../../support/peers.ts';
import { RECIPIENT_RIGHTS } from '../../support/policies.ts';
import { expect, test } from '../app-test.ts';
import type { Driver, Home } from '../drivers/driver.ts';
import { saveInto, unlock } from '../steps/open.ts';
import { goTo } from '../steps/places.ts';
import { addConnection } from '../steps/settings.ts';
import { makeBundle, PASSPHRASE } from '../support/bundles.ts';
import { digestsOf, digestsUnder, sha256 } from '../support/files.ts';

const PASSPORT = patternBytes(120_000, 8);

/** Puts bundles of three senders into the bucket, and connects a recipient to it. */
async function fillInbox(app: Driver, home: Home, bucket: GatewayBucket): Promise<Buffer> {
  const from = writeDocuments(join(home.path, 'from'), { 'passport.pdf': PASSPORT });
  const bundle = await readFile(
    await makeBundle(join(home.path, 'made.age'), [join(from, 'passport.pdf')], { note: 'Hello' }),
  );
  await bucket.place(
    new Map([
      ['team/ana/first.age', bundle],
      ['team/ben/second.age', bundle],
      ['team/ben/third.age', bundle],
      ['elsewhere/not ours.age', bundle],
    ]),
  );
  const user = await bucket.addUser();
  await bucket.allow({ user: user.name, actions: [...RECIPIENT_RIGHTS], prefix: 'team/' });
  await addConnection(app.page, {
    ...user,
    name: 'Recruiting',
    bucket: bucket.name,
    prefix: 'team/',
    endpoint: s3Server()?.httpsEndpoint ?? '',
  });
  await goTo(app.page, 'Inbox');
  return bundle;
}

test('bundles are listed with sender and age, and one is opened, saved and deleted from S3', async ({
  app,
  home,
  bucket,
}) => {
  const { page } = app;
  await fillInbox(app, home, bucket);
  const table = page.getByRole('grid', { name: 'Bundles in the inbox' });
  await expect(table.getByRole('row')).toHaveCount(4);
  const first = table.getByRole('row', { name: 'first.age' });
  await expect(first).toContainText('ana');
  await expect(first).toContainText(/2[34] hours left/);
  await expect(first).toContainText('New');
  await expect(table.getByText('not ours.age')).toHaveCount(0);

  await first.getByRole('checkbox').check({ force: true });
  await page.getByRole('toolbar').getByRole('button', { name: 'Open', exact: true }).click();
  await unlock(page, PASSPHRASE);
  await expect(page.getByText('Hello')).toBeVisible();
  const into = join(home.path, 'Unpacked');
  await saveInto(app, into);
  expect(await digestsUnder(into)).toMatchObject(digestsOf({ 'passport.pdf': PASSPORT }));

  await page.getByRole('button', { name: 'Delete from S3' }).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText(`s3://${bucket.name}/team/ana/first.age`);
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  expect(await bucket.keys()).toContain('team/ana/first.age');
  await question.getByRole('button', { name: 'Delete from S3' }).click();
  await expect(page.getByText('Deleted from S3')).toBeVisible();
  expect(await bucket.keys()).toEqual([
    'elsewhere/not ours.age',
    'team/ben/second.age',
    'team/ben/third.age',
  ]);
  await goTo(page, 'Inbox');
  await expect(table.getByRole('row')).toHaveCount(3);
});

test('several are downloaded still sealed, and deleted only once that was confirmed', async ({
  app,
  home,
  bucket,
}) => {
  const { page } = app;
  const bundle = await fillInbox(app, home, bucket);
  const into = writeDocuments(join(home.path, 'Downloads'), {});
  const table = page.getByRole('grid', { name: 'Bundles in the inbox' });
  for (const name of ['second.age', 'third.age'])
    await table.getByRole('row', { name }).getByRole('checkbox').check({ force: true });
  await expect(page.getByText(/^2 chosen/)).toBeVisible();
  await app.chooseFolder(into, () =>
    page.getByRole('toolbar').getByRole('button', { name: 'Download', exact: true }).click(),
  );
  await expect(page.getByText('2 bundles downloaded, still sealed')).toBeVisible();
  expect(Object.values(await digestsUnder(into))).toEqual([sha256(bundle), sha256(bundle)]);
  await expect(table.getByRole('row', { name: 'second.age' })).toContainText('Downloaded');
  await expect(table.getByRole('row', { name: 'first.age' })).toContainText('New');

  for (const name of ['second.age', 'third.age'])
    await table.getByRole('row', { name }).getByRole('checkbox').check({ force: true });
  await page.getByRole('toolbar').getByRole('button', { name: 'Delete from S3' }).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('Delete 2 bundles from S3?');
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  expect(await bucket.keys()).toHaveLength(4);
  await page.getByRole('toolbar').getByRole('button', { name: 'Delete from S3' }).click();
  await question.getByRole('button', { name: 'Delete from S3' }).click();
  await expect(page.getByText('2 bundles deleted from S3')).toBeVisible();
  expect(await bucket.keys()).toEqual(['elsewhere/not ours.age', 'team/ana/first.age']);
  await expect(table.getByRole('row')).toHaveCount(2);
});

test('a round takes bundles one after the other and deletes each once it is saved', async ({
  app,
  home,
  bucket,
}) => {
  const { page } = app;
  await fillInbox(app, home, bucket);
  const table = page.getByRole('grid', { name: 'Bundles in the inbox' });
  for (const name of ['second.age', 'third.age'])
    await table.getByRole('row', { name }).getByRole('checkbox').check({ force: true });
  await page.getByRole('button', { name: 'Download, open and remove' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Begin' }).click();
  for (const step of [1, 2]) {
    await expect(page.getByText(`Bundle ${String(step)} of 2 from the inbox`)).toBeVisible();
    await unlock(page, PASSPHRASE);
    const into = join(home.path, `Unpacked ${String(step)}`);
    const { startSaving } = await import('../steps/open.ts');
    await startSaving(app, into);
    await (
      step === 1
        ? page.getByText('Bundle 2 of 2 from the inbox')
        : page.getByText('All chosen bundles have been dealt with')
    ).waitFor();
    expect(await digestsUnder(into)).toMatchObject(digestsOf({ 'passport.pdf': PASSPORT }));
    expect(await bucket.keys()).toHaveLength(4 - step);
  }
  expect(await bucket.keys()).toEqual(['elsewhere/not ours.age', 'team/ana/first.age']);
});

test('the list is narrowed to one sender', async ({ app, home, bucket }) => {
  const { page } = app;
  await fillInbox(app, home, bucket);
  const table = page.getByRole('grid', { name: 'Bundles in the inbox' });
  await page.getByRole('searchbox', { name: 'Search bundles' }).fill('second');
  await expect(table.getByRole('row')).toHaveCount(2);
  await page.getByRole('searchbox', { name: 'Search bundles' }).fill('');
  await page.getByRole('button', { name: /^Sender|Everyone/ }).click();
  await page.getByRole('option', { name: 'ana' }).click();
  await expect(table.getByRole('row')).toHaveCount(2);
  await expect(table.getByRole('row', { name: 'first.age' })).toBeVisible();
});
