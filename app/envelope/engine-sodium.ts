import type { Engine } from './engine.ts';

/** The engine of libsodium as a native module, or `undefined` where its prebuilt binary does not load. */
export async function createSodiumEngine(): Promise<Engine | undefined> {
  const sodium = await load();
  if (sodium === undefined) return undefined;
  return {
    name: 'sodium',
    cipher: (key) => ({
      seal: (nonce, plaintext, sealed) => {
        sodium.crypto_aead_chacha20poly1305_ietf_encrypt(sealed, plaintext, null, null, nonce, key);
      },
      open: (nonce, sealed, plaintext) => {
        try {
          sodium.crypto_aead_chacha20poly1305_ietf_decrypt(
            plaintext,
            null,
            sealed,
            null,
            nonce,
            key,
          );
          return true;
        } catch {
          return false;
        }
      },
    }),
  };
}

async function load(): Promise<typeof import('sodium-native').default | undefined> {
  try {
    return (await import('sodium-native')).default;
  } catch {
    return undefined;
  }
}
