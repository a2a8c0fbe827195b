import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENGINE_NAMES, type Engine } from '../../../app/envelope/engine.ts';
import { loadEngine } from '../../../app/envelope/load-engine.ts';
import { CHUNK_BYTES, openPayload, sealPayload } from '../../../app/envelope/payload.ts';
import { collect } from '../../support/streams.ts';
import { cut, outcomeOf, Watched } from './watched.ts';

const NONCE_BYTES = 16;
const SEALED_CHUNK_BYTES = CHUNK_BYTES + 16;

const engines = await Promise.all(ENGINE_NAMES.map((name) => loadEngine(name)));
const [openssl] = engines as [Engine];
const fileKey = randomBytes(16);
/** Nine chunks, the last one short: two whole batches and a begun one. */
const plaintext = randomBytes(8 * CHUNK_BYTES + 1234);
const sealed = await seal(plaintext);

function seal(bytes: Uint8Array): Promise<Buffer> {
  return collect(sealPayload(openssl, fileKey, new Watched([bytes])));
}

/** How a payload that was tampered with opens: with what damage, and how much of the true plaintext came before it. */
async function damageOf(
  bytes: Uint8Array,
  original = plaintext,
  engine = openssl,
): Promise<{ damage: unknown; released: number }> {
  const source = new Watched(cut(bytes, [10_000]));
  const { bytes: released, error } = await outcomeOf(openPayload(engine, fileKey, source));
  // Whatever was let out must be a part of what was sealed, from its beginning.
  expect(released.equals(original.subarray(0, released.byteLength))).toBe(true);
  if (error === undefined) return { damage: 'none', released: released.byteLength };
  expect(error.code).toBe('bundle-damaged');
  expect(error.data).toMatchObject({ part: 'payload' });
  return { damage: (error.data as { damage: string }).damage, released: released.byteLength };
}

/** Nonce and chunks of a payload. */
function split(bytes: Buffer): { nonce: Buffer; chunks: Buffer[] } {
  return {
    nonce: bytes.subarray(0, NONCE_BYTES),
    chunks: [...cut(bytes.subarray(NONCE_BYTES), [SEALED_CHUNK_BYTES])] as Buffer[],
  };
}

function join({ nonce, chunks }: { nonce: Buffer; chunks: readonly Buffer[] }): Buffer {
  return Buffer.concat([nonce, ...chunks]);
}

describe('a payload that was cut off', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('behind chunk %i is truncated', async (chunks) => {
    const end = NONCE_BYTES + chunks * SEALED_CHUNK_BYTES;
    expect(await damageOf(sealed.subarray(0, end))).toEqual({
      damage: 'truncated',
      released: chunks * CHUNK_BYTES,
    });
  });

  it.each([0, 1, 15, 16])('after %i bytes, before any chunk, is truncated', async (end) => {
    expect(await damageOf(sealed.subarray(0, end))).toEqual({ damage: 'truncated', released: 0 });
  });

  // A rest that is shorter than a tag once made the room for the plaintext of the chunks before it too small.
  it.each([1, 4, 15])('%i bytes into a chunk is truncated', async (bytes) => {
    for (const engine of engines)
      for (const chunks of [0, 1, 3, 4, 7, 8]) {
        const end = NONCE_BYTES + chunks * SEALED_CHUNK_BYTES + bytes;
        expect(await damageOf(sealed.subarray(0, end), plaintext, engine)).toEqual({
          damage: 'truncated',
          released: chunks * CHUNK_BYTES,
        });
      }
  });

  it.each([16, 17, CHUNK_BYTES, SEALED_CHUNK_BYTES - 1])(
    '%i bytes into a chunk is not authentic',
    async (bytes) => {
      // Nobody can tell such a rest from one that somebody made up.
      for (const chunks of [0, 1, 3, 4, 7]) {
        const end = NONCE_BYTES + chunks * SEALED_CHUNK_BYTES + bytes;
        expect(await damageOf(sealed.subarray(0, end))).toEqual({
          damage: 'not-authentic',
          released: chunks * CHUNK_BYTES,
        });
      }
    },
  );

  it('anywhere never opens, and never releases more than the chunks that are whole', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: sealed.byteLength - 1 }), async (end) => {
        const { damage, released } = await damageOf(sealed.subarray(0, end));
        expect(['truncated', 'not-authentic']).toContain(damage);
        const whole = Math.floor(Math.max(0, end - NONCE_BYTES) / SEALED_CHUNK_BYTES);
        expect(released).toBe(whole * CHUNK_BYTES);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a payload that goes on', () => {
  it.each([1, 15, 16, 17, 1000, SEALED_CHUNK_BYTES, 5 * SEALED_CHUNK_BYTES])(
    'for %i bytes behind a short last chunk is not authentic',
    async (more) => {
      const { damage, released } = await damageOf(Buffer.concat([sealed, randomBytes(more)]));
      expect(damage).toBe('not-authentic');
      expect(released).toBe(8 * CHUNK_BYTES);
    },
  );

  it.each([1, 4, 15, 16, 17, 1000, SEALED_CHUNK_BYTES, 5 * SEALED_CHUNK_BYTES])(
    'for %i bytes behind a full last chunk has trailing data',
    async (more) => {
      for (const chunks of [1, 4]) {
        const original = plaintext.subarray(0, chunks * CHUNK_BYTES);
        const bytes = Buffer.concat([await seal(original), randomBytes(more)]);
        expect(await damageOf(bytes, original)).toEqual({
          damage: 'trailing-data',
          released: original.byteLength,
        });
      }
    },
  );

  it('with a second payload of the same key does not open', async () => {
    const { damage } = await damageOf(Buffer.concat([sealed, sealed]));
    expect(damage).toBe('not-authentic');
  });

  it('with an empty last chunk behind full ones has trailing data', async () => {
    // The counter and the flag fit, and the tag is right; only the specification forbids it, to keep payloads unambiguous.
    for (const chunks of [1, 4, 5]) {
      const original = plaintext.subarray(0, chunks * CHUNK_BYTES);
      const { nonce, chunks: full } = split(await seal(plaintext));
      const key = await payloadKeyOf(nonce);
      const empty = Buffer.alloc(16);
      openssl.cipher(key).seal(chunkNonce(chunks, true), new Uint8Array(), empty);
      const bytes = join({ nonce, chunks: [...full.slice(0, chunks), empty] });
      expect(await damageOf(bytes, original)).toEqual({
        damage: 'trailing-data',
        released: original.byteLength,
      });
    }
  });

  it('in which a short chunk calls itself not the last releases nothing of that chunk', async () => {
    const { nonce } = split(sealed);
    const chunk = Buffer.alloc(1000 + 16);
    openssl
      .cipher(await payloadKeyOf(nonce))
      .seal(chunkNonce(0, false), plaintext.subarray(0, 1000), chunk);
    expect(await damageOf(join({ nonce, chunks: [chunk] }))).toEqual({
      damage: 'not-authentic',
      released: 0,
    });
  });
});

