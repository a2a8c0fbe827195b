import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorRecord } from '../../../app/contract/error-schemas.ts';
import { hostEvent } from '../../../app/contract/event-schemas.ts';
import { SAMPLE_ERRORS } from '../../support/error-samples.ts';
import { writeDocuments } from '../../support/documents.ts';
import { held } from '../../support/held.ts';
import { TestSession } from '../../support/sessions.ts';
import { temporaryFolder } from '../../support/temporary.ts';

test('a session begins with nothing but a passphrase', async () => {
  const screen = await TestSession.start();
  const snapshot = await screen.snapshot();
  expect(snapshot).toMatchObject({
    host: { kind: 'electron', platform: 'linux' },
    settings: { theme: 'system', language: 'system', words: 7 },
    connections: [],
    jobs: [],
    receipts: [],
    bundle: null,
    activity: 0,
    locked: 0,
  });
  expect(await screen.run('listDocuments', {})).toEqual([]);
  expect(await screen.session.running()).toBe(0);
});

test('a program says what it is made of', async () => {
  const screen = await TestSession.start();
  const about = await screen.run('getAbout', {});
  expect(about).toMatchObject({ version: '1.2.3', dataFolder: join(screen.folder, 'data') });
  expect(about.runtime).toContainEqual({ name: 'Node.js', version: process.versions.node });
  await screen.run('openPage', { page: 'age' });
  expect(screen.host.calls).toContainEqual(['openPage', 'age']);
});

test('every event crosses the boundary as the contract says, with rising revisions', async () => {
  const screen = await TestSession.start();
  const folder = writeDocuments(temporaryFolder(), {
    'a.bin': Buffer.alloc(3_000_000),
    'out/': '',
  });
  await screen.add(join(folder, 'a.bin'));
  const to = { kind: 'folder', folder: await screen.choose(join(folder, 'out')) } as const;
  await screen.done('seal', { to });
  const revisions = screen.events.map((event) => hostEvent.parse(event).revision);
  expect(revisions.length).toBeGreaterThan(0);
  expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
  expect((await screen.snapshot()).revision).toBeGreaterThanOrEqual(revisions.at(-1)!);
});

test('closing cancels what runs, waits for it, and leaves nothing half-made', async () => {
  const { app, release } = held('seal');
  const screen = await TestSession.start({ app });
  const folder = writeDocuments(temporaryFolder(), { 'a.txt': 'a', 'out/': '' });
  await screen.add(join(folder, 'a.txt'));
  const to = { kind: 'folder', folder: await screen.choose(join(folder, 'out')) } as const;
  await screen.run('seal', { to });
  expect(await screen.session.running()).toBe(1);
  const closing = screen.session.close();
  const gone = { ok: false, error: { code: 'host-gone', data: {} } };
  expect(await screen.invoke('getSnapshot', {})).toEqual(gone);
  release();
  await closing;
  expect(await screen.session.running()).toBe(0);
  expect(readdirSync(join(folder, 'out'))).toEqual([]);
  expect(await screen.session.grant([{ path: folder }])).toEqual(gone);
  expect(await screen.session.openFile(folder)).toEqual(gone);
  const heard = screen.events.length;
  await screen.session.close();
  expect(screen.events).toHaveLength(heard);
});

test('whoever stopped listening hears nothing', async () => {
  const screen = await TestSession.start();
  let heard = 0;
  const stop = screen.session.listen(() => (heard += 1));
  stop();
  await screen.run('saveSettings', { theme: 'dark' });
  await screen.until(({ settings }) => settings.theme === 'dark');
  expect(heard).toBe(0);
});

test.each(SAMPLE_ERRORS)('$code crosses the boundary whole, and with nothing added', (error) => {
  expect(errorRecord.parse(error)).toEqual(error);
  const more = { ...error, data: { ...error.data, message: 'raw' } };
  expect(errorRecord.safeParse(more).success).toBe(false);
  expect(errorRecord.safeParse({ ...error, stack: 'x' }).success).toBe(false);
});

test.each([undefined, null, {}, { code: 'x', data: {} }, { code: 'toString', data: {} }])(
  '%j is no error of the contract',
  (error) => {
    expect(errorRecord.safeParse(error).success).toBe(false);
  },
);
