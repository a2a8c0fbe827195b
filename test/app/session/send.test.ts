import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createApp } from '../../../app/app.ts';
import { testKey } from '../../support/bundles.ts';
import { writeDocuments } from '../../support/documents.ts';
import { stateOf } from '../../support/folder-state.ts';
import { held } from '../../support/held.ts';
import { TestSession, type Start } from '../../support/sessions.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const DOCUMENTS = {
  'in/passport.pdf': 'passport',
  'in/scans/a.txt': 'a',
  'in/scans/.DS_Store': 'litter',
};

/** A session with two documents in its draft, and an empty folder to send to. */
async function drafted(start: Start = {}) {
  const folder = writeDocuments(temporaryFolder(), { ...DOCUMENTS, 'out/': '' });
  const screen = await TestSession.start(start);
  await screen.add(join(folder, 'in'));
  const out = join(folder, 'out');
  return { screen, folder, out, to: { kind: 'folder', folder: await screen.choose(out) } as const };
}

test('the draft is sealed with the passphrase that was shown, and the receipt says where it is', async () => {
  const { screen, out, to } = await drafted();
  const shown = await screen.run('revealPassphrase', { of: 'draft' });
  expect(shown.words.join('-')).toBe(shown.passphrase);
  const job = await screen.done('seal', { to, name: ' mine ', note: 'hi' });
  const { receipts, draft } = await screen.snapshot();
  expect(receipts).toHaveLength(1);
  const receipt = receipts[0]!;
  expect(job).toMatchObject({
    kind: 'seal',
    subject: 'mine.tar.age',
    outcome: { kind: 'receipt', receipt: receipt.id },
  });
  expect(receipt).toMatchObject({
    bundle: 'mine.tar.age',
    location: join(out, 'mine.tar.age'),
    documents: 2,
    held: true,
    to: { kind: 'folder' },
    verifiedBy: ['flushed-to-disk'],
    lock: { kind: 'generated', words: 7 },
  });
  expect(receipt).not.toHaveProperty('shared');
  const opened = await createApp().open({ path: receipt.location, passphrase: shown.passphrase });
  expect(opened).toMatchObject({ note: 'hi', verified: true });
  expect(opened.documents.map(({ name }) => name)).toEqual(['in/passport.pdf', 'in/scans/a.txt']);
  expect(await screen.run('revealPassphrase', { of: { receipt: receipt.id } })).toEqual(shown);
  // The next one begins, with a passphrase of its own.
  expect(draft).toMatchObject({ documents: 0, bytes: 0, blocked: 0, leftOut: 0 });
  const next = await screen.run('revealPassphrase', { of: 'draft' });
  expect(next.passphrase).not.toBe(shown.passphrase);
});

test('documents go in under the names that the person gave them', async () => {
  const { screen, to, out } = await drafted();
  const [passport] = await screen.run('listDocuments', {});
  await screen.run('renameDocument', { document: passport!.id, name: 'Reisepass/Seite 1.pdf' });
  await screen.run('setRecipients', { recipients: [testKey.recipient] });
  await screen.done('seal', { to, name: 'renamed.age' });
  const identities = [testKey.identity];
  const opened = await createApp().open({ path: join(out, 'renamed.age'), identities });
  expect(opened.documents.map(({ name }) => name)).toEqual([
    'Reisepass/Seite 1.pdf',
    'in/scans/a.txt',
  ]);
});

test('without a name it gets one that tells nothing', async () => {
  const { screen, to, out } = await drafted();
  await screen.done('seal', { to });
  await screen.add(out);
  await screen.done('seal', { to, name: '   ' });
  for (const name of readdirSync(out)) expect(name).toMatch(/^bundle-\w{6}\.tar\.age$/);
});

