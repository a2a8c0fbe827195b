import type { SafeStorage } from 'electron';
import { z } from 'zod';
import type { HostPorts } from '../../app/contract/host.ts';
import { readPrivateJson, writePrivateJson } from './private-file.ts';

const FILE = z.strictObject({
  version: z.literal(1),
  /** Ciphertexts in base64. */
  secrets: z.record(z.string(), z.base64()),
});

/** Secrets of connections, locked by the system's keychain. */
export interface Secrets extends Pick<HostPorts, 'readSecret' | 'removeSecret' | 'writeSecret'> {
  /** Whether what is written here is there at the next start. */
  readonly keeps: boolean;
}

/** What of Electron's keychain is used. */
export type Keychain = Pick<
  SafeStorage,
  | 'decryptStringAsync'
  | 'encryptStringAsync'
  | 'getSelectedStorageBackend'
  | 'isAsyncEncryptionAvailable'
>;

/**
 * Opens the store. Where there is no keychain, or only Chromium's fixed key that everybody knows, it keeps nothing and says so.
 *
 * @param keychain - Electron's, after the app is ready
 * @param platform - `process.platform`
 * @param path - of the file with the ciphertexts
 */
export async function openSecrets(
  keychain: Keychain,
  platform: NodeJS.Platform,
  path: string,
): Promise<Secrets> {
  if (!(await isSafe(keychain, platform))) {
    return {
      keeps: false,
      readSecret: () => Promise.resolve(null),
      writeSecret: () => Promise.resolve(false),
      // What an earlier run kept safely is still to go when the person says so.
      removeSecret: (name) => change(path, (secrets) => secrets.delete(name)),
    };
  }
  let queue: Promise<unknown> = Promise.resolve();
  // One change at a time: each reads the whole file and writes it.
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  };
  const write = async (name: string, secret: string): Promise<boolean> => {
    const sealed = await keychain.encryptStringAsync(secret);
    // Asked each time: the keychain can go away while the program runs.
    if (!isLocked(sealed, platform)) return false;
    await change(path, (secrets) => secrets.set(name, sealed.toString('base64')));
    return true;
  };
  return {
    keeps: true,
    readSecret: (name) =>
      inTurn(async () => {
        const sealed = (await load(path)).get(name);
        if (sealed === undefined) return null;
        const opened = await decrypt(keychain, Buffer.from(sealed, 'base64'));
        if (opened === undefined) return null;
        if (opened.shouldReEncrypt) await write(name, opened.result);
        return opened.result;
      }),
    writeSecret: (name, secret) => inTurn(() => write(name, secret)),
    removeSecret: (name) => inTurn(() => change(path, (secrets) => secrets.delete(name))),
  };
}

async function isSafe(keychain: Keychain, platform: NodeJS.Platform): Promise<boolean> {
  try {
    if (!(await keychain.isAsyncEncryptionAvailable())) return false;
    if (platform !== 'linux') return true;
    if (keychain.getSelectedStorageBackend() === 'basic_text') return false;
    return isLocked(await keychain.encryptStringAsync('probe'), platform);
  } catch {
    return false;
  }
}

/** On Linux, Chromium tags what it locks with its fixed key `v10`. Elsewhere that is the tag of the keychain's key. */
function isLocked(sealed: Buffer, platform: NodeJS.Platform): boolean {
  return platform !== 'linux' || sealed.subarray(0, 3).toString('latin1') !== 'v10';
}

async function decrypt(
  keychain: Keychain,
  sealed: Buffer,
): Promise<{ readonly result: string; readonly shouldReEncrypt: boolean } | undefined> {
  try {
    return await keychain.decryptStringAsync(sealed);
  } catch {
    // The keychain was reset, or the file came from another machine: the secret is gone.
    return undefined;
  }
}

async function load(path: string): Promise<Map<string, string>> {
  const file = FILE.safeParse(await readPrivateJson(path));
  return new Map(file.success ? Object.entries(file.data.secrets) : []);
}

async function change(
  path: string,
  edit: (secrets: Map<string, string>) => unknown,
): Promise<void> {
  const secrets = await load(path);
  const before = secrets.size;
  edit(secrets);
  // Nothing to take away is no reason to make a file.
  if (before === 0 && secrets.size === 0) return;
  await writePrivateJson(path, { version: 1, secrets: Object.fromEntries(secrets) });
}
