import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { patternBytes, writeDocuments } from '../../support/documents.ts';
import { expect, test } from '../app-test.ts';
import type { Driver } from '../drivers/driver.ts';
import type { StandinDriver } from '../drivers/standin.ts';
import { choose } from '../steps/controls.ts';
import {
  addAccount,
  emailPart,
  enterAccount,
  readMessage,
  select,
  sendByEmail,
} from '../steps/email.ts';
import { chooseBundle, unlock } from '../steps/open.ts';
import { goTo } from '../steps/places.ts';
import { readPassphrase, receiptFact, sealButton, sealNow } from '../steps/send.ts';
import { contentsOf } from '../support/bundles.ts';
import { digestsOf } from '../support/files.ts';
import { MAIL_CA, MailServer } from '../support/mail-server.ts';

const PASSPORT = patternBytes(70_000, 1);
const DIGESTS = digestsOf({ 'passport.pdf': PASSPORT });

test.use({ env: { NODE_EXTRA_CA_CERTS: MAIL_CA } });

test.beforeEach(({ home }) => {
  writeDocuments(home.path, { 'passport.pdf': PASSPORT });
});

/** What the system was asked to open is known only of the stand-in. */
function isStandin(app: Driver): app is StandinDriver {
  return app.kind === 'standin';
}

/** The drafts of the bundle on the receipt. */
async function drafts(folder: string): Promise<Buffer[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort();
  return await Promise.all(names.map((name) => readFile(join(folder, name))));
}

test('with nothing configured it becomes a draft, whose attachment opens with the passphrase', async ({
  app,
  home,
}) => {
  const { page } = app;
  await app.addFiles([join(home.path, 'passport.pdf')]);
  await sendByEmail(page);
  await expect(emailPart(page).getByText(/^About \d+ kB as an attachment\. 10 MB/)).toBeVisible();
  await emailPart(page).getByRole('textbox', { name: 'To' }).fill('bo@example.test');
  await choose(page, 'Language of the message', 'Deutsch');
  await emailPart(page).getByRole('button', { name: 'A greeting of your own' }).click();
  await emailPart(page).getByRole('textbox', { name: 'Greeting' }).fill('Hallo Bo');
  await expect(sealButton(page)).toHaveText('Seal 1 document and make the email');
  await sealNow(page);

  await expect(page.getByRole('heading', { name: 'Sealed, and ready to send' })).toBeVisible();
  const messages = page.getByRole('list', { name: 'Messages' });
  await expect(messages.getByText('bo@example.test')).toBeVisible();
  await expect(messages.getByText('waits for you to send it')).toBeVisible();
  const passphrase = await readPassphrase(page);
  const [draft = Buffer.of(), ...others] = await drafts(dirname(await receiptFact(page, 'Where')));
  expect(others).toEqual([]);
  const { email, name, content } = await readMessage(draft);
  expect(email.to?.map(({ address }) => address)).toEqual(['bo@example.test']);
  expect(email.text).toContain('Hallo Bo');
  expect(email.text).toContain('Passphrase');
  for (const secret of [passphrase, passphrase.replaceAll('-', ' '), 'passport'])
    expect(draft.toString('latin1')).not.toContain(secret);
  const attached = join(home.path, name);
  await writeFile(attached, content);
  expect((await contentsOf(attached, { passphrase })).documents).toEqual(DIGESTS);

  await page.getByRole('button', { name: 'My mail program shows nothing' }).click();
  await expect(page.getByText('Then attach it by hand')).toBeVisible();
  const begin = page.getByRole('button', { name: 'Begin a message' });
  if (!isStandin(app)) {
    await expect(begin).toBeVisible();
    return;
  }
  await page.getByRole('button', { name: 'Open the draft' }).click();
  await begin.click();
  await expect.poll(() => app.standin.shown.length).toBe(2);
  const [opened = '', begun = ''] = app.standin.shown;
  expect(opened).toMatch(/^opened .*\.eml$/);
  expect(begun).toMatch(/^opened mailto:bo@example\.test\?subject=/);
  expect(begun).not.toContain(passphrase);
});

test('a bundle that is too large for one email is split, and Signet puts it together again', async ({
  app,
  home,
}) => {
  const { page } = app;
  writeDocuments(home.path, { 'scan.tif': patternBytes(9_000_000, 4) });
  await app.addFiles([join(home.path, 'scan.tif')]);
  await sendByEmail(page);
  await expect(emailPart(page)).toContainText('Too large for one email: 12 MB as an attachment');
  await expect(sealButton(page)).toHaveText('Seal 1 document and make 2 emails');
  await choose(page, 'How it goes by email', 'In one message');
  await expect(sealButton(page)).toHaveText('Seal 1 document and make the email');
  await select(page, 'Whose mail do they have?', 'Gmail');
  await expect(page.getByText(/25 MB is the usual limit of Gmail/)).toBeVisible();
  await select(page, 'Whose mail do they have?', 'A company’s');
  await expect(sealButton(page)).toHaveText('Seal 1 document and make 2 emails');
  await sealNow(page);

  await expect(page.getByRole('heading', { name: 'The 2 emails' })).toBeVisible();
  await expect(page.getByText('Part 2 of 2')).toBeVisible();
  const passphrase = await readPassphrase(page);
  const messages = await drafts(dirname(await receiptFact(page, 'Where')));
  expect(messages).toHaveLength(2);
  const volumes = await Promise.all(messages.map(readMessage));
  for (const { name, content } of volumes) await writeFile(join(home.path, name), content);
  const names = volumes.map(({ name }) => name);
  expect(names[1]).toMatch(/\.age\.002$/);
  const { documents } = await contentsOf(join(home.path, names[0] ?? ''), { passphrase });
  expect(documents).toEqual(digestsOf({ 'scan.tif': patternBytes(9_000_000, 4) }));

  // A browser hands over what was chosen and no more; elsewhere the other part is found beside the one.
  const paths = names.map((name) => join(home.path, name));
  await chooseBundle(app, ...(app.kind === 'web' ? paths.reverse() : paths.slice(1)));
  await unlock(page, passphrase);
  await expect(page.getByText('Verified: nothing was changed on the way')).toBeVisible();
});

