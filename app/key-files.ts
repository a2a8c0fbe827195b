import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { AppError } from './contract/errors.ts';
import {
  formatIdentityFile,
  generateKey,
  parseIdentityFile,
  type KeyPair,
} from './envelope/keys.ts';
import { OutputFile } from './files/output-file.ts';

/**
 * Makes a key pair and writes the secret half to a file that only its owner can read, never replacing one.
 *
 * @param kind - `x25519`, or `hybrid` for post-quantum
 * @param path - the identity file to make
 * @returns the path, and the public half
 * @throws `output-exists`, `output-missing`, `output-unwritable`, `disk-full`
 */
export async function createKeyFile(
  kind: 'x25519' | 'hybrid',
  path: string,
): Promise<{ readonly path: string; readonly recipient: string }> {
  const pair = await generateKey(kind);
  const file = await OutputFile.create(dirname(path), basename(path));
  const text = Buffer.from(formatIdentityFile(pair, new Date()));
  try {
    await file.write(text);
    await file.commit();
  } finally {
    text.fill(0);
    await file.discard();
  }
  return { path, recipient: pair.recipient };
}

/**
 * Reads an identity file.
 *
 * @param path - the file
 * @throws `identity-invalid`, also when it cannot be read
 */
export async function readKeyFile(path: string): Promise<KeyPair[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new AppError('identity-invalid', { path }, error);
  });
  return await parseIdentityFile(text, path);
}
