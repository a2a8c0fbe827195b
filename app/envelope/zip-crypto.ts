/*
 * ZipCrypto, the encryption of ZIP before AES (APPNOTE.TXT, 6.1). It is broken, since known plaintext gives the keys away, so
 * nothing is ever sealed with it; what others sealed can be opened.
 */

/** What stands before the sealed bytes of an entry. */
const ZIP_CRYPTO_HEAD_BYTES = 12;

/** The table of CRC-32, one entry for each byte: what the CRC of one zero byte becomes when it starts from there. */
const TABLE = Uint32Array.from({ length: 256 }, (_unused, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb8_8320 : 0);
  return value >>> 0;
});

/** Opens one entry. */
export interface ZipCryptoOpener {
  /** Opens the next bytes. */
  open(sealed: Uint8Array): Uint8Array;
}

/**
 * Tries a passphrase on an entry.
 *
 * @param secret - the passphrase's bytes
 * @param head - what stands before the sealed bytes
 * @param check - the byte with which the head has to end
 * @returns `undefined` where the head says that it is another; one wrong passphrase in 256 passes it
 */
export function openWithZipCrypto(
  secret: Uint8Array,
  head: Uint8Array,
  check: number,
): ZipCryptoOpener | undefined {
  const keys = new Uint32Array([0x1234_5678, 0x2345_6789, 0x3456_7890]);
  for (const byte of secret) advance(keys, byte);
  const last = decrypt(keys, head).at(-1);
  if (head.byteLength !== ZIP_CRYPTO_HEAD_BYTES || last !== check) return undefined;
  return { open: (sealed) => decrypt(keys, sealed) };
}

function advance(keys: Uint32Array, byte: number): void {
  const first = crcStep(keys[0] ?? 0, byte);
  const second = (Math.imul(((keys[1] ?? 0) + (first & 0xff)) | 0, 134_775_813) + 1) | 0;
  keys[0] = first;
  keys[1] = second;
  keys[2] = crcStep(keys[2] ?? 0, second >>> 24);
}

function crcStep(crc: number, byte: number): number {
  return (crc >>> 8) ^ (TABLE[(crc ^ byte) & 0xff] ?? 0);
}

function decrypt(keys: Uint32Array, sealed: Uint8Array): Uint8Array {
  const bytes = Buffer.allocUnsafeSlow(sealed.byteLength);
  for (let index = 0; index < sealed.byteLength; index += 1) {
    const state = (keys[2] ?? 0) | 2;
    const byte =
      (sealed[index] ?? 0) ^ ((Math.imul(state & 0xffff, (state & 0xffff) ^ 1) >>> 8) & 0xff);
    bytes[index] = byte;
    advance(keys, byte);
  }
  return bytes;
}
