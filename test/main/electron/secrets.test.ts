import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSecrets, type Keychain } from '../../../main/electron/secrets.ts';
import { temporaryFolder } from '../../support/temporary.ts';

interface Options {
  readonly available?: boolean;
  readonly backend?: ReturnType<Keychain['getSelectedStorageBackend']>;
  readonly tag?: string;
  readonly rotated?: boolean;
}

/** A keychain that locks by XOR with a key of its own: enough to see that what is on the disk is not the secret. */
function keychain(options: Options = {}): Keychain {
  const { available = true, backend = 'gnome_libsecret', tag = 'v11', rotated = false } = options;
  const key = randomBytes(64);
  const xor = (bytes: Buffer) => Buffer.from(bytes.map((byte, i) => byte ^ key[i % 64]!));
  return {
    isAsyncEncryptionAvailable: () => Promise.resolve(available),
    getSelectedStorageBackend: () => backend,
    encryptStringAsync: (text) =>
      Promise.resolve(Buffer.concat([Buffer.from(tag), xor(Buffer.from(`ok:${text}`))])),
    decryptStringAsync: (sealed) => {
      const text = xor(sealed.subarray(3)).toString();
      if (!text.startsWith('ok:')) return Promise.reject(new Error('wrong key'));
      return Promise.resolve({ result: text.slice(3), shouldReEncrypt: rotated });
    },
  };
}

const SECRET = 'wJalrXUtnFEMI/K7MDENG';

test('a secret is there at the next start, and not on the disk in the clear', async () => {
  const path = join(temporaryFolder(), 'data', 'secrets.json');
  const chain = keychain();
  const first = await openSecrets(chain, 'linux', path);
  expect(first.keeps).toBe(true);
  expect(await first.writeSecret('connection-1', SECRET)).toBe(true);

  const second = await openSecrets(chain, 'linux', path);
  expect(await second.readSecret('connection-1')).toBe(SECRET);
  expect(await second.readSecret('connection-2')).toBeNull();
  const file = await readFile(path, 'utf8');
  expect(file).not.toContain(SECRET);
  expect(file).not.toContain(Buffer.from(SECRET).toString('base64'));
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('a file that others could read is closed to them by the next write', async () => {
  const path = join(temporaryFolder(), 'secrets.json');
  await writeFile(path, '{}');
  await chmod(path, 0o644);
  await (await openSecrets(keychain(), 'linux', path)).writeSecret('c', SECRET);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test.each([
  ['there is no keychain', { available: false }],
  ['Chromium would use its fixed key', { backend: 'basic_text' }],
  ['what is locked bears the tag of the fixed key', { tag: 'v10' }],
] as const)('where %s, nothing is kept and that is said', async (_, options) => {
  const path = join(temporaryFolder(), 'secrets.json');
  const secrets = await openSecrets(keychain(options), 'linux', path);
  expect(secrets.keeps).toBe(false);
  expect(await secrets.writeSecret('c', SECRET)).toBe(false);
  expect(await secrets.readSecret('c')).toBeNull();
  expect(existsSync(path)).toBe(false);
});

test.each(['darwin', 'win32'] as const)(
  'on %s the tag v10 is the tag of the keychain',
  async (os) => {
    const path = join(temporaryFolder(), 'secrets.json');
    const chain = keychain({ tag: 'v10', backend: 'basic_text' });
    const secrets = await openSecrets(chain, os, path);
    expect(await secrets.writeSecret('c', SECRET)).toBe(true);
    expect(await secrets.readSecret('c')).toBe(SECRET);
  },
);

test('a keychain that starts to use the fixed key gets nothing more to keep', async () => {
  const path = join(temporaryFolder(), 'secrets.json');
  const chain = keychain();
  const secrets = await openSecrets(chain, 'linux', path);
  chain.encryptStringAsync = keychain({ tag: 'v10' }).encryptStringAsync;
  expect(await secrets.writeSecret('c', SECRET)).toBe(false);
  expect(existsSync(path)).toBe(false);
});

test('a removed secret is gone from the file', async () => {
  const path = join(temporaryFolder(), 'secrets.json');
  const secrets = await openSecrets(keychain(), 'linux', path);
  await secrets.writeSecret('a', SECRET);
  await secrets.writeSecret('b', 'other');
  await secrets.removeSecret('a');
  expect(await secrets.readSecret('a')).toBeNull();
  expect(await secrets.readSecret('b')).toBe('other');
  expect(
    Object.keys((JSON.parse(await readFile(path, 'utf8')) as { secrets: object }).secrets),
  ).toEqual(['b']);
});

test('many changes at once are all kept, and leave no partial file', async () => {
  const folder = temporaryFolder();
  const secrets = await openSecrets(keychain(), 'linux', join(folder, 'secrets.json'));
  const names = Array.from({ length: 20 }, (_, i) => `connection-${String(i)}`);
  await Promise.all(names.map((name) => secrets.writeSecret(name, `secret of ${name}`)));
  for (const name of names) expect(await secrets.readSecret(name)).toBe(`secret of ${name}`);
  expect(await readdir(folder)).toEqual(['secrets.json']);
});

test.each(['not json', '[]', '{"version":2,"secrets":{}}', '{"version":1,"secrets":{"c":"***"}}'])(
  'a file that is not ours to read holds no secrets: %s',
  async (content) => {
    const path = join(temporaryFolder(), 'secrets.json');
    await writeFile(path, content);
    const secrets = await openSecrets(keychain(), 'linux', path);
    expect(await secrets.readSecret('c')).toBeNull();
    expect(await secrets.writeSecret('c', SECRET)).toBe(true);
    expect(await secrets.readSecret('c')).toBe(SECRET);
  },
);

test('after the keychain was reset its secrets count as missing', async () => {
  const path = join(temporaryFolder(), 'secrets.json');
  await (await openSecrets(keychain(), 'linux', path)).writeSecret('c', SECRET);
  expect(await (await openSecrets(keychain(), 'linux', path)).readSecret('c')).toBeNull();
});

test('a secret under an old key is locked again with the new one', async () => {
  const path = join(temporaryFolder(), 'secrets.json');
  const chain = keychain({ rotated: true });
  const secrets = await openSecrets(chain, 'linux', path);
  await secrets.writeSecret('c', SECRET);
  const { encryptStringAsync } = chain;
  let times = 0;
  chain.encryptStringAsync = (text) => {
    times += 1;
    return encryptStringAsync(text);
  };
  expect(await secrets.readSecret('c')).toBe(SECRET);
  expect(times).toBe(1);
  expect(await secrets.readSecret('c')).toBe(SECRET);
});

test('a name like a property of all objects is a name like any other', async () => {
  const path = join(temporaryFolder(), 'secrets.json');
  const secrets = await openSecrets(keychain(), 'linux', path);
  expect(await secrets.readSecret('__proto__')).toBeNull();
  expect(await secrets.readSecret('constructor')).toBeNull();
});
