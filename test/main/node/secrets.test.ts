import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { openKeychain } from '../../../main/node/secrets.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const PRETENDING = fileURLToPath(new URL('./pretending-keychain.ts', import.meta.url));

function pretending(pretends = '') {
  const file = join(temporaryFolder(), 'keychain.json');
  const opening = openKeychain({
    program: PRETENDING,
    env: { PATH: process.env['PATH'], KEYCHAIN_FILE: file, PRETENDS: pretends },
  });
  return { opening, file };
}

test('a secret is kept, read again, and removed', async () => {
  const { opening } = pretending();
  const keychain = await opening;
  expect(keychain.keeps).toBe(true);
  expect(await keychain.read('a')).toBeNull();
  expect(await keychain.write('a', 'first')).toBe(true);
  expect(await keychain.write('b', 'second')).toBe(true);
  expect(await keychain.read('a')).toBe('first');
  await keychain.remove('a');
  await keychain.remove('a');
  expect(await keychain.read('a')).toBeNull();
  expect(await keychain.read('b')).toBe('second');
});

test('a secret never is an argument', async () => {
  const { opening, file } = pretending();
  const keychain = await opening;
  await keychain.write('a', 'the secret');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    secrets: { a: 'the secret' },
    argv: [],
  });
});

test('a keychain that forgets what was just written is none', async () => {
  const keychain = await pretending('forgetful').opening;
  expect(keychain.keeps).toBe(false);
  expect(await keychain.write('a', 'x')).toBe(false);
  expect(await keychain.read('a')).toBeNull();
  await keychain.remove('a');
});

test('a keychain that fails later says so', async () => {
  const full = await pretending('full').opening;
  expect(await full.write('a', 'x')).toBe(false);
  const locked = await pretending('locked').opening;
  await expect(locked.read('a')).rejects.toMatchObject({ code: 'host-failed' });
  await expect(locked.remove('a')).rejects.toMatchObject({ code: 'host-failed' });
});

test('a program that cannot be started is no keychain', async () => {
  expect((await openKeychain({ program: '/nonexistent/program.js' })).keeps).toBe(false);
});

const onLinux = test.skipIf(process.platform !== 'linux');

onLinux('without a Secret Service nothing is kept, and that is found out at once', async () => {
  const env = { PATH: process.env['PATH'], DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' };
  const before = performance.now();
  const keychain = await openKeychain({ env });
  expect(keychain.keeps).toBe(false);
  // Well below the limit: it failed, nobody had to give up.
  expect(performance.now() - before).toBeLessThan(3_000);
});

onLinux('a message bus that never answers holds nobody up', async () => {
  // A socket's path may not be long.
  const folder = mkdtempSync(join(tmpdir(), 's-'));
  const bus = createServer((socket) => socket.on('error', () => undefined).resume());
  onTestFinished(() => {
    bus.close();
    rmSync(folder, { recursive: true });
  });
  const path = join(folder, 'bus');
  await new Promise<void>((resolve) => bus.listen(path, resolve));
  const asked = new Promise<void>((resolve) => {
    bus.once('connection', () => {
      resolve();
    });
  });
  const env = { PATH: process.env['PATH'], DBUS_SESSION_BUS_ADDRESS: `unix:path=${path}` };
  const opening = openKeychain({ env, probeLimit: 1_500 });
  await asked;
  expect((await opening).keeps).toBe(false);
});
