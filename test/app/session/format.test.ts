import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createApp } from '../../../app/app.ts';
import { FORMATS } from '../../../app/contract/formats.ts';
import { templateDigest } from '../../../app/envelope/page.ts';
import { testKey } from '../../support/bundles.ts';
import { writeDocuments } from '../../support/documents.ts';
import { held } from '../../support/held.ts';
import { TestSession } from '../../support/sessions.ts';
import { TEMPLATE } from '../../support/templates.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const OWN = 'Trollinger 17 blaue Lokomotiven!';

async function passphrase(screen: TestSession): Promise<string> {
  return (await screen.run('revealPassphrase', { of: 'draft' })).passphrase;
}

async function drafted() {
  const app = createApp({ logN: 4, pageTemplate: () => Promise.resolve(TEMPLATE) });
  const folder = writeDocuments(temporaryFolder(), {
    'in/a.pdf': 'a',
    'in/b.txt': 'b',
    'out/': '',
  });
  const screen = await TestSession.start({ app });
  await screen.add(join(folder, 'in'));
  const out = join(folder, 'out');
  return { screen, out, to: { kind: 'folder', folder: await screen.choose(out) } as const };
}

test('a draft is an age bundle until somebody wants another', async () => {
  const screen = await TestSession.start();
  const { draft } = await screen.snapshot();
  expect(draft).toMatchObject({ format: 'age', hideNames: false, leastWords: 5 });
});

test('words that are too few for the format are exchanged, and enough of them stay', async () => {
  const screen = await TestSession.start();
  const first = await passphrase(screen);
  expect(await screen.run('setFormat', { format: '7z', hideNames: false })).toMatchObject({
    words: 7,
  });
  expect(await passphrase(screen)).toBe(first);
  const lock = await screen.run('setFormat', { format: 'zip', hideNames: true });
  expect(lock).toMatchObject({ kind: 'generated', words: 8 });
  expect(await passphrase(screen)).not.toBe(first);
  const { draft } = await screen.snapshot();
  expect(draft).toMatchObject({ format: 'zip', hideNames: true, leastWords: 8, lock });
  const eight = await passphrase(screen);
  await screen.run('setFormat', { format: 'age', hideNames: false });
  expect(await passphrase(screen)).toBe(eight);
});

test('new words are as many as the person has set, or as the format needs', async () => {
  const screen = await TestSession.start();
  await screen.run('saveSettings', { words: 10 });
  await screen.run('newPassphrase', { words: 5 });
  expect(await screen.run('setFormat', { format: 'zip', hideNames: false })).toMatchObject({
    words: 10,
  });
  await screen.run('saveSettings', { words: 6 });
  await screen.run('forgetSecrets', {});
  expect((await screen.snapshot()).draft.lock).toMatchObject({ words: 8 });
  expect(await screen.refusal('newPassphrase', { words: 7 })).toEqual({
    code: 'passphrase-words',
    data: { words: 7, least: 8, most: 12 },
  });
  expect(await screen.run('newPassphrase', { words: 9 })).toMatchObject({ words: 9 });
});

test('a passphrase of one’s own is measured for the format, and exchanged where it is too weak', async () => {
  const screen = await TestSession.start();
  expect(await screen.run('setPassphrase', { passphrase: OWN })).toMatchObject({ kind: 'own' });
  expect(await screen.run('measurePassphrase', { passphrase: OWN })).toMatchObject({
    enough: true,
    floor: 50,
  });
  expect(await screen.run('setFormat', { format: 'html', hideNames: false })).toMatchObject({
    kind: 'own',
  });
  expect(await screen.run('setFormat', { format: 'zip', hideNames: false })).toMatchObject({
    kind: 'generated',
    words: 8,
  });
  const measured = await screen.run('measurePassphrase', { passphrase: OWN.slice(0, 18) });
  expect(measured).toMatchObject({ enough: false, floor: 103 });
  const weak = await screen.refusal('setPassphrase', { passphrase: OWN.slice(0, 18) });
  expect(weak).toMatchObject({ code: 'passphrase-weak', data: { floor: 103 } });
});

test('keys are for age only', async () => {
  const screen = await TestSession.start();
  const recipients = [testKey.recipient];
  await screen.run('setRecipients', { recipients });
  const age = { format: 'age', hideNames: false } as const;
  expect(await screen.run('setFormat', age)).toMatchObject({ kind: 'keys' });
  for (const format of ['zip', '7z', 'html'] as const) {
    const lock = await screen.run('setFormat', { format, hideNames: false });
    expect(lock.kind).toBe('generated');
    expect(await screen.refusal('setRecipients', { recipients })).toEqual({
      code: 'format-needs-passphrase',
      data: { format },
    });
    await screen.run('setFormat', age);
    await screen.run('setRecipients', { recipients });
  }
});

