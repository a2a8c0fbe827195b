import { createCipheriv, type Cipheriv } from 'node:crypto';

/*
 * AES in the counter mode of WinZip's format, whose counter starts at 1 and counts in little-endian, unlike the one that OpenSSL
 * has. So the key stream is made from counter blocks by AES-ECB, many blocks in one call, and XORed four bytes at a time. Every
 * platform that Node runs on with Electron is little-endian itself.
 */
const BLOCK_BYTES = 16;
const BATCH_BYTES = 256 * 1024;
/** Made at least, so that small entries of any size find theirs ready. */
const LEAST_BLOCKS = 1024;
const TWO_32 = 2 ** 32;

/** Counter blocks are the same under every key. */
const counters = new Uint32Array(BATCH_BYTES / 4);
const counterBytes = new Uint8Array(counters.buffer);
let firstHeld = 0;
let blocksHeld = 0;
/** Whether any of the upper words is not zero. */
let highHeld = false;

/** One key's stream, from any position on. */
export class CounterMode {
  readonly #cipher: Cipheriv;

  /**
   * @param key - 16, 24 or 32 bytes
   */
  constructor(key: Uint8Array) {
    this.#cipher = createCipheriv(`aes-${String(key.byteLength * 8)}-ecb`, key, null);
    this.#cipher.setAutoPadding(false);
  }

  /**
   * Seals or opens, which is the same.
   *
   * @param position - where in the stream the bytes stand
   * @param bytes - left as they are
   * @returns a buffer of its own
   */
  apply(position: number, bytes: Uint8Array): Uint8Array {
    const into = position % BLOCK_BYTES;
    if (into + bytes.byteLength <= BATCH_BYTES) return this.#batch(position, into, bytes);
    const result = Buffer.allocUnsafeSlow(bytes.byteLength);
    for (let offset = 0; offset < bytes.byteLength;) {
      const start = (position + offset) % BLOCK_BYTES;
      const count = Math.min(BATCH_BYTES - start, bytes.byteLength - offset);
      const piece = bytes.subarray(offset, offset + count);
      result.set(this.#batch(position + offset, start, piece), offset);
      offset += count;
    }
    return result;
  }

  #batch(position: number, into: number, bytes: Uint8Array): Uint8Array {
    if (bytes.byteLength === 0) return new Uint8Array();
    const blocks = Math.ceil((into + bytes.byteLength) / BLOCK_BYTES);
    const first = (position - into) / BLOCK_BYTES + 1;
    const stream = this.#cipher.update(counterBlocks(first, blocks));
    const result = aligned(into === 0 ? stream : stream.subarray(into));
    xor(result, aligned(bytes), bytes.byteLength);
    return result.subarray(0, bytes.byteLength);
  }
}

function counterBlocks(first: number, blocks: number): Uint8Array {
  if (first !== firstHeld || blocks > blocksHeld) {
    const count = Math.max(blocks, LEAST_BLOCKS);
    const low = first % TWO_32;
    const high = (first - low) / TWO_32;
    if (highHeld) counters.fill(0);
    // Within the first 64 GiB of a document all upper words are zero.
    highHeld = high !== 0 || low + count > TWO_32;
    if (highHeld)
      for (let block = 0; block < count; block += 1)
        counters[block * 4 + 1] = low + block < TWO_32 ? high : high + 1;
    writeLowWords(count, low);
    blocksHeld = count;
    firstHeld = first;
  }
  return counterBytes.subarray(0, blocks * BLOCK_BYTES);
}

/** The lower words, which wrap round by themselves. */
function writeLowWords(count: number, low: number): void {
  for (let at = 0, word = low | 0; at < count * 4; at += 4, word = (word + 1) | 0)
    counters[at] = word;
}

/** The same bytes, in a copy where they do not start at a multiple of four. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
}

function xor(target: Uint8Array, source: Uint8Array, count: number): void {
  const words = count >>> 2;
  xorWords(
    new Int32Array(target.buffer, target.byteOffset, words),
    new Int32Array(source.buffer, source.byteOffset, words),
    words,
  );
  for (let index = words * 4; index < count; index += 1)
    target[index] = (target[index] ?? 0) ^ (source[index] ?? 0);
}

function xorWords(target: Int32Array, source: Int32Array, count: number): void {
  for (let index = 0; index < count; index += 1)
    target[index] = (target[index] ?? 0) ^ (source[index] ?? 0);
}
