import { chacha20poly1305 } from '@noble/ciphers/chacha.js';

/** ChaCha20-Poly1305 under one key. */
export interface Cipher {
  /** Who computes: the browser itself, or the library in the page. */
  readonly by: 'browser' | 'library';
  /**
   * Opens one sealed text.
   *
   * @param nonce - 12 bytes
   * @param sealed - ciphertext and tag
   * @returns the plaintext; rejected when it is not authentic
   */
  open(nonce: Uint8Array<ArrayBuffer>, sealed: Uint8Array<ArrayBuffer>): Promise<Uint8Array>;
}

const NAME = 'ChaCha20-Poly1305';

/**
 * The fastest cipher that this browser has.
 *
 * @param key - 32 bytes; the library goes on using this very array
 */
export async function cipherFor(key: Uint8Array<ArrayBuffer>): Promise<Cipher> {
  return (await browserCipher(key)) ?? libraryCipher(key);
}

/** In Chrome and Edge since 2026; in Firefox and Safari not yet. */
async function browserCipher(key: Uint8Array<ArrayBuffer>): Promise<Cipher | undefined> {
  // A page from disk is a secure context in all browsers that are known, and the typings believe that every page is one.
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  if (subtle === undefined) return undefined;
  try {
    // The typings do not know the form yet that the proposal has for keys without an encoding.
    const format = 'raw-secret' as 'raw';
    const imported = await subtle.importKey(format, key, NAME, false, ['decrypt']);
    return {
      by: 'browser',
      open: async (iv, sealed) =>
        new Uint8Array(await subtle.decrypt({ name: NAME, iv }, imported, sealed)),
    };
  } catch {
    return undefined;
  }
}

function libraryCipher(key: Uint8Array<ArrayBuffer>): Cipher {
  return {
    by: 'library',
    // eslint-disable-next-line @typescript-eslint/require-await -- what is not authentic is a rejection here, too
    open: async (nonce, sealed) => chacha20poly1305(key, nonce).decrypt(sealed),
  };
}