describe('a payload whose chunks', () => {
  const places = [0, 1, 2, 3, 4, 5, 6, 7];

  it.each(places)('%i and the next one were swapped is not authentic', async (at) => {
    const { nonce, chunks } = split(sealed);
    [chunks[at], chunks[at + 1]] = [chunks[at + 1]!, chunks[at]!];
    const { damage, released } = await damageOf(join({ nonce, chunks }));
    expect(damage).toBe('not-authentic');
    expect(released).toBe(at * CHUNK_BYTES);
  });

  it.each(places)('%i was duplicated is not authentic', async (at) => {
    const { nonce, chunks } = split(sealed);
    chunks.splice(at, 0, chunks[at]!);
    const { damage, released } = await damageOf(join({ nonce, chunks }));
    expect(damage).toBe('not-authentic');
    expect(released).toBe((at + 1) * CHUNK_BYTES);
  });

  it.each(places)('%i was removed is not authentic', async (at) => {
    const { nonce, chunks } = split(sealed);
    chunks.splice(at, 1);
    const { damage, released } = await damageOf(join({ nonce, chunks }));
    expect(damage).toBe('not-authentic');
    expect(released).toBe(at * CHUNK_BYTES);
  });

  it('come from another payload of the same file key is not authentic', async () => {
    const { nonce, chunks } = split(sealed);
    chunks[5] = split(await seal(plaintext)).chunks[5]!;
    const { damage, released } = await damageOf(join({ nonce, chunks }));
    expect(damage).toBe('not-authentic');
    expect(released).toBe(5 * CHUNK_BYTES);
  });

  it('have one bit changed, anywhere, is not authentic from that chunk on', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: sealed.byteLength - 1 }),
        fc.nat({ max: 7 }),
        fc.constantFrom(...engines),
        async (at, bit, engine) => {
          const altered = Buffer.from(sealed);
          altered[at]! ^= 1 << bit;
          const { damage, released } = await damageOf(altered, plaintext, engine);
          expect(damage).toBe('not-authentic');
          // A changed nonce makes another key, so that not even the first chunk opens.
          const before = Math.floor(Math.max(0, at - NONCE_BYTES) / SEALED_CHUNK_BYTES);
          expect(released).toBe(before * CHUNK_BYTES);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are read with another file key is not authentic', async () => {
    const { bytes, error } = await outcomeOf(
      openPayload(openssl, randomBytes(16), new Watched([sealed])),
    );
    expect(bytes).toHaveLength(0);
    expect(error?.data).toEqual({ part: 'payload', damage: 'not-authentic' });
  });
});

/** The payload key as the specification derives it, by WebCrypto rather than by the code under test. */
async function payloadKeyOf(nonce: Buffer): Promise<Uint8Array> {
  const { subtle } = globalThis.crypto;
  const secret = await subtle.importKey('raw', fileKey, 'HKDF', false, ['deriveBits']);
  const info = Buffer.from('payload');
  return new Uint8Array(
    await subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt: nonce, info }, secret, 256),
  );
}

function chunkNonce(counter: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(counter, 7);
  nonce[11] = last ? 1 : 0;
  return nonce;
}