test('formats that are chosen faster than passphrases are made leave one that is enough', async () => {
  const screen = await TestSession.start();
  await Promise.all(
    Array.from({ length: 20 }, (_none, index) => [
      screen.invoke('setFormat', { format: FORMATS[index % 4]!, hideNames: false }),
      screen.invoke('newPassphrase', { words: 5 }),
      screen.invoke('forgetSecrets', {}),
    ]).flat(),
  );
  await screen.run('setFormat', { format: 'zip', hideNames: false });
  await Promise.all([
    screen.invoke('newPassphrase', { words: 8 }),
    screen.invoke('setFormat', { format: 'age', hideNames: false }),
    screen.invoke('newPassphrase', { words: 5 }),
    screen.invoke('setFormat', { format: 'zip', hideNames: false }),
  ]);
  const { lock, leastWords, format } = (await screen.snapshot()).draft;
  expect(format).toBe('zip');
  expect(lock).toMatchObject({ kind: 'generated' });
  expect('words' in lock && lock.words).toBeGreaterThanOrEqual(leastWords);
});

test.each([
  ['age', 'mine.tar.age'],
  ['zip', 'mine.zip'],
  ['7z', 'mine.7z'],
  ['html', 'mine.html'],
] as const)('a bundle of the kind %s is sealed, and opened again', async (format, bundle) => {
  const { screen, out, to } = await drafted();
  await screen.run('setFormat', { format, hideNames: format === 'zip' });
  const words = await passphrase(screen);
  await screen.done('seal', { to, name: 'mine' });
  const { receipts, draft } = await screen.snapshot();
  expect(receipts).toMatchObject([{ bundle, format, location: join(out, bundle), held: true }]);
  // The next one is for the same recipient, until the person says otherwise.
  expect(draft).toMatchObject({ format, hideNames: format === 'zip', documents: 0 });
  const grant = await screen.choose(join(out, bundle));
  const view = await screen.run('takeBundle', { grants: [grant] });
  expect(view).toMatchObject({ name: bundle, format, lockedWith: 'passphrase', names: 'sealed' });
  expect(view.opensWith).toContain(format === 'html' ? 'browser' : 'signet');
  await screen.done('unlock', { bundle: view.id, with: { passphrase: words } });
  expect((await screen.snapshot()).bundle!.opened).toMatchObject({ documents: 2, warnings: [] });
  const documents = await screen.run('listOpened', { bundle: view.id });
  // 7-Zip has an order of its own.
  expect(documents.map(({ name }) => name).sort()).toEqual(['in/a.pdf', 'in/b.txt']);
});

test('names of bundles get the ending of their kind', async () => {
  const { screen, to } = await drafted();
  await screen.run('setFormat', { format: 'zip', hideNames: false });
  const { job } = await screen.run('seal', { to });
  expect((await screen.ended(job)).subject).toMatch(/^bundle-\w{6}\.zip$/);
});

test('while it is sealed the format stays', async () => {
  const { app, release } = held('seal');
  const folder = writeDocuments(temporaryFolder(), { 'a.txt': 'a', 'out/': '' });
  const screen = await TestSession.start({ app });
  await screen.add(join(folder, 'a.txt'));
  const to = { kind: 'folder', folder: await screen.choose(join(folder, 'out')) } as const;
  const { job } = await screen.run('seal', { to });
  const change = { format: 'zip', hideNames: false } as const;
  expect((await screen.refusal('setFormat', change)).code).toBe('draft-busy');
  release();
  await screen.ended(job);
  await screen.run('setFormat', change);
});

test('advice is given for the draft as it is', async () => {
  const { screen } = await drafted();
  const archiver = { has: 'archiver', route: 'folder', hideNames: false } as const;
  expect(await screen.run('advise', archiver)).toMatchObject({ format: 'zip' });
  const signet = { has: 'signet', route: 'email', mailService: 'gmail', hideNames: true } as const;
  const advice = await screen.run('advise', signet);
  expect(advice.format).toBe('age');
  expect(advice.mail).toMatchObject({ fit: 'fits' });
  // Two documents of one byte each, and what goes round them.
  expect(advice.bundleBytes).toBeGreaterThan(2);
  expect(advice.formats.map(({ format }) => format).sort()).toEqual([...FORMATS].sort());
});

test('the reader of self-opening pages is known by its sum, where there is one', async () => {
  const { screen } = await drafted();
  const { page } = await screen.run('getAbout', {});
  expect(page).toEqual({ sha256: templateDigest(TEMPLATE).page, bytes: TEMPLATE.byteLength });
  const without = [
    createApp(),
    createApp({ pageTemplate: () => Promise.reject(new Error('there is none')) }),
    createApp({ pageTemplate: () => Promise.resolve(Buffer.from('<p>')) }),
  ];
  for (const app of without)
    expect((await (await TestSession.start({ app })).run('getAbout', {})).page).toBeNull();
});
