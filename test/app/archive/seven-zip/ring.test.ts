import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeRing, RingReader, RingWriter } from '../../../../app/archive/seven-zip/ring.ts';
import { patternBytes } from '../../../support/documents.ts';

const RING_BYTES = 2 ** 22;

test('gives back what was put in, whatever the sizes of the pieces', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 200_000 }), { minLength: 30, maxLength: 60 }),
      fc.integer({ min: 1, max: 300_000 }),
      (sizes, target) => {
        const memory = makeRing();
        const writer = new RingWriter(memory);
        const reader = new RingReader(memory, () => undefined);
        sizes.forEach((size, index) => {
          const bytes = patternBytes(size, index + 1);
          expect(writer.write(bytes)).toBeUndefined();
          const out = Buffer.alloc(size);
          for (let used = 0; used < size;) used += reader.read(out.subarray(used, used + target));
          expect(out.equals(bytes)).toBe(true);
        });
      },
    ),
    { numRuns: 10 },
  );
});

test('a writer waits for room, and is told of it', async () => {
  const memory = makeRing();
  const writer = new RingWriter(memory);
  let told = 0;
  const reader = new RingReader(memory, () => {
    told += 1;
    writer.wake();
  });
  const bytes = patternBytes(3 * RING_BYTES);
  const writing = writer.write(bytes);
  let done = false;
  const finished = Promise.resolve(writing).then(() => {
    done = true;
  });
  const out = Buffer.alloc(bytes.byteLength);
  for (let used = 0; used < out.byteLength;) {
    used += reader.read(out.subarray(used, used + RING_BYTES / 2));
    await Promise.resolve();
    await Promise.resolve();
    if (used <= 2 * RING_BYTES - 1) expect(done).toBe(false);
  }
  await finished;
  expect(out.equals(bytes)).toBe(true);
  expect(told).toBeGreaterThan(1);
});
