import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createApp } from '../../../app/app.ts';
import { testKey } from '../../support/bundles.ts';
import { writeDocuments } from '../../support/documents.ts';
import { held } from '../../support/held.ts';
import { TestSession } from '../../support/sessions.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { PASSPHRASE, sealIn, workspace } from '../../support/workspace.ts';

const OWN = 'Trollinger 17 blaue Lokomotiven!';

async function ready(screen: TestSession) {
  const folder = writeDocuments(temporaryFolder(), { 'a.txt': 'a', 'out/': '' });
  await screen.add(join(folder, 'a.txt'));
  const out = join(folder, 'out');
  return { out, to: { kind: 'folder', folder: await screen.choose(out) } as const };
}

async function shown(screen: TestSession, of: 'draft' | { receipt: string } = 'draft') {
  return (await screen.run('revealPassphrase', { of })).passphrase;
}

test('a passphrase is there from the start, with as many words as were asked for', async () => {
  const screen = await TestSession.start();
  expect((await screen.snapshot()).draft.lock).toMatchObject({ kind: 'generated', words: 7 });
  const lock = await screen.run('newPassphrase', { words: 5 });
  expect(lock).toMatchObject({ kind: 'generated', words: 5 });
  const { words } = await screen.run('revealPassphrase', { of: 'draft' });
  expect(words).toHaveLength(5);
  await screen.run('saveSettings', { words: 9 });
  await screen.run('clearDraft', {});
  expect((await screen.snapshot()).draft.lock).toMatchObject({ words: 9 });
});

test('a weak passphrase is measured, and refused with the reason', async () => {
  const screen = await TestSession.start();
  expect(await screen.run('measurePassphrase', { passphrase: 'hunter2' })).toMatchObject({
    enough: false,
    floor: 50,
  });
  const refused = await screen.refusal('setPassphrase', { passphrase: 'hunter2' });
  expect(refused).toMatchObject({ code: 'passphrase-weak', data: { reason: 'guessable' } });
  expect((await screen.snapshot()).draft.lock.kind).toBe('generated');
});

test('keys that are none, or secret, are refused without being repeated', async () => {
  const screen = await TestSession.start();
  const refused = await screen.refusal('setRecipients', { recipients: [testKey.identity] });
  expect(refused.code).toBe('recipient-invalid');
  expect(JSON.stringify(refused)).not.toContain(testKey.identity.slice(20, 40));
  expect(await screen.run('setRecipients', { recipients: [` ${testKey.recipient}\n`] })).toEqual({
    kind: 'keys',
    recipients: [testKey.recipient],
  });
  expect((await screen.refusal('revealPassphrase', { of: 'draft' })).code).toBe(
    'passphrase-forgotten',
  );
});

test('a passphrase is shown only while the window is kept out of screenshots', async () => {
  const screen = await TestSession.start();
  screen.host.failing.add('protectContent');
  expect((await screen.refusal('revealPassphrase', { of: 'draft' })).code).toBe('host-failed');
  screen.host.failing.clear();
  await shown(screen);
  await screen.run('hidePassphrase', {});
  const protecting = screen.host.calls.filter(([port]) => port === 'protectContent');
  expect(protecting.map(([, on]) => on)).toEqual([true, true, false]);
});

test('a passphrase is copied as a secret, without being shown', async () => {
  const screen = await TestSession.start();
  await screen.run('copyPassphrase', { of: 'draft' });
  const [[, copied, secret] = []] = screen.host.calls.filter(([port]) => port === 'copyText');
  expect([copied, secret]).toEqual([await shown(screen), true]);
  await screen.run('copyText', { text: 'hello', secret: false });
  expect(screen.host.calls).toContainEqual(['copyText', 'hello', false]);
});

test('no snapshot, event, activity or file ever holds a passphrase', async () => {
  const screen = await TestSession.start();
  const { to } = await ready(screen);
  const made = await shown(screen);
  await screen.done('seal', { to });
  await ready(screen);
  await screen.run('setPassphrase', { passphrase: OWN });
  await screen.done('seal', { to });
  const seen = JSON.stringify([
    await screen.snapshot(),
    screen.events,
    await screen.run('listActivity', {}),
  ]);
  const { readFileSync } = await import('node:fs');
  const data = join(screen.folder, 'data');
  const kept = readdirSync(data).map((name) => readFileSync(join(data, name), 'utf8'));
  for (const text of [seen, ...kept]) {
    expect(text).not.toContain(made);
    expect(text).not.toContain(OWN);
  }
});

