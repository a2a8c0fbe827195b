import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { patternBytes, writeDocuments } from '../../support/documents.ts';
import { createApp } from '../../../app/app.ts';
import { expect, test } from '../app-test.ts';
import {
  chooseBundle,
  passphraseField,
  saveInto,
  startSaving,
  unlock,
  unlockButton,
} from '../steps/open.ts';
import { makeBundle, PASSPHRASE } from '../support/bundles.ts';
import { digestsOf, digestsUnder, namesUnder } from '../support/files.ts';

const CONTENTS = {
  'passport.pdf': patternBytes(150_000, 4),
  'papers/degree.pdf': patternBytes(80_000, 5),
  'papers/Zürich.txt': 'Bürgerrecht\n',
};

/** Seals the documents into a bundle in the home folder. */
async function bundleIn(
  home: { readonly path: string },
  how: Parameters<typeof makeBundle>[2] = {},
): Promise<string> {
  const documents = writeDocuments(join(home.path, 'from'), CONTENTS);
  return makeBundle(
    join(home.path, 'received.age'),
    ['passport.pdf', 'papers'].map((name) => join(documents, name)),
    how,
  );
}

test('a passphrase with two typos is mended by the nearest words, and every byte is saved', async ({
  app,
  home,
}) => {
  const { page } = app;
  await chooseBundle(app, await bundleIn(home, { note: 'Two lines\nfrom me' }));
  await passphraseField(page).fill('anthem bagpipe cactos dawdler elbwo fabulous geek');
  await expect(page.getByText('“cactos” is not on the word list.')).toBeVisible();
  await page.getByRole('button', { name: 'Replace “cactos” by “cactus”' }).click();
  await page.getByRole('button', { name: 'Replace “elbwo” by “elbow”' }).click();
  await expect(page.getByText('7 words recognised')).toBeVisible();
  await expect(passphraseField(page)).toHaveValue(
    'anthem bagpipe cactus dawdler elbow fabulous geek',
  );
  await expect(passphraseField(page)).toBeFocused();
  await page.keyboard.press('Enter');

  await expect(page.getByText('Verified: nothing was changed on the way')).toBeVisible();
  await expect(page.getByText('Two lines')).toHaveText('Two lines\nfrom me');
  const table = page.getByRole('grid', { name: 'Documents in the bundle' });
  await expect(table.getByRole('row', { name: /passport\.pdf/ })).toContainText('Verified');
  const into = join(home.path, 'Unpacked');
  await saveInto(app, into);
  const { SHA256SUMS, 'NOTE.txt': note, ...saved } = await digestsUnder(into);
  expect(saved).toEqual(digestsOf(CONTENTS));
  expect([SHA256SUMS, note]).not.toContain(undefined);
});

test('capitals, hyphens, spaces and line breaks make no difference', async ({ app, home }) => {
  const { page } = app;
  await chooseBundle(app, await bundleIn(home));
  const before = await unlockButton(page).boundingBox();
  await passphraseField(page).fill(PASSPHRASE);
  await expect(page.getByText('words recognised')).toBeVisible();
  expect(await unlockButton(page).boundingBox(), 'the button stays under the pointer').toEqual(
    before,
  );
  await unlock(page, `  ${PASSPHRASE.toUpperCase().replaceAll('-', ' \n ')}.`.replace('.', ' '));
  await expect(page.getByText('Verified: nothing was changed on the way')).toBeVisible();
});

test('a wrong passphrase says so, keeps what was typed, and harms nothing', async ({
  app,
  home,
}) => {
  const { page } = app;
  const path = await bundleIn(home);
  const before = await readFile(path);
  await chooseBundle(app, path);
  const wrong = PASSPHRASE.replace('elbow', 'elephant');
  await unlock(page, wrong);
  await expect(page.getByRole('alert')).toContainText('That is not the passphrase');
  await expect(passphraseField(page)).toHaveValue(wrong);
  await expect(passphraseField(page)).toBeFocused();
  expect(await readFile(path)).toEqual(before);
  await unlock(page, PASSPHRASE);
  await expect(page.getByText('Verified: nothing was changed on the way')).toBeVisible();
});