test('an account sends it directly, and a wrong password is said before', async ({ app, home }) => {
  const { page } = app;
  const server = await MailServer.start();
  try {
    const form = await enterAccount(page, server.port, 'wrong');
    await expect(form.getByRole('alert')).toContainText('did not accept the sign-in');
    await form.getByRole('button', { name: 'Back' }).click();
    await form.getByRole('textbox', { name: 'Password' }).fill('correct horse');
    await form.getByRole('button', { name: 'Save and check sign-in' }).click();
    await expect(form.getByText('The server accepted the sign-in.')).toBeVisible();
    await form.getByRole('button', { name: 'Done' }).click();

    await goTo(page, 'Send');
    await app.addFiles([join(home.path, 'passport.pdf')]);
    await sendByEmail(page);
    await select(page, 'How it is sent', 'Directly from Work');
    await expect(page.getByText('Enter whom the email goes to.')).toBeVisible();
    await expect(sealButton(page)).toBeDisabled();
    await emailPart(page)
      .getByRole('textbox', { name: 'To' })
      .fill('bo@example.test, Cy <cy@example.test>');
    await expect(sealButton(page)).toHaveText('Seal 1 document and send to 2 people');
    await sealNow(page);
    await expect(page.getByRole('heading', { name: 'Sealed and sent' })).toBeVisible();
    await expect(page.getByText('accepted by the server')).toHaveCount(2);

    const [mail, ...others] = server.received;
    expect(others).toEqual([]);
    expect(mail?.to).toEqual(['bo@example.test', 'cy@example.test']);
    const { name, content } = await readMessage(mail?.message ?? Buffer.of());
    await writeFile(join(home.path, name), content);
    const passphrase = await readPassphrase(page);
    const { documents } = await contentsOf(join(home.path, name), { passphrase });
    expect(documents).toEqual(DIGESTS);
  } finally {
    await server.stop();
  }
});

test('what a server does not take waits in the outbox, and is sent again from there', async ({
  app,
  home,
}) => {
  const { page } = app;
  const server = await MailServer.start();
  try {
    await addAccount(page, server.port);
    await server.stop();
    await goTo(page, 'Send');
    await app.addFiles([join(home.path, 'passport.pdf')]);
    await sendByEmail(page);
    await select(page, 'How it is sent', 'Directly from Work');
    await emailPart(page).getByRole('textbox', { name: 'To' }).fill('bo@example.test');
    await sealNow(page);
    await expect(page.getByRole('heading', { name: 'Sealed, but not sent yet' })).toBeVisible();
    await expect(page.getByText('kept in the outbox', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Go to the outbox' }).click();

    const outbox = page.getByRole('region', { name: 'Outbox' });
    const waiting = outbox.getByRole('article');
    await expect(waiting).toHaveCount(1);
    await expect(waiting).toContainText('To bo@example.test');
    await waiting.getByRole('button', { name: /^Send again/ }).click();
    await expect(waiting.getByRole('alert')).toContainText('smtp-unreachable');

    await server.start();
    await waiting.getByRole('button', { name: /^Send again/ }).click();
    await expect(outbox.getByText('1 message was sent')).toBeVisible();
    await expect(outbox.getByText('Nothing waits to be sent.')).toBeVisible();
    expect(server.received.map(({ to }) => to)).toEqual([['bo@example.test']]);
  } finally {
    await server.stop();
  }
});

test('a message in the outbox is deleted only after a question', async ({ app, home }) => {
  const { page } = app;
  const server = await MailServer.start();
  try {
    await addAccount(page, server.port);
  } finally {
    await server.stop();
  }
  await goTo(page, 'Send');
  await app.addFiles([join(home.path, 'passport.pdf')]);
  await sendByEmail(page);
  await select(page, 'How it is sent', 'Directly from Work');
  await emailPart(page).getByRole('textbox', { name: 'To' }).fill('bo@example.test');
  await sealNow(page);
  await page.getByRole('button', { name: 'Go to the outbox' }).click();
  const outbox = page.getByRole('region', { name: 'Outbox' });
  await outbox.getByRole('button', { name: /^Delete/ }).click();
  const question = page.getByRole('alertdialog');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(outbox.getByRole('article')).toHaveCount(1);
  await outbox.getByRole('button', { name: /^Delete/ }).click();
  await question.getByRole('button', { name: 'Delete message' }).click();
  await expect(outbox.getByText('Nothing waits to be sent.')).toBeVisible();
});