test('when the screen has to forget, the draft gets new words and what was typed is dropped', async () => {
  const screen = await TestSession.start();
  const before = await shown(screen);
  await screen.run('forgetSecrets', {});
  expect(await shown(screen)).not.toBe(before);
  await screen.run('setPassphrase', { passphrase: OWN });
  await screen.run('forgetSecrets', {});
  const { draft, locked } = await screen.snapshot();
  expect(locked).toBe(2);
  expect(draft.lock.kind).toBe('generated');
  expect(screen.host.calls.at(-1)).toEqual(['protectContent', false]);
  // Keys are no secret.
  await screen.run('setRecipients', { recipients: [testKey.recipient] });
  await screen.run('forgetSecrets', {});
  expect((await screen.snapshot()).draft.lock.kind).toBe('keys');
});

test('forgetting keeps the only copy of a passphrase that nobody was told, and drops the others', async () => {
  const screen = await TestSession.start();
  const { to } = await ready(screen);
  await screen.done('seal', { to });
  await ready(screen);
  await screen.done('seal', { to });
  const [told, untold] = (await screen.snapshot()).receipts;
  const kept = await shown(screen, { receipt: untold!.id });
  await screen.run('markShared', { receipt: told!.id });
  await screen.run('forgetSecrets', {});
  const { receipts } = await screen.snapshot();
  expect(receipts.map(({ held }) => held)).toEqual([false, true]);
  expect(await shown(screen, { receipt: untold!.id })).toBe(kept);
  const of = { receipt: told!.id };
  expect((await screen.refusal('revealPassphrase', { of })).code).toBe('passphrase-forgotten');
  expect((await screen.refusal('copyPassphrase', { of })).code).toBe('passphrase-forgotten');
});

test('forgetting during a seal leaves its passphrase to the receipt, and nowhere else', async () => {
  const { app, release } = held('seal');
  const screen = await TestSession.start({ app });
  const { to, out } = await ready(screen);
  const sealed = await shown(screen);
  const { job } = await screen.run('seal', { to, name: 'x' });
  await screen.run('forgetSecrets', {});
  release();
  expect((await screen.ended(job)).state).toBe('done');
  const [receipt] = (await screen.snapshot()).receipts;
  expect(await shown(screen, { receipt: receipt!.id })).toBe(sealed);
  expect(await shown(screen)).not.toBe(sealed);
  const path = join(out, 'x.tar.age');
  expect((await createApp().open({ path, passphrase: sealed })).verified).toBe(true);
});

test('forgetting during a seal that fails forgets its passphrase then', async () => {
  const { app, release } = held('seal');
  const screen = await TestSession.start({ app });
  const { to } = await ready(screen);
  await screen.run('setPassphrase', { passphrase: OWN });
  const { job } = await screen.run('seal', { to });
  await screen.run('forgetSecrets', {});
  await screen.run('cancelJob', { job });
  release();
  expect((await screen.ended(job)).state).toBe('cancelled');
  expect((await screen.snapshot()).draft.lock.kind).toBe('generated');
});

test('forgetting locks the opened bundle again', async () => {
  const folder = workspace();
  await sealIn(folder, 'bundle.age', { passphrase: true });
  const screen = await TestSession.start();
  const grant = await screen.choose(join(folder, 'bundle.age'));
  const { id: bundle } = await screen.run('takeBundle', { grants: [grant] });
  await screen.done('unlock', { bundle, with: { passphrase: PASSPHRASE } });
  expect((await screen.snapshot()).bundle!.opened).toBeDefined();
  await screen.run('forgetSecrets', {});
  expect((await screen.snapshot()).bundle).not.toHaveProperty('opened');
  const target = await screen.choose(folder);
  const save = { bundle, folder: target, onConflict: 'keep' } as const;
  expect((await screen.refusal('save', save)).code).toBe('passphrase-needed');
  expect((await screen.refusal('listOpened', { bundle })).code).toBe('passphrase-needed');
});

test('forgetting stops an unlocking, even one that comes to its end', async () => {
  const folder = workspace();
  await sealIn(folder, 'bundle.age', { passphrase: true });
  const { app, release } = held('open');
  const screen = await TestSession.start({ app });
  const grant = await screen.choose(join(folder, 'bundle.age'));
  const { id: bundle } = await screen.run('takeBundle', { grants: [grant] });
  const { job } = await screen.run('unlock', { bundle, with: { passphrase: PASSPHRASE } });
  await screen.run('forgetSecrets', {});
  release();
  expect((await screen.ended(job)).state).toBe('cancelled');
  expect((await screen.snapshot()).bundle).not.toHaveProperty('opened');
});