test('documents that are there already are kept beside, skipped or replaced, as is answered', async ({
  app,
  home,
}) => {
  const { page } = app;
  await chooseBundle(app, await bundleIn(home));
  await unlock(page, PASSPHRASE);
  const into = writeDocuments(join(home.path, 'Unpacked'), { 'passport.pdf': 'an older one' });
  const question = page.getByRole('alertdialog');

  await startSaving(app, into);
  await expect(question).toContainText('Nothing was saved yet.');
  expect(await digestsUnder(into)).toEqual(digestsOf({ 'passport.pdf': 'an older one' }));
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  expect(await namesUnder(into)).toEqual(['passport.pdf']);

  await startSaving(app, into);
  await question.getByRole('button', { name: 'Keep both' }).click();
  await expect(page.getByText('3 documents saved')).toBeVisible();
  const kept = await digestsUnder(into);
  expect(kept).toMatchObject({
    ...digestsOf({ 'passport.pdf': 'an older one', 'passport (2).pdf': CONTENTS['passport.pdf'] }),
  });

  await startSaving(app, into);
  await question.getByRole('button', { name: 'Skip' }).click();
  await expect(page.getByText('Nothing new to save')).toBeVisible();
  expect(await digestsUnder(into)).toEqual(kept);

  await startSaving(app, into);
  await question.getByRole('button', { name: 'Replace' }).click();
  await expect(page.getByText('3 documents saved')).toBeVisible();
  expect(await digestsUnder(into)).toMatchObject(
    digestsOf({ 'passport.pdf': CONTENTS['passport.pdf'] }),
  );
});

test('a bundle that was altered on the way says so and leaves nothing', async ({ app, home }) => {
  const { page } = app;
  const path = await bundleIn(home);
  const bytes = await readFile(path);
  const last = bytes.length - 1000;
  bytes[last] = (bytes[last] ?? 0) ^ 1;
  await writeFile(path, bytes);
  await chooseBundle(app, path);
  await unlock(page, PASSPHRASE);
  await expect(page.getByRole('alert')).toContainText('altered or cut short on the way');
  await expect(page.getByRole('button', { name: /^Save/ })).toHaveCount(0);
  expect(await namesUnder(home.path)).not.toContain('Unpacked');
  expect((await namesUnder(home.data)).filter((name) => name.includes('passport'))).toEqual([]);
});

test('a bundle whose end is missing says so', async ({ app, home }) => {
  const { page } = app;
  const path = await bundleIn(home);
  const bytes = await readFile(path);
  await writeFile(path, bytes.subarray(0, 2 * 65_552 + 200));
  await chooseBundle(app, path);
  await unlock(page, PASSPHRASE);
  await expect(page.getByRole('alert')).toContainText(/end of the bundle is missing|cut short/);
});

test('a bundle for a key is opened with its key file, and another key file does not fit', async ({
  app,
  home,
}) => {
  const { page } = app;
  const core = createApp();
  const mine = await core.createKey('x25519', join(home.path, 'my key.txt'));
  const other = await core.createKey('x25519', join(home.path, 'other key.txt'));
  await chooseBundle(app, await bundleIn(home, { recipients: [mine.recipient] }));
  await expect(page.getByText('Locked for a key')).toBeVisible();
  await expect(unlockButton(page)).toHaveCount(0);

  await app.chooseFiles([other.path], () =>
    page.getByRole('button', { name: 'Choose your key file' }).click(),
  );
  await expect(page.getByRole('alert')).toContainText('None of your keys opens this bundle');
  await app.chooseFiles([mine.path], () =>
    page.getByRole('button', { name: 'Choose another key file' }).click(),
  );
  await expect(page.getByText('It does not say who sealed it')).toBeVisible();
  const into = join(home.path, 'Unpacked');
  await saveInto(app, into);
  expect(await digestsUnder(into)).toMatchObject(digestsOf(CONTENTS));
});

test('what is sealed here is opened here, by the words that were read out', async ({
  app,
  home,
}) => {
  const { page } = app;
  const { readPassphrase, sealNow, sendInto } = await import('../steps/send.ts');
  writeDocuments(home.path, { 'one.txt': '1', 'two.txt': '2', 'Outbox/': '' });
  await app.addFiles([join(home.path, 'one.txt'), join(home.path, 'two.txt')]);
  await sendInto(app, join(home.path, 'Outbox'));
  await sealNow(page);
  const passphrase = await readPassphrase(page);
  const [name = ''] = await namesUnder(join(home.path, 'Outbox'));
  await chooseBundle(app, join(home.path, 'Outbox', name));
  await unlock(page, passphrase.replaceAll('-', '  '));
  await saveInto(app, join(home.path, 'Unpacked'));
  expect(await digestsUnder(join(home.path, 'Unpacked'))).toMatchObject(
    digestsOf({ 'one.txt': '1', 'two.txt': '2' }),
  );
});
