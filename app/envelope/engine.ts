/** Bytes that ChaCha20-Poly1305 adds to what it seals. */
export const TAG_BYTES = 16;

/** An implementation of ChaCha20-Poly1305 (RFC 8439) without associated data. All give the same bytes. */
export interface Engine {
  readonly name: EngineName;
  /**
   * Takes a key, once for all that it seals or opens: setting one up costs node:crypto half as much as sealing a chunk.
   *
   * @param key - 32 bytes, to be left as they are while the cipher is in use, and wiped afterwards by whoever made them
   */
  cipher(key: Uint8Array): Cipher;
}

/** An engine with a key. */
export interface Cipher {
  /**
   * Seals one plaintext.
   *
   * @param nonce - 12 bytes, never used twice with one key
   * @param plaintext - any length
   * @param sealed - where ciphertext and tag go: 16 bytes longer than `plaintext`
   */
  seal(nonce: Uint8Array, plaintext: Uint8Array, sealed: Uint8Array): void;
  /**
   * Opens one sealed text.
   *
   * @param nonce - 12 bytes
   * @param sealed - ciphertext and tag
   * @param plaintext - where the plaintext goes: 16 bytes shorter than `sealed`; not to be used when this returns `false`
   * @returns whether it is authentic
   */
  open(nonce: Uint8Array, sealed: Uint8Array, plaintext: Uint8Array): boolean;
}

/** The engines by name, in the order of preference. */
export const ENGINE_NAMES = ['openssl', 'sodium', 'wasm'] as const;

/** `openssl` is node:crypto (not in Electron), `sodium` is libsodium as a native module, `wasm` is libsodium as WebAssembly. */
export type EngineName = (typeof ENGINE_NAMES)[number];
