import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutParts, MAX_PARTS, PART_BYTES, partSizeFor } from '../../../app/destinations/parts.ts';
import { patternBytes } from '../../support/documents.ts';
import { pieces } from '../../support/streams.ts';

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

test.each([0, 1, PART_BYTES, 140 * GIB])('%i bytes go in parts of 16 MiB', (bytes) => {
  expect(partSizeFor(bytes)).toBe(16 * MIB);
});

test('larger bundles go in larger parts, whole MiB, so that even a low estimate fits', () => {
  fc.assert(
    fc.property(fc.integer({ min: 141 * GIB, max: 5 * 1024 * GIB }), (bytes) => {
      const size = partSizeFor(bytes);
      expect(size % MIB).toBe(0);
      expect(size).toBeGreaterThan(PART_BYTES);
      // What S3 allows: a part of at most 5 GiB, and ten thousand of them.
      expect(size).toBeLessThan(5 * GIB);
      expect(Math.ceil((bytes * 1.1) / size)).toBeLessThanOrEqual(MAX_PARTS);
    }),
  );
});

test('parts are of one size, only the last may be shorter, and together they are the stream', async () => {
  const plan = fc.record({
    length: fc.nat(5000),
    size: fc.integer({ min: 1, max: 1500 }),
    piece: fc.integer({ min: 1, max: 2000 }),
  });
  await fc.assert(
    fc.asyncProperty(plan, async ({ length, size, piece }) => {
      const content = patternBytes(length);
      const parts: Uint8Array[] = [];
      for await (const part of cutParts(pieces(content, piece), size)) parts.push(part);
      expect(Buffer.concat(parts).equals(content)).toBe(true);
      expect(parts.length).toBe(Math.ceil(length / size));
      for (const part of parts.slice(0, -1)) expect(part.byteLength).toBe(size);
      expect(parts.every(({ byteLength }) => byteLength > 0)).toBe(true);
      // One may be sent again while the next is being filled.
      expect(new Set(parts.map(({ buffer }) => buffer)).size).toBe(parts.length);
    }),
  );
});

test('empty pieces make no parts', async () => {
  async function* source(): AsyncGenerator<Uint8Array, void, undefined> {
    yield Buffer.alloc(0);
    yield await Promise.resolve(Buffer.from('abc'));
    yield Buffer.alloc(0);
  }
  const parts: string[] = [];
  for await (const part of cutParts(source(), 2)) parts.push(Buffer.from(part).toString());
  expect(parts).toEqual(['ab', 'c']);
});

test('a failure of the stream is thrown on, and an early end closes it', async () => {
  let closed = 0;
  async function* source(fail: boolean): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for (let count = 0; count < 10; count += 1) yield await Promise.resolve(Buffer.alloc(100));
      if (fail) throw new Error('broken off');
    } finally {
      closed += 1;
    }
  }
  const all = async (): Promise<void> => {
    for await (const part of cutParts(source(true), 64)) expect(part.byteLength).toBe(64);
  };
  await expect(all()).rejects.toThrow('broken off');
  for await (const part of cutParts(source(false), 64)) {
    expect(part.byteLength).toBe(64);
    break;
  }
  expect(closed).toBe(2);
});