test('a passphrase of one’s own is sealed with, and can be told from the receipt', async () => {
  const { screen, to, out } = await drafted();
  const passphrase = 'Trollinger 17 blaue Lokomotiven!';
  expect(await screen.run('setPassphrase', { passphrase })).toMatchObject({ kind: 'own' });
  await screen.done('seal', { to, name: 'own' });
  const path = join(out, 'own.tar.age');
  expect((await createApp().open({ path, passphrase })).verified).toBe(true);
  const [receipt] = (await screen.snapshot()).receipts;
  expect(await screen.run('revealPassphrase', { of: { receipt: receipt!.id } })).toEqual({
    passphrase,
    words: [],
  });
  expect((await screen.snapshot()).draft.lock.kind).toBe('generated');
});

test('sealed to keys, there is no passphrase to tell', async () => {
  const { screen, to } = await drafted();
  await screen.run('setRecipients', { recipients: [testKey.recipient] });
  await screen.done('seal', { to });
  const [receipt] = (await screen.snapshot()).receipts;
  expect(receipt).toMatchObject({ held: false, lock: { recipients: [testKey.recipient] } });
  expect((await screen.refusal('revealPassphrase', { of: { receipt: receipt!.id } })).code).toBe(
    'passphrase-forgotten',
  );
});

test('what cannot be sealed is refused before anything is begun', async () => {
  const { screen, to, folder, out } = await drafted();
  const [document] = await screen.run('listDocuments', {});
  const file = await screen.choose(join(folder, 'in/passport.pdf'));
  const codes = {
    nowhere: await screen.refusal('seal', { to: { kind: 'folder', folder: 'unknown' } }),
    'a file': await screen.refusal('seal', { to: { kind: 'folder', folder: file } }),
    's3 unknown': await screen.refusal('seal', { to: { kind: 's3', connection: 'unknown' } }),
    download: await screen.refusal('seal', { to: { kind: 'download' } }),
    'a path': await screen.refusal('seal', { to, name: '../../etc/passwd' }),
    'a bad name': await screen.refusal('seal', { to, name: 'a:b' }),
    'a long note': await screen.refusal('seal', { to, note: 'x'.repeat(70_000) }),
  };
  expect(Object.values(codes).map(({ code }) => code)).toEqual([
    'reference-unknown',
    'reference-unknown',
    'reference-unknown',
    'not-available',
    'bundle-name',
    'bundle-name',
    'note-too-long',
  ]);
  await screen.run('renameDocument', { document: document!.id, name: 'a\\b' });
  expect(await screen.refusal('seal', { to })).toEqual({
    code: 'documents-blocked',
    data: { count: 1 },
  });
  await screen.run('clearDraft', {});
  expect((await screen.refusal('seal', { to })).code).toBe('no-documents');
  expect((await screen.snapshot()).jobs).toEqual([]);
  expect(readdirSync(out)).toEqual([]);
});

test('what changes between choosing and sealing makes the job fail, and leaves the draft as it was', async () => {
  const { screen, to, folder, out } = await drafted();
  const before = await screen.run('revealPassphrase', { of: 'draft' });
  rmSync(join(folder, 'in/passport.pdf'));
  expect(await screen.failed('seal', { to })).toBe('document-missing');
  expect(readdirSync(out)).toEqual([]);
  const { draft, receipts } = await screen.snapshot();
  expect(receipts).toEqual([]);
  expect(draft.documents).toBe(2);
  expect(await screen.run('revealPassphrase', { of: 'draft' })).toEqual(before);
  writeFileSync(join(folder, 'in/passport.pdf'), 'another');
  await screen.done('seal', { to });
});

test('a bundle of that name is never replaced', async () => {
  const { screen, to, out } = await drafted();
  writeFileSync(join(out, 'taken.age'), 'precious');
  const before = stateOf(out);
  expect(await screen.failed('seal', { to, name: 'taken.age' })).toBe('output-exists');
  expect(stateOf(out)).toEqual(before);
});

