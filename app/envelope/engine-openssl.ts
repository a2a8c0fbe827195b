import { createCipheriv, createDecipheriv, createSecretKey, getCiphers } from 'node:crypto';
import { TAG_BYTES, type Engine } from './engine.ts';

const CIPHER = 'chacha20-poly1305';
const OPTIONS = { authTagLength: TAG_BYTES };

/** The engine of node:crypto, or `undefined` where it lacks the cipher, as with Electron's BoringSSL. */
export function createOpensslEngine(): Engine | undefined {
  if (!getCiphers().includes(CIPHER)) return undefined;
  return {
    name: 'openssl',
    cipher: (bytes) => {
      // A copy of the key, which Node overwrites when it frees it.
      const key = createSecretKey(bytes);
      return {
        seal: (nonce, plaintext, sealed) => {
          const cipher = createCipheriv(CIPHER, key, nonce, OPTIONS);
          sealed.set(cipher.update(plaintext));
          cipher.final();
          sealed.set(cipher.getAuthTag(), plaintext.byteLength);
        },
        open: (nonce, sealed, plaintext) => {
          const end = sealed.byteLength - TAG_BYTES;
          const decipher = createDecipheriv(CIPHER, key, nonce, OPTIONS);
          decipher.setAuthTag(sealed.subarray(end));
          const opened = decipher.update(sealed.subarray(0, end));
          try {
            decipher.final();
          } catch {
            return false;
          }
          plaintext.set(opened);
          return true;
        },
      };
    },
  };
}
