import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createApp } from '../../../app/app.ts';
import type { InboxEntry } from '../../../app/contract/views.ts';
import { writeDocuments } from '../../support/documents.ts';
import { connect } from '../../support/screen-s3.ts';
import { ScriptedS3 } from '../../support/scripted-s3.ts';
import { TestSession } from '../../support/sessions.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { PASSPHRASE, sealIn, workspace } from '../../support/workspace.ts';

/** A session with a connection to a server on which three bundles of two senders wait, and one for somebody else. */
async function waiting() {
  const work = workspace();
  await sealIn(work, 'bundle.age', { passphrase: true });
  const bytes = readFileSync(join(work, 'bundle.age'));
  const server = await ScriptedS3.start();
  server.model.place('home/ana/bundle.age', bytes, new Date('2026-11-02T10:00:00Z'));
  server.model.place(
    'home/ben/bundle.age',
    Buffer.from('another'),
    new Date('2026-11-03T10:00:00Z'),
  );
  server.model.place('home/top.tar.age', Buffer.from('third'), new Date('2026-11-01T10:00:00Z'));
  server.model.place('other/bundle.age', Buffer.from('not ours'));
  const screen = await TestSession.start();
  const connection = await connect(screen, server);
  const list = (): Promise<readonly InboxEntry[]> => screen.run('listInbox', { connection });
  const out = join(temporaryFolder(), 'out');
  mkdirSync(out);
  const folder = await screen.choose(out);
  return { screen, server, connection, list, bytes, out, folder };
}

async function statuses(list: () => Promise<readonly InboxEntry[]>): Promise<readonly string[]> {
  return (await list()).map(({ status }) => status);
}

test('what waits is listed, newest first, with its sender', async () => {
  const { list, connection, bytes } = await waiting();
  const entries = await list();
  expect(entries.map(({ sender, name, status }) => [sender, name, status])).toEqual([
    ['ben', 'bundle.age', 'new'],
    ['ana', 'bundle.age', 'new'],
    ['', 'top.tar.age', 'new'],
  ]);
  expect(entries[1]).toMatchObject({
    connection,
    bytes: bytes.byteLength,
    received: '2026-11-02T10:00:00.000Z',
  });
  // The same bundle has the same id.
  expect((await list()).map(({ id }) => id)).toEqual(entries.map(({ id }) => id));
});

test('a bundle is fetched to a private place, opened, and gone when it is closed', async () => {
  const { screen, list } = await waiting();
  const ana = (await list())[1]!;
  const job = await screen.done('fetchEntry', { entry: ana.id });
  const { bundle } = await screen.snapshot();
  expect(job).toMatchObject({
    subject: 'bundle.age',
    about: [ana.id],
    outcome: { bundle: bundle!.id },
  });
  expect(bundle).toMatchObject({
    name: 'bundle.age',
    entry: ana.id,
    location: 's3://signet-test/home/ana/bundle.age',
    lockedWith: 'passphrase',
  });
  expect(await statuses(list)).toEqual(['new', 'downloaded', 'new']);
  await screen.done('unlock', { bundle: bundle!.id, with: { passphrase: PASSPHRASE } });
  expect(await statuses(list)).toEqual(['new', 'opened', 'new']);
  const staging = join(screen.folder, 'staging');
  expect(readdirSync(staging)).toHaveLength(1);
  await screen.run('closeBundle', { bundle: bundle!.id });
  expect(readdirSync(staging)).toEqual([]);
  const activity = await screen.run('listActivity', {});
  expect(activity.map(({ kind, location }) => [kind, location])).toEqual([
    ['open', 's3://signet-test/home/ana/bundle.age'],
    ['download', 's3://signet-test/home/ana/bundle.age'],
  ]);
});

test('what is fetched and turns out to be no bundle leaves nothing', async () => {
  const { screen, list } = await waiting();
  const ben = (await list())[0]!;
  expect(await screen.failed('fetchEntry', { entry: ben.id })).toBe('not-a-bundle');
  expect(readdirSync(join(screen.folder, 'staging'))).toEqual([]);
  expect((await screen.snapshot()).bundle).toBeNull();
});

test('bundles are downloaded in one job, none in the place of another', async () => {
  const { screen, list, out, folder, bytes } = await waiting();
  writeFileSync(join(out, 'top.tar.age'), 'mine');
  const entries = (await list()).map(({ id }) => id);
  const job = await screen.done('downloadEntries', { entries: [...entries, entries[0]!], folder });
  expect(job).toMatchObject({
    about: entries,
    total: bytes.byteLength + 12,
    bytes: bytes.byteLength + 12,
    outcome: { kind: 'downloaded', folder: out, entries: 3 },
  });
  const content = (name: string): string => readFileSync(join(out, name), 'latin1');
  expect(readdirSync(out).sort()).toEqual([
    'bundle (2).age',
    'bundle.age',
    'top (2).tar.age',
    'top.tar.age',
  ]);
  expect(content('bundle.age')).toBe('another');
  expect(content('bundle (2).age')).toBe(bytes.toString('latin1'));
  expect(content('top (2).tar.age')).toBe('third');
  expect(content('top.tar.age')).toBe('mine');
  expect(await statuses(list)).toEqual(['downloaded', 'downloaded', 'downloaded']);
});

