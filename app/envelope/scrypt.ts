import { randomBytes, scrypt } from 'node:crypto';
import type { Identity, Recipient } from 'age-encryption';
import { Stanza } from 'age-encryption';
import { AppError } from '../contract/errors.ts';
import { TAG_BYTES, type Engine } from './engine.ts';

/*
 * The scrypt recipient of age v1 (age-encryption.org/v1, "The scrypt recipient type"). The library's own runs scrypt in
 * JavaScript on the calling thread; this one runs it natively on the thread pool, and refuses an expensive header before
 * spending the memory that it asks for.
 */
const LABEL = 'age-encryption.org/v1/scrypt';
const SALT_BYTES = 16;
const FILE_KEY_BYTES = 16;
const BLOCK_SIZE = 8;

/** The work factor, log2 of scrypt's N, that new bundles get: 256 MiB and about a second. */
export const DEFAULT_LOG_N = 18;
/** Node.js holds N in 32 bits, whatever a person allows. */
const HIGHEST_LOG_N = 31;
/** The highest work factor that is accepted on opening: 4 GiB of memory. */
export const MAX_LOG_N = 22;

/**
 * A recipient for everyone who knows a passphrase.
 *
 * @param engine - wraps the file key
 * @param passphrase - as it is to be typed; hashed as UTF-8
 * @param logN - work factor
 */
export function passphraseRecipient(engine: Engine, passphrase: string, logN: number): Recipient {
  return {
    wrapFileKey: async (fileKey) => {
      const salt = randomBytes(SALT_BYTES);
      const key = await wrapKey(passphrase, salt, logN);
      const body = new Uint8Array(FILE_KEY_BYTES + TAG_BYTES);
      engine.cipher(key).seal(new Uint8Array(12), fileKey, body);
      key.fill(0);
      return [new Stanza(['scrypt', base64(salt), String(logN)], body)];
    },
  };
}

/**
 * An identity that tries passphrases in turn.
 *
 * @param engine - unwraps the file key
 * @param passphrases - the readings of what a person typed, the most literal first
 * @param maxLogN - the highest work factor to accept
 * @returns its `unwrapFileKey` throws `work-factor-too-high`, `not-enough-memory`, or `bundle-damaged` for a stanza that breaks the specification
 */
export function passphraseIdentity(
  engine: Engine,
  passphrases: readonly string[],
  maxLogN: number,
): Identity {
  return {
    unwrapFileKey: async (stanzas) => {
      const stanza = stanzas.find(({ args }) => args[0] === 'scrypt');
      if (stanza === undefined) return null;
      const { salt, logN, body } = parseStanza(stanza, stanzas.length);
      const limit = Math.min(maxLogN, HIGHEST_LOG_N);
      if (logN > limit) throw new AppError('work-factor-too-high', { logN, limit });
      for (const passphrase of passphrases) {
        const key = await wrapKey(passphrase, salt, logN);
        const fileKey = new Uint8Array(FILE_KEY_BYTES);
        const authentic = engine.cipher(key).open(new Uint8Array(12), body, fileKey);
        key.fill(0);
        if (authentic) return fileKey;
      }
      return null;
    },
  };
}

function parseStanza(
  { args, body }: Stanza,
  stanzaCount: number,
): { salt: Uint8Array; logN: number; body: Uint8Array } {
  const [, encodedSalt = '', encodedLogN = ''] = args;
  const salt = Buffer.from(encodedSalt, 'base64');
  const wellFormed =
    stanzaCount === 1 &&
    args.length === 3 &&
    salt.byteLength === SALT_BYTES &&
    base64(salt) === encodedSalt &&
    /^[1-9][0-9]*$/.test(encodedLogN) &&
    body.byteLength === FILE_KEY_BYTES + TAG_BYTES;
  if (!wellFormed) throw new AppError('bundle-damaged', { part: 'header', damage: 'malformed' });
  return { salt, logN: Number(encodedLogN), body };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '');
}

async function wrapKey(passphrase: string, salt: Uint8Array, logN: number): Promise<Buffer> {
  const secret = Buffer.from(passphrase);
  const N = 2 ** logN;
  // OpenSSL counts N blocks of 128 * r bytes and a little more.
  const maxmem = 128 * BLOCK_SIZE * N + 1024 * 1024;
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  try {
    scrypt(
      secret,
      Buffer.concat([Buffer.from(LABEL), salt]),
      32,
      { N, r: BLOCK_SIZE, p: 1, maxmem },
      (error, key) => {
        if (error === null) resolve(key);
        else reject(error);
      },
    );
    return await promise;
  } catch (error) {
    // So much memory cannot be had here, which says nothing against the bundle.
    throw new AppError('not-enough-memory', { bytes: maxmem }, error);
  } finally {
    secret.fill(0);
  }
}
