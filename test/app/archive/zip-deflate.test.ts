import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compresses,
  deflateStream,
  deflateWhole,
  InflateError,
  inflateForward,
  inflateStream,
  inflateWhole,
  mayCompress,
} from '../../../app/archive/zip-deflate.ts';
import { ForwardBytes, take } from '../../../app/archive/zip-forward.ts';
import { patternBytes } from '../../support/documents.ts';
import { collect, pieces } from '../../support/streams.ts';

const TEXT = Buffer.alloc(3_000_000, 'some text that repeats itself, ');
const RANDOM = patternBytes(700_000);

/** Expands what is followed by something else. */
async function forward(
  bytes: Uint8Array,
  size?: number,
): Promise<{ readonly expanded: Buffer; readonly left: Buffer }> {
  const source = new ForwardBytes(pieces(bytes, size));
  const expanded: Uint8Array[] = [];
  await inflateForward(source, (piece) => {
    expanded.push(Uint8Array.from(piece));
    return undefined;
  });
  const left = await take(source, bytes.byteLength - source.position);
  return { expanded: Buffer.concat(expanded), left: Buffer.from(left) };
}

test('names of what is compressed already are known, in any case, at their end only', () => {
  for (const name of ['a.jpg', 'A.JPG', 'x/y.docx', 'a.tar.gz', 'scan.heic', '.pdf.pdf'])
    expect(mayCompress(name)).toBe(false);
  for (const name of ['a.txt', 'jpg', 'a.jpg.txt', 'a.jpgx', 'a.pdf/readme', 'bmp.bmp', 'a.doc'])
    expect(mayCompress(name)).toBe(true);
});

test('what gets smaller is compressed, what does not is not', () => {
  expect(deflateWhole(TEXT)?.byteLength).toBeLessThan(20_000);
  expect(compresses(TEXT)).toBe(true);
  for (const bytes of [RANDOM, Buffer.alloc(0), Buffer.from('x')]) {
    expect(deflateWhole(bytes)).toBeUndefined();
    expect(compresses(bytes)).toBe(false);
  }
});

test('any bytes in any pieces are compressed and expanded to what they were', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(TEXT, RANDOM),
      fc.nat(500_000),
      fc.integer({ min: 500, max: 300_000 }),
      async (from, length, size) => {
        const bytes = from.subarray(0, length);
        const deflated = await collect(deflateStream(pieces(bytes, size)));
        expect(inflateWhole(deflated, length).byteLength).toBe(length);
        expect((await collect(inflateStream(pieces(deflated, size)))).equals(bytes)).toBe(true);
        const { expanded, left } = await forward(
          Buffer.concat([deflated, Buffer.from('what follows')]),
          size,
        );
        expect(expanded.equals(bytes)).toBe(true);
        expect(left.toString()).toBe('what follows');
      },
    ),
    { numRuns: 30 },
  );
});

test.each([1, 2, 3, 7])('the end is found exactly in pieces of %i bytes', async (size) => {
  for (const content of ['', 'x', 'some text, some text']) {
    const deflated = deflateRawSync(content);
    const { expanded, left } = await forward(Buffer.concat([deflated, Buffer.from('PK')]), size);
    expect([expanded.toString(), left.toString()]).toEqual([content, 'PK']);
  }
});

describe('what is no whole deflate stream is refused', () => {
  const whole = deflateRawSync(RANDOM);
  const bad = [RANDOM, whole.subarray(0, -1), whole.subarray(0, 1000), Buffer.alloc(0)];

  test('whole', () => {
    for (const bytes of [...bad, Buffer.concat([whole, Buffer.from('x')])])
      expect(() => inflateWhole(bytes, RANDOM.byteLength)).toThrow(InflateError);
    for (const length of [0, RANDOM.byteLength - 1, RANDOM.byteLength + 1])
      expect(() => inflateWhole(whole, length)).toThrow(InflateError);
  });

  test.each([undefined, 1000, 65_536])('in pieces of %s bytes', async (size) => {
    for (const bytes of [...bad, Buffer.concat([whole, Buffer.alloc(100_000)])])
      await expect(collect(inflateStream(pieces(bytes, size)))).rejects.toThrow(InflateError);
    for (const bytes of bad) await expect(forward(bytes, size)).rejects.toThrow(InflateError);
  });
});

describe('failures come out as they are', () => {
  const failure = new Error('failure');
  async function* failing(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
    yield* pieces(bytes, 1000);
    throw failure;
  }

  test('of the source', async () => {
    await expect(collect(deflateStream(failing(TEXT)))).rejects.toBe(failure);
    const part = deflateRawSync(RANDOM).subarray(0, 100_000);
    await expect(collect(inflateStream(failing(part)))).rejects.toBe(failure);
    await expect(inflateForward(new ForwardBytes(failing(part)), () => undefined)).rejects.toBe(
      failure,
    );
  });

  test('of the user', async () => {
    for (const size of [undefined, 100])
      await expect(
        inflateForward(new ForwardBytes(pieces(deflateRawSync(TEXT), size)), () =>
          Promise.reject(failure),
        ),
      ).rejects.toBe(failure);
  });
});

test('who stops early closes the source', async () => {
  const whole = deflateRawSync(RANDOM);
  for (const stream of [deflateStream, inflateStream]) {
    let closed = false;
    const source = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
      try {
        yield* pieces(stream === deflateStream ? RANDOM : whole, 10_000);
      } finally {
        closed = true;
      }
    };
    for await (const piece of stream(source())) {
      expect(piece.byteLength).toBeGreaterThan(0);
      break;
    }
    expect(closed).toBe(true);
  }
});
