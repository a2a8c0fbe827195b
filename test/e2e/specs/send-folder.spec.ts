import { mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { patternBytes, writeDocuments } from '../../support/documents.ts';
import { expect, test } from '../app-test.ts';
import { choose } from '../steps/controls.ts';
import { goTo } from '../steps/places.ts';
import {
  documentLine,
  readPassphrase,
  receiptFact,
  sealButton,
  sealNow,
  sendInto,
} from '../steps/send.ts';
import { contentsOf } from '../support/bundles.ts';
import { digestsOf, sha256 } from '../support/files.ts';

const PASSPORT = patternBytes(70_000, 1);
const DEGREE = patternBytes(300_000, 2);
const PHOTO = patternBytes(5_000, 3);
const LETTER = 'Dear committee\n';

test.beforeEach(async ({ home }) => {
  writeDocuments(home.path, {
    'passport.pdf': PASSPORT,
    'degree.pdf': DEGREE,
    'Application/letter.txt': LETTER,
    'Application/photos/me.bin': PHOTO,
    'Application/photos/.DS_Store': 'litter',
  });
  await mkdir(join(home.path, 'Outbox'));
});

test('two documents are sealed with three controls from the first run on', async ({
  app,
  home,
}) => {
  const { page } = app;
  await app.addFiles([join(home.path, 'passport.pdf'), join(home.path, 'degree.pdf')]);
  const outbox = join(home.path, 'Outbox');
  await sendInto(app, outbox);
  await expect(sealButton(page)).toHaveText('Seal 2 documents into Outbox');
  await sealNow(page);

  const [name = '', ...others] = await readdir(outbox);
  expect(others).toEqual([]);
  expect(name).toMatch(/^bundle-.*\.tar\.age$/);
  const passphrase = await readPassphrase(page);
  expect(passphrase.split('-')).toHaveLength(7);
  const { documents, note } = await contentsOf(join(outbox, name), { passphrase });
  expect(documents).toEqual(digestsOf({ 'passport.pdf': PASSPORT, 'degree.pdf': DEGREE }));
  expect(note).toBeUndefined();
});

test('files and a folder are renamed, removed and sealed with a note, as the receipt says', async ({
  app,
  home,
}) => {
  const { page } = app;
  await app.addFiles([join(home.path, 'passport.pdf'), join(home.path, 'degree.pdf')]);
  await app.addFolder(join(home.path, 'Application'));
  await expect(page.getByText(/^4 documents,/)).toBeVisible();
  await expect(page.getByText('1 file of the operating system was left out')).toBeVisible();

  await documentLine(page, 'passport.pdf')
    .getByRole('button', { name: 'Change the name of passport.pdf' })
    .click();
  await page.getByRole('textbox', { name: 'Name in the bundle' }).fill('Passport Müller.pdf');
  await page.keyboard.press('Enter');
  await expect(documentLine(page, 'Passport Müller.pdf')).toBeVisible();
  await documentLine(page, 'degree.pdf').getByRole('button', { name: 'Remove degree.pdf' }).click();
  await expect(page.getByText(/^3 documents,/)).toBeVisible();

  const outbox = join(home.path, 'Outbox');
  await sendInto(app, outbox);
  await page.getByRole('button', { name: 'Name and note' }).click();
  await page.getByRole('textbox', { name: 'Name of the bundle' }).fill('for the committee');
  await page.getByRole('textbox', { name: 'Note to the recipient' }).fill('Grüße\nfrom Genève');
  await expect(sealButton(page)).toHaveText('Seal 3 documents into Outbox');
  await sealNow(page);

  const path = join(outbox, 'for the committee.tar.age');
  const bundle = await readFile(path);
  expect(await receiptFact(page, 'Bundle')).toBe(basename(path));
  expect(await receiptFact(page, 'Where')).toBe(path);
  expect(await receiptFact(page, 'SHA-256')).toBe(sha256(bundle));
  expect(await receiptFact(page, 'Checked')).toBe('Completely written to the disk');
  expect(await receiptFact(page, 'Size')).toMatch(/^79\.\d KiB, 3 documents in /);

  const passphrase = await readPassphrase(page);
  const { documents, note } = await contentsOf(path, { passphrase });
  expect(note).toBe('Grüße\nfrom Genève');
  expect(documents).toEqual(
    digestsOf({
      'Application/letter.txt': LETTER,
      'Application/photos/me.bin': PHOTO,
      'Passport Müller.pdf': PASSPORT,
    }),
  );

  await goTo(page, 'Activity');
  await page.getByRole('row', { name: /for the committee\.tar\.age/ }).click();
  const details = page.getByRole('dialog');
  await expect(details.getByText(sha256(bundle))).toBeVisible();
  await expect(details.getByText(path)).toBeVisible();
});

test('the words can be shown, made anew and made more, and those shown last open the bundle', async ({
  app,
  home,
}) => {
  const { page } = app;
  await app.addFiles([join(home.path, 'passport.pdf')]);
  const chips = page.getByRole('list', { name: 'Passphrase' }).getByRole('listitem');
  await expect(page.getByText('7 hidden words')).toBeAttached();
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(chips).toHaveCount(7);
  const first = await chips.allInnerTexts();

  await page.getByRole('button', { name: 'New words' }).click();
  await expect(page.getByText('7 hidden words')).toBeAttached();
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(chips).toHaveCount(7);
  expect(await chips.allInnerTexts()).not.toEqual(first);

  const slider = page.getByRole('slider', { name: 'Number of words' });
  await slider.focus();
  await slider.press('ArrowRight');
  await expect(page.getByText('8 hidden words')).toBeAttached();
  await expect(page.getByText('103 bits: out of reach of any attacker')).toBeVisible();
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(chips).toHaveCount(8);
  const words = await chips.allInnerTexts();

  const outbox = join(home.path, 'Outbox');
  await sendInto(app, outbox);
  await sealNow(page);
  expect(await readPassphrase(page)).toBe(words.join('-'));
  const [name = ''] = await readdir(outbox);
  const { documents } = await contentsOf(join(outbox, name), { passphrase: words.join(' ') });
  expect(documents).toEqual(digestsOf({ 'passport.pdf': PASSPORT }));
});

test('a passphrase of one’s own is taken only when it is strong enough', async ({ app, home }) => {
  const { page } = app;
  await app.addFiles([join(home.path, 'passport.pdf')]);
  await choose(page, 'How the bundle is locked', 'My own');
  const field = page.getByRole('textbox', { name: 'Your own passphrase' });
  await field.fill('letmein2024');
  await expect(page.getByText(/could be guessed/)).toBeVisible();
  const own = 'violet kettle under seven Danish bridges';
  await field.fill(own);
  await expect(page.getByText(/In use/)).toBeVisible();

  const outbox = join(home.path, 'Outbox');
  await sendInto(app, outbox);
  await sealNow(page);
  const [name = ''] = await readdir(outbox);
  const { documents } = await contentsOf(join(outbox, name), { passphrase: own });
  expect(documents).toEqual(digestsOf({ 'passport.pdf': PASSPORT }));
});

test('what was entered but is not in use stands in the way, so that nothing else is used unseen', async ({
  app,
  home,
}) => {
  const { page } = app;
  await app.addFiles([join(home.path, 'passport.pdf')]);
  await sendInto(app, join(home.path, 'Outbox'));
  await expect(sealButton(page)).toBeEnabled();
  const unsettled = page.getByText('The passphrase is not settled yet.');

  await choose(page, 'How the bundle is locked', 'My own');
  await expect(sealButton(page)).toBeDisabled();
  const field = page.getByRole('textbox', { name: 'Your own passphrase' });
  await field.fill('violet kettle under seven Danish bridges');
  await expect(page.getByText(/In use/)).toBeVisible();
  await expect(sealButton(page)).toBeEnabled();
  await field.fill('letmein2024');
  await expect(unsettled).toBeVisible();
  await expect(sealButton(page)).toBeDisabled();

  await choose(page, 'How the bundle is locked', 'A key');
  await expect(unsettled).toBeVisible();
  await expect(sealButton(page)).toBeDisabled();
  await choose(page, 'How the bundle is locked', 'Random words');
  await expect(sealButton(page)).toBeEnabled();
});

test('a name that will not do and a name twice stand in the way until they are changed', async ({
  app,
  home,
}) => {
  const { page } = app;
  writeDocuments(home.path, { 'a/scan.pdf': 'one', 'b/Scan.pdf': 'two', 'aux.txt': 'three' });
  await app.addFiles([join(home.path, 'a/scan.pdf'), join(home.path, 'aux.txt')]);
  await expect(page.getByText(/^2 documents,/)).toBeVisible();
  await app.addFiles([join(home.path, 'b/Scan.pdf')]);
  await expect(documentLine(page, 'Scan.pdf')).toContainText('Same name twice');
  await expect(documentLine(page, 'aux.txt')).toContainText('Name will not do');
  await expect(
    page.getByText('2 documents need attention before the bundle can be sealed.'),
  ).toBeVisible();
  await expect(sealButton(page)).toBeDisabled();

  for (const [before, after] of [
    ['Scan.pdf', 'second scan.pdf'],
    ['aux.txt', 'notes.txt'],
  ] as const) {
    await page.getByRole('button', { name: `Change the name of ${before}`, exact: true }).click();
    await page.getByRole('textbox', { name: 'Name in the bundle' }).fill(after);
    await page.keyboard.press('Enter');
    await expect(documentLine(page, after)).toBeVisible();
  }
  await expect(page.getByText(/need attention/)).toHaveCount(0);
  const outbox = join(home.path, 'Outbox');
  await sendInto(app, outbox);
  await sealNow(page);
  const passphrase = await readPassphrase(page);
  const [name = ''] = await readdir(outbox);
  const { documents } = await contentsOf(join(outbox, name), { passphrase });
  expect(documents).toEqual(
    digestsOf({ 'scan.pdf': 'one', 'second scan.pdf': 'two', 'notes.txt': 'three' }),
  );
});