test('a download that is cancelled keeps what was whole, and no half', async () => {
  const { screen, server, list, out, folder } = await waiting();
  const entries = (await list()).map(({ id }) => id);
  const { promise: asked, resolve } = Promise.withResolvers<undefined>();
  server.on('GetObject', (nth) => {
    if (nth < 2) return undefined;
    resolve(undefined);
    return { kind: 'silence' };
  });
  const { job } = await screen.run('downloadEntries', { entries, folder });
  await asked;
  await screen.run('cancelJob', { job });
  expect((await screen.ended(job)).state).toBe('cancelled');
  expect(readdirSync(out)).toEqual(['bundle.age']);
  const [last] = await screen.run('listActivity', {});
  expect(last).toMatchObject({ kind: 'download', result: 'cancelled' });
  expect(last).not.toHaveProperty('error');
});

test('bundles are removed at the other end, those that were meant and no others', async () => {
  const { screen, server, list } = await waiting();
  const [ben, ana] = await list();
  const job = await screen.done('removeEntries', { entries: [ben!.id, ana!.id] });
  expect(job).toMatchObject({
    about: [ben!.id, ana!.id],
    outcome: { kind: 'removed', entries: 2 },
  });
  expect([...server.model.objects.keys()]).toEqual(['home/top.tar.age', 'other/bundle.age']);
  const gone = await screen.refusal('removeEntries', { entries: [ana!.id] });
  expect(gone).toEqual({ code: 'reference-unknown', data: { kind: 'entry' } });
  const deleted = (await screen.run('listActivity', {})).map(({ kind, bundle }) => [kind, bundle]);
  expect(deleted).toEqual([
    ['delete', 'bundle.age'],
    ['delete', 'bundle.age'],
  ]);
});

test('a right that is missing is said, and taken down', async () => {
  const { screen, server, list, folder, out } = await waiting();
  const [ben] = await list();
  server.model.denied.add('s3:GetObject').add('s3:DeleteObject');
  const entries = [ben!.id];
  expect(await screen.failed('downloadEntries', { entries, folder })).toBe('s3-denied');
  expect(await screen.failed('removeEntries', { entries })).toBe('s3-denied');
  expect(readdirSync(out)).toEqual([]);
  const failures = (await screen.run('listActivity', {})).map(({ kind, result, error }) => [
    kind,
    result,
    error,
  ]);
  expect(failures).toEqual([
    ['delete', 'failed', 's3-denied'],
    ['download', 'failed', 's3-denied'],
  ]);
});

test('keys that no file may be called by are not fetched', async () => {
  const { screen, server, list, folder, out } = await waiting();
  server.model.objects.clear();
  server.model.place('home/ana/..', Buffer.from('x'));
  server.model.place('home/ana/a\\b.age', Buffer.from('x'));
  server.model.place('home/ana/con.age', Buffer.from('x'));
  for (const { id } of await list())
    expect(await screen.failed('downloadEntries', { entries: [id], folder })).toBe('fetch-name');
  expect(readdirSync(out)).toEqual([]);
});

test('the draft is sealed and sent through a connection', async () => {
  const { screen, server, connection } = await waiting();
  await screen.add(join(writeDocuments(temporaryFolder(), { 'a.txt': 'a' }), 'a.txt'));
  const { passphrase } = await screen.run('revealPassphrase', { of: 'draft' });
  await screen.done('seal', { to: { kind: 's3', connection }, name: 'mine' });
  const { bytes } = server.model.objects.get('home/mine.tar.age')!;
  const path = join(temporaryFolder(), 'mine.age');
  writeFileSync(path, bytes);
  expect((await createApp().open({ path, passphrase })).verified).toBe(true);
  const [receipt] = (await screen.snapshot()).receipts;
  expect(receipt).toMatchObject({
    location: 's3://signet-test/home/mine.tar.age',
    to: { kind: 's3', connection },
    bytes: bytes.byteLength,
  });
  expect(receipt!.verifiedBy).toContain('checksum-sha256');
  const shown = await screen.refusal('showInFolder', { receipt: receipt!.id });
  expect(shown.code).toBe('not-available');
});

test('a send that is cancelled leaves nothing at the other end', async () => {
  const { screen, server, connection } = await waiting();
  await screen.add(join(writeDocuments(temporaryFolder(), { 'a.txt': 'a' }), 'a.txt'));
  const before = [...server.model.objects.keys()];
  const { promise: asked, resolve } = Promise.withResolvers<undefined>();
  server.on('ListObjectsV2', () => {
    resolve(undefined);
    return { kind: 'silence' };
  });
  const { job } = await screen.run('seal', { to: { kind: 's3', connection } });
  await asked;
  await screen.run('cancelJob', { job });
  expect((await screen.ended(job)).state).toBe('cancelled');
  expect([...server.model.objects.keys()]).toEqual(before);
  expect((await screen.snapshot()).draft.documents).toBe(1);
});
