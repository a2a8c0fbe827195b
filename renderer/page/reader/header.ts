import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { scryptAsync } from '@noble/hashes/scrypt.js';
import { Decrypter, type Stanza } from 'age-encryption';
import { AppError, isAppError } from '../../../app/contract/errors.ts';
import { fromBase64 } from './base64.ts';
import { providePause, SLICE_MS } from './pause.ts';

/** The highest work factor that is accepted, as in age itself in a browser: 1 GiB of memory. */
const MAX_LOG_N = 20;
const BLOCK_SIZE = 8;
const FILE_KEY_BYTES = 16;
const TAG_BYTES = 16;
const LABEL = new TextEncoder().encode('age-encryption.org/v1/scrypt');

/**
 * Where the header of an age file ends.
 *
 * @param bytes - the beginning of the file
 * @returns the position behind its last line
 * @throws `bundle-damaged` (`header`)
 */
export function headerEnd(bytes: Uint8Array): number {
  // Everything up to there is ASCII.
  const text = new TextDecoder('latin1').decode(bytes);
  const end = /\n---[^\n]*\n/.exec(text);
  if (end === null) throw damaged();
  return end.index + end[0].length;
}

/**
 * Recovers the file key with a passphrase. The header is read, and its MAC checked, by the `age-encryption` library; only the
 * slow step is done here, because the library's own would freeze the page.
 *
 * @param header - up to and including its last line
 * @param readings - of the passphrase, in the order in which to try them
 * @param onProgress - told how much of the slow step is done, from 0 to 1
 * @returns the 16-byte file key, which the caller wipes
 * @throws `wrong-passphrase`, `key-needed`, `work-factor-too-high`, `not-enough-memory`, `bundle-damaged` (`header`)
 */
export async function openHeader(
  header: Uint8Array,
  readings: readonly string[],
  onProgress: (share: number) => void,
): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addIdentity({
    unwrapFileKey: async (stanzas) => {
      const { salt, logN, body } = parse(stanzas);
      for (const [index, reading] of readings.entries()) {
        const key = await derive(reading, salt, logN, (share) => {
          onProgress((index + share) / readings.length);
        });
        const fileKey = unwrap(key, body);
        key.fill(0);
        if (fileKey !== undefined) return fileKey;
      }
      throw new AppError('wrong-passphrase', {});
    },
  });
  try {
    return await decrypter.decryptHeader(header);
  } catch (error) {
    throw isAppError(error) ? error : damaged(error);
  }
}

/**
 * Reads the work factor off a header without any passphrase.
 *
 * @param header - up to and including its last line
 * @returns log2 of scrypt's N; `undefined` where no passphrase opens it, or it is damaged
 */
export function workFactor(header: Uint8Array): number | undefined {
  const found = /\n-> scrypt \S+ (?<logN>[1-9][0-9]?)\n/.exec(new TextDecoder().decode(header));
  return found?.groups?.['logN'] === undefined ? undefined : Number(found.groups['logN']);
}

/** The scrypt stanza (age-encryption.org/v1, "The scrypt recipient type"). */
function parse(stanzas: readonly Stanza[]): {
  salt: Uint8Array;
  logN: number;
  body: Uint8Array;
} {
  const stanza = stanzas.find(({ args }) => args[0] === 'scrypt');
  if (stanza === undefined) throw new AppError('key-needed', {});
  const [, salt = '', logN = ''] = stanza.args;
  const wellFormed =
    stanzas.length === 1 &&
    stanza.args.length === 3 &&
    /^[A-Za-z0-9+/]{22}$/.test(salt) &&
    /^[1-9][0-9]*$/.test(logN) &&
    stanza.body.byteLength === FILE_KEY_BYTES + TAG_BYTES;
  if (!wellFormed) throw damaged();
  if (Number(logN) > MAX_LOG_N)
    throw new AppError('work-factor-too-high', { logN: Number(logN), limit: MAX_LOG_N });
  return { salt: fromBase64(`${salt}==`), logN: Number(logN), body: stanza.body };
}

async function derive(
  passphrase: string,
  salt: Uint8Array,
  logN: number,
  onProgress: (share: number) => void,
): Promise<Uint8Array> {
  providePause();
  const secret = new TextEncoder().encode(passphrase);
  const salted = new Uint8Array(LABEL.byteLength + salt.byteLength);
  salted.set(LABEL);
  salted.set(salt, LABEL.byteLength);
  try {
    return await scryptAsync(secret, salted, {
      N: 2 ** logN,
      r: BLOCK_SIZE,
      p: 1,
      dkLen: 32,
      asyncTick: SLICE_MS,
      onProgress,
    });
  } catch (error) {
    // A browser that has no room for so large an array says so with this.
    if (error instanceof RangeError)
      throw new AppError('not-enough-memory', { bytes: 128 * BLOCK_SIZE * 2 ** logN }, error);
    throw error;
  } finally {
    secret.fill(0);
  }
}

function unwrap(key: Uint8Array, body: Uint8Array): Uint8Array | undefined {
  try {
    return chacha20poly1305(key, new Uint8Array(12)).decrypt(body);
  } catch {
    return undefined;
  }
}

function damaged(cause?: unknown): AppError {
  return new AppError('bundle-damaged', { part: 'header', damage: 'malformed' }, cause);
}