test('while it is sealed nothing of the draft can be changed, and cancelling gives it back', async () => {
  const { app, release } = held('seal');
  const { screen, to, folder, out } = await drafted({ app });
  const [document] = await screen.run('listDocuments', {});
  const grants = [await screen.choose(join(folder, 'in'))];
  const { job } = await screen.run('seal', { to });
  const { id } = document!;
  const refused = await Promise.all([
    screen.refusal('addDocuments', { grants }),
    screen.refusal('renameDocument', { document: id, name: 'x' }),
    screen.refusal('removeDocuments', { documents: [id] }),
    screen.refusal('clearDraft', {}),
    screen.refusal('newPassphrase', { words: 5 }),
    screen.refusal('setPassphrase', { passphrase: 'Trollinger 17 blaue Lokomotiven!' }),
    screen.refusal('setRecipients', { recipients: [testKey.recipient] }),
    screen.refusal('seal', { to }),
  ]);
  expect(refused.map(({ code }) => code)).toEqual(Array(8).fill('draft-busy'));
  await screen.run('cancelJob', { job });
  release();
  expect((await screen.ended(job)).state).toBe('cancelled');
  expect(readdirSync(out)).toEqual([]);
  expect(await screen.run('addDocuments', { grants })).toEqual({ added: 0 });
  await screen.done('seal', { to });
});

test('a receipt is shared once, shown in its folder, and closed for good', async () => {
  const { screen, to, out } = await drafted();
  await screen.done('seal', { to, name: 'x' });
  const { id: receipt } = (await screen.snapshot()).receipts[0]!;
  await screen.run('showInFolder', { receipt });
  expect(screen.host.calls).toContainEqual(['showInFolder', join(out, 'x.tar.age')]);
  await screen.run('markShared', { receipt });
  const { shared } = (await screen.snapshot()).receipts[0]!;
  expect(Date.parse(shared!)).toBeGreaterThan(Date.now() - 60_000);
  await screen.run('markShared', { receipt });
  expect((await screen.snapshot()).receipts[0]!.shared).toBe(shared);
  const shares = (await screen.run('listActivity', {})).filter(({ kind }) => kind === 'share');
  expect(shares).toHaveLength(1);
  await screen.run('closeReceipt', { receipt });
  expect((await screen.snapshot()).receipts).toEqual([]);
  for (const refused of [
    await screen.refusal('revealPassphrase', { of: { receipt } }),
    await screen.refusal('markShared', { receipt }),
    await screen.refusal('closeReceipt', { receipt }),
    await screen.refusal('showInFolder', { receipt }),
  ])
    expect(refused).toEqual({ code: 'reference-unknown', data: { kind: 'receipt' } });
  // What was sealed stays where it is.
  expect(existsSync(join(out, 'x.tar.age'))).toBe(true);
});

test('in a browser a bundle is made in private and handed over once, under its name', async () => {
  const { screen } = await drafted({ kind: 'web' });
  await screen.done('seal', { to: { kind: 'download' }, name: 'mine' });
  const [view] = (await screen.snapshot()).receipts;
  const { id: receipt, location } = view!;
  expect(location).toBe('mine.tar.age');
  expect(await screen.run('downloadBundle', { receipt })).toEqual({ path: '/download/one' });
  const [, file, name] = screen.host.calls.find(([port]) => port === 'offerDownload')!;
  expect(name).toBe('mine.tar.age');
  expect(existsSync(String(file))).toBe(true);
  expect(String(file).startsWith(join(screen.folder, 'staging'))).toBe(true);
  expect((await screen.refusal('showInFolder', { receipt })).code).toBe('not-available');
  await screen.run('closeReceipt', { receipt });
  expect(readdirSync(join(screen.folder, 'staging'))).toEqual([]);
});

test('a bundle for a download that did not come about leaves nothing', async () => {
  const { screen, folder } = await drafted({ kind: 'web' });
  rmSync(join(folder, 'in/passport.pdf'));
  expect(await screen.failed('seal', { to: { kind: 'download' } })).toBe('document-missing');
  expect(readdirSync(join(screen.folder, 'staging'))).toEqual([]);
});

test('a bundle in a folder is not there to be downloaded', async () => {
  const { screen, to } = await drafted({ kind: 'web' });
  await screen.done('seal', { to });
  const { id: receipt } = (await screen.snapshot()).receipts[0]!;
  expect((await screen.refusal('downloadBundle', { receipt })).code).toBe('not-available');
});
