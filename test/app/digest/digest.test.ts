import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256, startDigest, type Digest } from '../../../app/digest/digest.ts';
import { watchWorkers } from './workers.ts';

const MIB = 1024 * 1024;
/** What fits into the ring of the worker digest at once. */
const RING_BYTES = 4 * MIB;
const random = randomBytes(12 * MIB);

/** The two kinds by what the caller expects: a short stream, and one of unknown length. */
const KINDS = [
  ['in this thread', 0],
  ['in a worker', undefined],
] as const;

function expected(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Feeds pieces as every caller does. */
async function feed(digest: Digest, pieces: Iterable<Uint8Array>): Promise<string> {
  for (const piece of pieces) await digest.update(piece);
  return await digest.finish();
}

function* split(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  let offset = 0;
  for (const size of sizes) {
    yield bytes.subarray(offset, offset + size);
    offset = Math.min(bytes.byteLength, offset + size);
  }
  yield bytes.subarray(offset);
}

describe('the digest of bytes that are all there', () => {
  it("is node:crypto's, in lower-case hex", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), (bytes) => {
        expect(sha256(bytes)).toBe(expected(bytes));
      }),
    );
    // The one of RFC 6234, so that not only two calls of one library agree.
    expect(sha256(Buffer.from('abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});

describe.each(KINDS)('a digest %s', (_where, expectedBytes) => {
  it('is the same however the stream is split', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.nat({ max: 100_000 }), fc.nat({ max: random.byteLength })),
        fc.array(
          fc.oneof(
            fc.constantFrom(0, 1, MIB - 1, MIB, MIB + 1, RING_BYTES, RING_BYTES + 1),
            fc.nat({ max: 300_000 }),
            fc.nat({ max: 6 * MIB }),
          ),
          { maxLength: 20 },
        ),
        async (length, sizes) => {
          const bytes = random.subarray(0, length);
          const digest = startDigest(expectedBytes);
          expect(await feed(digest, split(bytes, sizes))).toBe(expected(bytes));
        },
      ),
      { numRuns: 12 },
    );
  });

  it('of nothing is that of nothing', async () => {
    expect(await startDigest(expectedBytes).finish()).toBe(expected(new Uint8Array()));
    expect(await feed(startDigest(expectedBytes), [new Uint8Array()])).toBe(
      expected(new Uint8Array()),
    );
  });

  // A Buffer's `slice` is a view, a Uint8Array's is a copy: both kinds reach a digest.
  it.each([
    ['Uint8Array', (bytes: Uint8Array) => Uint8Array.from(bytes)],
    ['Buffer', (bytes: Uint8Array) => Buffer.from(bytes)],
  ])('lets a %s be reused as soon as update returns, even before it settles', async (_kind, of) => {
    const digest = startDigest(expectedBytes);
    const reused = of(new Uint8Array(6 * MIB));
    for (let offset = 0; offset < random.byteLength; offset += reused.byteLength) {
      reused.set(random.subarray(offset, offset + reused.byteLength));
      const settled = digest.update(reused);
      reused.fill(0xff);
      await settled;
    }
    expect(await digest.finish()).toBe(expected(random));
  });

  it('may be several at a time', async () => {
    const parts = [0, 1, 2, 3].map((index) =>
      random.subarray(index * 3 * MIB, (index + 1) * 3 * MIB),
    );
    const digests = await Promise.all(
      parts.map((part) => feed(startDigest(expectedBytes), split(part, [1000, 2 * MIB]))),
    );
    expect(digests).toEqual(parts.map(expected));
  });

  it('may be abandoned before and after it is finished', async () => {
    const digest = startDigest(expectedBytes);
    await digest.update(random);
    expect(await digest.finish()).toBe(expected(random));
    digest.abandon();
    digest.abandon();
    const other = startDigest(expectedBytes);
    other.abandon();
    other.abandon();
  });
});

describe('a digest in this thread', () => {
  it('never makes the caller wait', () => {
    const digest = startDigest(1000);
    expect(digest.update(random)).toBeUndefined();
  });

  it('is used for streams that are expected to be shorter than 16 MiB', () => {
    const workers = watchWorkers();
    for (const bytes of [0, 1, 16 * MIB - 1]) startDigest(bytes).abandon();
    expect(workers).toHaveLength(0);
    for (const bytes of [16 * MIB, Number.POSITIVE_INFINITY, undefined])
      startDigest(bytes).abandon();
    expect(workers).toHaveLength(3);
  });
});

describe('a digest in a worker', () => {
  it('makes the caller wait exactly when the ring is full', async () => {
    const digest = startDigest(undefined);
    // The worker cannot answer while this thread does not return to its event loop, so the ring fills up.
    for (let slot = 0; slot < 4; slot += 1)
      expect(digest.update(random.subarray(slot * MIB, (slot + 1) * MIB))).toBeUndefined();
    const full = digest.update(random.subarray(RING_BYTES, RING_BYTES + 1));
    expect(full).toBeInstanceOf(Promise);
    await full;
    // Waiting for it made room again.
    expect(digest.update(random.subarray(0, 1))).toBeUndefined();
    const taken = Buffer.concat([random.subarray(0, RING_BYTES + 1), random.subarray(0, 1)]);
    expect(await digest.finish()).toBe(expected(taken));
  });

  it('collects small pieces instead of sending each', async () => {
    const digest = startDigest(undefined);
    for (let index = 0; index < 4000; index += 1)
      expect(digest.update(random.subarray(index * 1000, (index + 1) * 1000))).toBeUndefined();
    expect(await digest.finish()).toBe(expected(random.subarray(0, 4_000_000)));
  });
});
