import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CounterMode } from '../../../app/envelope/zip-ctr.ts';
import { patternBytes } from '../../support/documents.ts';

const KEYS = [16, 24, 32].map((length) => patternBytes(length, length));

/** Block by block, as the format describes it: the counter is a number of 16 bytes, the lowest first, and begins with 1. */
function reference(key: Uint8Array, position: number, bytes: Uint8Array): Buffer {
  return Buffer.from(
    bytes.map((byte, index) => {
      const at = position + index;
      const counter = Buffer.alloc(16);
      counter.writeBigUInt64LE(BigInt(Math.floor(at / 16)) + 1n, 0);
      const cipher = createCipheriv(`aes-${String(key.byteLength * 8)}-ecb`, key, null);
      return byte ^ cipher.update(counter)[at % 16]!;
    }),
  );
}

test.each(KEYS)('bytes at any position come out as the format describes it (%#)', (key) => {
  fc.assert(
    fc.property(fc.nat(5000), fc.uint8Array({ maxLength: 100 }), (position, bytes) => {
      const sealed = new CounterMode(key).apply(position, bytes);
      expect(Buffer.from(sealed)).toEqual(reference(key, position, bytes));
    }),
    { numRuns: 50 },
  );
});

test('the counter goes on beyond what 32 bits hold', () => {
  const key = KEYS[2]!;
  for (const block of [2 ** 32 - 3, 2 ** 32, 2 ** 40 + 5]) {
    const position = block * 16 - 5;
    const sealed = new CounterMode(key).apply(position, Buffer.alloc(100));
    expect(Buffer.from(sealed)).toEqual(reference(key, position, Buffer.alloc(100)));
  }
});

test('what was counted before, however far and however long, leaves no trace', () => {
  const stream = new CounterMode(KEYS[2]!);
  const long = Buffer.alloc(200_000);
  const short = Buffer.alloc(40);
  for (const [position, bytes] of [
    [(2 ** 32 - 3) * 16, long],
    [0, short],
    [16, long],
    [2 ** 40 * 16, short],
    [32, long],
  ] as const) {
    const sealed = stream.apply(position, bytes);
    const at = Math.max(0, bytes.byteLength - 200);
    expect(Buffer.from(sealed).subarray(at)).toEqual(
      reference(KEYS[2]!, position + at, bytes.subarray(at)),
    );
    expect(Buffer.from(sealed).subarray(0, 40)).toEqual(reference(KEYS[2]!, position, short));
  }
});

test('a long piece, the same in short ones of any size, and any part of it are one stream', () => {
  const stream = new CounterMode(KEYS[2]!);
  const bytes = patternBytes(700_001);
  const sealed = Buffer.from(stream.apply(0, bytes));
  expect(sealed.subarray(262_140, 262_180)).toEqual(
    reference(KEYS[2]!, 262_140, bytes.subarray(262_140, 262_180)),
  );
  fc.assert(
    fc.property(fc.nat(700_000), fc.nat(700_000), (one, other) => {
      const [start, end] = [Math.min(one, other), Math.max(one, other)];
      const part = stream.apply(start, bytes.subarray(start, end));
      expect(sealed.subarray(start, end).equals(part)).toBe(true);
    }),
    { numRuns: 40 },
  );
  expect(Buffer.from(stream.apply(0, sealed)).equals(bytes)).toBe(true);
});

test('what is given is left as it is, and what comes out is a buffer of its own', () => {
  const stream = new CounterMode(KEYS[0]!);
  const bytes = patternBytes(50_000);
  const first = stream.apply(0, bytes);
  const copy = Buffer.from(first);
  stream.apply(0, Buffer.alloc(60_000));
  expect(bytes.equals(patternBytes(50_000))).toBe(true);
  expect(copy.equals(first)).toBe(true);
});
