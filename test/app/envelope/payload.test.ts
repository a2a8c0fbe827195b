import { randomBytes } from 'node:crypto';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENGINE_NAMES, type Engine } from '../../../app/envelope/engine.ts';
import { openHeader, readHeader, sealHeader } from '../../../app/envelope/header.ts';
import { loadEngine } from '../../../app/envelope/load-engine.ts';
import {
  CHUNK_BYTES,
  openBatch,
  openPayload,
  sealBatch,
  sealedSize,
  sealPayload,
} from '../../../app/envelope/payload.ts';
import { collect, pieces } from '../../support/streams.ts';
import { cut, Watched } from './watched.ts';

const engines = await Promise.all(ENGINE_NAMES.map((name) => loadEngine(name)));
const [openssl] = engines as [Engine];
const fileKey = randomBytes(16);
const random = randomBytes(10 * CHUNK_BYTES);

/** Around the ends of chunks and of the batches of four chunks in which they are sealed. */
const LENGTHS = [
  0,
  1,
  ...[1, 2, 3, 4, 5, 8, 9].flatMap((chunks) =>
    [-1, 0, 1].map((more) => chunks * CHUNK_BYTES + more),
  ),
];

function seal(engine: Engine, plaintext: Uint8Array, sizes?: readonly number[]): Promise<Buffer> {
  const source = sizes === undefined ? [plaintext] : cut(plaintext, sizes);
  return collect(sealPayload(engine, fileKey, new Watched(source)));
}

function open(engine: Engine, sealed: Uint8Array, sizes?: readonly number[]): Promise<Buffer> {
  const source = sizes === undefined ? [sealed] : cut(sealed, sizes);
  return collect(openPayload(engine, fileKey, new Watched(source)));
}

const sizesOfPieces = fc.array(
  fc.oneof(
    fc.integer({ min: 0, max: 1000 }),
    fc.integer({ min: CHUNK_BYTES - 20, max: CHUNK_BYTES + 20 }),
    fc.integer({ min: 1, max: 6 * CHUNK_BYTES }),
  ),
  { minLength: 1, maxLength: 12 },
);

describe('a payload', () => {
  it.each(LENGTHS)('of %i bytes comes back, and is as long as was foretold', async (length) => {
    const plaintext = random.subarray(0, length);
    const sealed = await seal(openssl, plaintext);
    expect(sealed).toHaveLength(sealedSize(length));
    expect((await open(openssl, sealed)).equals(plaintext)).toBe(true);
  });

  it('comes back whatever the pieces in which it is sealed and opened, and the engines', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.constantFrom(...LENGTHS), fc.nat({ max: random.byteLength })),
        sizesOfPieces,
        sizesOfPieces,
        fc.constantFrom(...engines),
        fc.constantFrom(...engines),
        async (length, sealSizes, openSizes, sealer, opener) => {
          const plaintext = random.subarray(0, length);
          const sealed = await seal(sealer, plaintext, sealSizes);
          expect(sealed).toHaveLength(sealedSize(length));
          expect((await open(opener, sealed, openSizes)).equals(plaintext)).toBe(true);
        },
      ),
      { numRuns: 80 },
    );
  });

  it('is sealed under another nonce each time', async () => {
    const [first, second] = [await seal(openssl, random), await seal(openssl, random)];
    expect(first.subarray(0, 16)).not.toEqual(second.subarray(0, 16));
    // Not even one chunk may repeat: that would be the same key and nonce once more.
    expect(second.includes(first.subarray(16, 48))).toBe(false);
  });

  it('does not change what it was given', async () => {
    const plaintext = Uint8Array.from(random);
    const sealed = await seal(openssl, plaintext);
    const before = Buffer.from(sealed);
    await open(openssl, sealed);
    expect(random.equals(plaintext)).toBe(true);
    expect(sealed.equals(before)).toBe(true);
  });
});

/*
 * The library seals and opens STREAM with counters and cipher of its own, so agreeing with it in both directions pins key
 * derivation, counter, last-chunk flag and chunk size to the specification.
 */
describe('the age-encryption library', () => {
  const identity = generateX25519Identity();
  const lengths = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 4 * CHUNK_BYTES + 1];

  it.each(lengths)('opens a payload of %i bytes that was sealed here', async (length) => {
    const plaintext = random.subarray(0, length);
    const recipients = [await identityToRecipient(await identity)];
    const { header, fileKey: key } = await sealHeader({ kind: 'keys', recipients });
    const payload = await collect(sealPayload(openssl, key, pieces(plaintext)));
    const decrypter = new Decrypter();
    decrypter.addIdentity(await identity);
    const opened = await decrypter.decrypt(Buffer.concat([header, payload]));
    expect(Buffer.from(opened).equals(plaintext)).toBe(true);
  });

  it.each(lengths)('seals a payload of %i bytes that is opened here', async (length) => {
    const plaintext = random.subarray(0, length);
    const encrypter = new Encrypter();
    encrypter.addRecipient(await identityToRecipient(await identity));
    const file = await encrypter.encrypt(Uint8Array.from(plaintext));
    const { header, rest } = await readHeader(pieces(file, 10_000));
    const key = await openHeader(header, [await identity]);
    expect((await collect(openPayload(openssl, key!, rest))).equals(plaintext)).toBe(true);
  });
});

describe('a batch', () => {
  const cipher = openssl.cipher(randomBytes(32));

  it('far into a payload is sealed under its counter and opens under no other', () => {
    // Beyond 32 bits: where a counter kept in a smaller number would begin to repeat nonces.
    const firstCounter = 2 ** 32 + 7;
    const bytes = random.subarray(0, 2 * CHUNK_BYTES + 5);
    const sealed = sealBatch(cipher, { firstCounter, last: true, bytes });
    const nonces = [0, 1, 2].map((index) => {
      const nonce = Buffer.alloc(12);
      nonce.writeBigUInt64BE(BigInt(firstCounter + index), 3);
      nonce[11] = index === 2 ? 1 : 0;
      return nonce;
    });
    for (const [index, nonce] of nonces.entries()) {
      const start = index * (CHUNK_BYTES + 16);
      const chunk = sealed.subarray(start, start + CHUNK_BYTES + 16);
      const plaintext = Buffer.alloc(chunk.byteLength - 16);
      expect(cipher.open(nonce, chunk, plaintext)).toBe(true);
    }
    const opened = openBatch(cipher, { firstCounter, last: true, bytes: sealed });
    expect(bytes.equals(opened.plaintext)).toBe(true);
    expect(opened.damage).toBeUndefined();
    for (const wrong of [7, firstCounter - 1, firstCounter + 1, firstCounter + 2 ** 32])
      expect(openBatch(cipher, { firstCounter: wrong, last: true, bytes: sealed })).toMatchObject({
        plaintext: Buffer.alloc(0),
        damage: 'not-authentic',
      });
  });

  it('that is not the last opens without complaint and leaves the judgement to what follows', () => {
    const bytes = random.subarray(0, 4 * CHUNK_BYTES);
    const sealed = sealBatch(cipher, { firstCounter: 4, last: false, bytes });
    const opened = openBatch(cipher, { firstCounter: 4, last: false, bytes: sealed });
    expect(bytes.equals(opened.plaintext)).toBe(true);
    expect(opened.damage).toBeUndefined();
  });
});
