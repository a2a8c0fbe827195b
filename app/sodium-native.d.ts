/** The part of sodium-native that Signet uses; the typings at large describe an older release. */
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
