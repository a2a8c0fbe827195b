import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { AppError, type Damage } from '../../../app/contract/errors.ts';
import { cipherFor, type Cipher } from './cipher.ts';
import { Breath } from './pause.ts';
import type { Pieces } from './pieces.ts';

/*
 * The payload of age v1 (age-encryption.org/v1, "Payload"): a 16-byte nonce, then STREAM over 64 KiB chunks of
 * ChaCha20-Poly1305, whose nonces are a counter and a flag for the last one.
 */
const NONCE_BYTES = 16;
const TAG_BYTES = 16;
const SEALED_CHUNK_BYTES = 64 * 1024 + TAG_BYTES;
/** So many are opened at once, which keeps every core busy where the browser computes. */
const BATCH_CHUNKS = 16;

/**
 * Opens the payload of an age file. Pieces are given out as they are authenticated; only the normal end says that nothing is
 * missing.
 *
 * @param fileKey - the 16-byte file key of the header
 * @param sealed - what stands behind the header
 * @param length - how much that is, in bytes
 * @param onDone - told how many bytes of it are done
 * @throws `bundle-damaged` (`payload`)
 */
export async function* openPayload(
  fileKey: Uint8Array,
  sealed: Pieces,
  length: number,
  onDone: (bytes: number) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  const nonce = await exactly(sealed, NONCE_BYTES);
  const key = new Uint8Array(hkdf(sha256, fileKey, nonce, PAYLOAD, 32));
  const cipher = await cipherFor(key);
  const breath = new Breath();
  let counter = 0;
  let done = NONCE_BYTES;
  try {
    do {
      const batch = await exactly(
        sealed,
        Math.min(BATCH_CHUNKS * SEALED_CHUNK_BYTES, length - done),
      );
      done += batch.byteLength;
      yield* await openBatch(cipher, batch, counter, done === length);
      counter += BATCH_CHUNKS;
      onDone(done);
      await breath.take();
    } while (done < length);
  } finally {
    key.fill(0);
  }
}

const PAYLOAD = new TextEncoder().encode('payload');

async function exactly(source: Pieces, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(Math.max(0, length));
  if ((await source.fill(bytes)) < length || length <= 0) throw damaged('truncated');
  return bytes;
}

async function openBatch(
  cipher: Cipher,
  batch: Uint8Array<ArrayBuffer>,
  firstCounter: number,
  last: boolean,
): Promise<Uint8Array[]> {
  const count = Math.ceil(batch.byteLength / SEALED_CHUNK_BYTES);
  const opening = Array.from({ length: count }, async (_unused, index) => {
    const counter = firstCounter + index;
    const chunk = batch.subarray(index * SEALED_CHUNK_BYTES, (index + 1) * SEALED_CHUNK_BYTES);
    if (chunk.byteLength < TAG_BYTES) throw damaged('truncated');
    // An empty chunk may only be the whole of an empty payload.
    if (chunk.byteLength === TAG_BYTES && counter > 0) throw damaged('malformed');
    try {
      return await cipher.open(chunkNonce(counter, last && index === count - 1), chunk);
    } catch (error) {
      throw new AppError('bundle-damaged', { part: 'payload', damage: 'not-authentic' }, error);
    }
  });
  return await Promise.all(opening);
}

function chunkNonce(counter: number, last: boolean): Uint8Array<ArrayBuffer> {
  const nonce = new Uint8Array(12);
  // 2^32 chunks are 256 TiB.
  new DataView(nonce.buffer).setUint32(7, counter);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

function damaged(damage: Damage): AppError {
  return new AppError('bundle-damaged', { part: 'payload', damage });
}
