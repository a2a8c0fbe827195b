import { hkdfSync, randomBytes } from 'node:crypto';
import { AppError } from '../contract/errors.ts';
import { TAG_BYTES, type Cipher, type Engine } from './engine.ts';

/*
 * The payload of age v1 (age-encryption.org/v1, "Payload"): a 16-byte nonce, then STREAM over 64 KiB chunks of
 * ChaCha20-Poly1305. The nonce of a chunk is its 11-byte big-endian counter and a last-chunk flag, so chunks depend on nothing
 * but their place: batches of them can be sealed and opened in any order and on any thread.
 */
export const CHUNK_BYTES = 64 * 1024;
const SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES;
const NONCE_BYTES = 16;
/** Larger batches cost page faults, smaller ones promises. */
const BATCH_CHUNKS = 4;

/** Whole chunks in a row; only the last chunk of a payload may be shorter. */
export interface Batch {
  /** The counter of the first chunk. */
  readonly firstCounter: number;
  /** Whether the payload ends with this batch. */
  readonly last: boolean;
  /** Plaintext chunks to seal, or sealed chunks to open. */
  readonly bytes: Uint8Array;
}

/** What came out of a batch: all of it, or what stands before the first chunk that is not authentic. */
export interface OpenedBatch {
  readonly plaintext: Uint8Array;
  readonly damage?: 'truncated' | 'trailing-data' | 'not-authentic';
}

/**
 * Seals a batch of chunks.
 *
 * @param cipher - of the payload key
 * @param batch - plaintext; empty only as the whole of an empty payload
 * @returns the sealed chunks, each 16 bytes longer
 */
export function sealBatch(cipher: Cipher, batch: Batch): Uint8Array {
  const chunks = chunkCount(batch.bytes.byteLength, CHUNK_BYTES);
  const sealed = Buffer.allocUnsafeSlow(batch.bytes.byteLength + chunks * TAG_BYTES);
  for (let index = 0; index < chunks; index += 1) {
    const nonce = chunkNonce(batch.firstCounter + index, batch.last && index === chunks - 1);
    const plaintext = batch.bytes.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES);
    const start = index * SEALED_CHUNK_BYTES;
    const end = start + plaintext.byteLength + TAG_BYTES;
    cipher.seal(nonce, plaintext, sealed.subarray(start, end));
  }
  return sealed;
}

/**
 * Opens a batch of chunks. Chunks before a damaged one are given out, as the format allows; whoever takes them must not treat
 * them as complete.
 *
 * @param cipher - of the payload key
 * @param batch - sealed chunks
 */
export function openBatch(cipher: Cipher, batch: Batch): OpenedBatch {
  const chunks = chunkCount(batch.bytes.byteLength, SEALED_CHUNK_BYTES);
  const plaintext = Buffer.allocUnsafeSlow(plaintextSize(batch.bytes.byteLength));
  for (let index = 0; index < chunks; index += 1) {
    const counter = batch.firstCounter + index;
    const last = batch.last && index === chunks - 1;
    const sealed = batch.bytes.subarray(
      index * SEALED_CHUNK_BYTES,
      (index + 1) * SEALED_CHUNK_BYTES,
    );
    const start = index * CHUNK_BYTES;
    const before = plaintext.subarray(0, start);
    if (sealed.byteLength < TAG_BYTES) return { plaintext: before, damage: 'truncated' };
    const end = start + sealed.byteLength - TAG_BYTES;
    const open = (flag: boolean): boolean =>
      cipher.open(chunkNonce(counter, flag), sealed, plaintext.subarray(start, end));
    if (open(last)) {
      // An empty chunk may only be the whole of an empty payload.
      if (end === start && counter > 0) return { plaintext: before, damage: 'trailing-data' };
      continue;
    }
    // A full chunk that is good for the other flag tells which way the payload was cut or extended. A short one is only ever the
    // last, so under the other flag it is nobody's.
    if (sealed.byteLength < SEALED_CHUNK_BYTES || !open(!last))
      return { plaintext: before, damage: 'not-authentic' };
    const through = plaintext.subarray(0, end);
    return { plaintext: through, damage: last ? 'truncated' : 'trailing-data' };
  }
  return { plaintext };
}

/**
 * Seals a stream as an age payload.
 *
 * @param engine - does the cipher
 * @param fileKey - the 16-byte file key of the header
 * @param plaintext - pieces of any size
 * @returns nonce and sealed chunks, in pieces that nobody writes to any more
 */
