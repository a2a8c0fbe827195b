import type { Engine } from './engine.ts';

/** The engine of libsodium as WebAssembly: slower, and everywhere. */
export async function createWasmEngine(): Promise<Engine> {
  const { default: sodium } = await import('libsodium-wrappers');
  await sodium.ready;
  return {
    name: 'wasm',
    cipher: (key) => ({
      seal: (nonce, plaintext, sealed) => {
        sealed.set(
          sodium.crypto_aead_chacha20poly1305_ietf_encrypt(plaintext, null, null, nonce, key),
        );
      },
      open: (nonce, sealed, plaintext) => {
        try {
          plaintext.set(
            sodium.crypto_aead_chacha20poly1305_ietf_decrypt(null, sealed, null, nonce, key),
          );
          return true;
        } catch {
          return false;
        }
      },
    }),
  };
}
