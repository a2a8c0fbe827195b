import { open } from 'node:fs/promises';
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

/** Room for hundreds of identities; whoever names a film by mistake does not have to wait until it is read. */
const MAX_KEY_FILE_BYTES = 1024 * 1024;

/**
 * Reads an identity file.
 *
 * @param path - the file
 * @throws `identity-invalid`, also when it cannot be read
 */
export async function readKeyFile(path: string): Promise<KeyPair[]> {
  const bytes = await readHead(path).catch((error: unknown) => {
    throw new AppError('identity-invalid', { path }, error);
  });
  try {
    if (bytes.byteLength > MAX_KEY_FILE_BYTES) throw new AppError('identity-invalid', { path });
    return await parseIdentityFile(bytes.toString('utf8'), path);
  } finally {
    bytes.fill(0);
  }
}

/** One byte more than a file may have, at most; it may be a pipe. */
async function readHead(path: string): Promise<Buffer> {
  const handle = await open(path, 'r');
  const buffer = Buffer.alloc(MAX_KEY_FILE_BYTES + 1);
  try {
    let used = 0;
    while (used < buffer.byteLength) {
      const { bytesRead } = await handle.read(buffer, used, buffer.byteLength - used, null);
      if (bytesRead === 0) break;
      used += bytesRead;
    }
    return buffer.subarray(0, used);
  } finally {
    await handle.close();
  }
}