export async function* sealPayload(
  engine: Engine,
  fileKey: Uint8Array,
  plaintext: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const nonce = randomBytes(NONCE_BYTES);
  const key = payloadKey(fileKey, nonce);
  try {
    const cipher = engine.cipher(key);
    yield nonce;
    let firstCounter = 0;
    for await (const { bytes, last } of batches(plaintext, BATCH_CHUNKS * CHUNK_BYTES)) {
      yield sealBatch(cipher, { firstCounter, last, bytes });
      firstCounter += BATCH_CHUNKS;
    }
  } finally {
    key.fill(0);
  }
}

/**
 * Opens an age payload. Pieces are given out as they are authenticated; only the normal end of the stream says that nothing is
 * missing.
 *
 * @param engine - does the cipher
 * @param fileKey - the 16-byte file key of the header
 * @param sealed - the bytes behind the header, in pieces of any size
 * @throws `bundle-damaged` (`payload`), after the plaintext before the damage was given out
 */
export async function* openPayload(
  engine: Engine,
  fileKey: Uint8Array,
  sealed: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let nonce = Buffer.alloc(0);
  let key: Uint8Array | undefined;
  let cipher: Cipher | undefined;
  let firstCounter = 0;
  const iterator = sealed[Symbol.asyncIterator]();
  async function* behindNonce(): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      const next = await iterator.next();
      if (next.done === true) return;
      const missing = NONCE_BYTES - nonce.byteLength;
      if (missing > 0) nonce = Buffer.concat([nonce, next.value.subarray(0, missing)]);
      yield next.value.subarray(missing);
    }
  }
  try {
    for await (const { bytes, last } of batches(behindNonce(), BATCH_CHUNKS * SEALED_CHUNK_BYTES)) {
      if (nonce.byteLength < NONCE_BYTES) throw damaged('truncated');
      cipher ??= engine.cipher((key = payloadKey(fileKey, nonce)));
      const { plaintext, damage } = openBatch(cipher, { firstCounter, last, bytes });
      if (plaintext.byteLength > 0) yield plaintext;
      if (damage !== undefined) throw damaged(damage);
      firstCounter += BATCH_CHUNKS;
    }
  } finally {
    key?.fill(0);
    await iterator.return?.();
  }
}

function damaged(damage: 'truncated' | 'trailing-data' | 'not-authentic'): AppError {
  return new AppError('bundle-damaged', { part: 'payload', damage });
}

/**
 * Cuts a stream into batches of one size; the last may be shorter, and is the only one that may be empty. All come in the same
 * buffer: a batch has to be dealt with before the next is asked for.
 */
async function* batches(
  source: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ readonly bytes: Uint8Array; readonly last: boolean }, void, undefined> {
  const batch = Buffer.allocUnsafeSlow(size);
  let used = 0;
  for await (const piece of source) {
    for (let offset = 0; offset < piece.byteLength;) {
      // Only a byte that follows proves that a full batch is not the last.
      if (used === size) {
        yield { bytes: batch, last: false };
        used = 0;
      }
      const count = Math.min(size - used, piece.byteLength - offset);
      batch.set(piece.subarray(offset, offset + count), used);
      used += count;
      offset += count;
    }
  }
  yield { bytes: batch.subarray(0, used), last: true };
}

function chunkCount(bytes: number, chunkBytes: number): number {
  return Math.max(1, Math.ceil(bytes / chunkBytes));
}

/** How much plaintext sealed chunks hold; a rest that is shorter than a tag holds none. */
function plaintextSize(sealedBytes: number): number {
  const whole = Math.floor(sealedBytes / SEALED_CHUNK_BYTES);
  const rest = sealedBytes - whole * SEALED_CHUNK_BYTES;
  return whole * CHUNK_BYTES + Math.max(0, rest - TAG_BYTES);
}

function chunkNonce(counter: number, last: boolean): Uint8Array {
  const nonce = new Uint8Array(12);
  const view = new DataView(nonce.buffer);
  view.setBigUint64(3, BigInt(counter));
  nonce[11] = last ? 1 : 0;
  return nonce;
}

function payloadKey(fileKey: Uint8Array, nonce: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', fileKey, nonce, 'payload', 32));
}

/**
 * How long a payload becomes.
 *
 * @param plaintextBytes - size of the plaintext
 * @returns size of nonce and sealed chunks
 */
export function sealedSize(plaintextBytes: number): number {
  return NONCE_BYTES + plaintextBytes + chunkCount(plaintextBytes, CHUNK_BYTES) * TAG_BYTES;
}
