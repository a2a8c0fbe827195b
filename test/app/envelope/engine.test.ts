import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENGINE_NAMES, TAG_BYTES, type Engine } from '../../../app/envelope/engine.ts';
import { loadEngine } from '../../../app/envelope/load-engine.ts';

const engines = await Promise.all(ENGINE_NAMES.map((name) => loadEngine(name)));

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
const nonce = fc.uint8Array({ minLength: 12, maxLength: 12 });

/** Bytes that depend on every position, made from a seed: random arrays of this length would take longer than the ciphers. */
function message(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let index = 0, state = seed | 1; index < length; index += 1) {
    state = Math.imul(state, 1_664_525) + 1_013_904_223;
    bytes[index] = state >>> 24;
  }
  return bytes;
}

const messages = fc
  .tuple(
    fc.oneof(
      fc.nat({ max: 200_000 }),
      // Where block functions begin and end: ChaCha20's 64 bytes, Poly1305's 16, age's 65,536.
      fc.constantFrom(0, 1, 15, 16, 17, 63, 64, 65, 65_535, 65_536, 65_537),
    ),
    fc.integer(),
  )
  .map(([length, seed]) => message(length, seed));

function seal(engine: Engine, ...[k, n, plaintext]: [Uint8Array, Uint8Array, Uint8Array]): Buffer {
  const sealed = Buffer.alloc(plaintext.byteLength + TAG_BYTES);
  engine.cipher(k).seal(n, plaintext, sealed);
  return sealed;
}

function open(
  engine: Engine,
  ...[k, n, sealed]: [Uint8Array, Uint8Array, Uint8Array]
): Buffer | undefined {
  const plaintext = Buffer.alloc(sealed.byteLength - TAG_BYTES);
  return engine.cipher(k).open(n, sealed, plaintext) ? plaintext : undefined;
}

describe('the engines', () => {
  it('are all available where the tests run', () => {
    expect(engines.map(({ name }) => name)).toEqual(['openssl', 'sodium', 'wasm']);
  });

  it("seal to noble's bytes and open each other's, whatever the key, the nonce and the length", () => {
    fc.assert(
      fc.property(key, nonce, messages, (k, n, plaintext) => {
        const sealed = Buffer.from(chacha20poly1305(k, n).encrypt(plaintext));
        for (const engine of engines) {
          expect(seal(engine, k, n, plaintext).equals(sealed), engine.name).toBe(true);
          expect(open(engine, k, n, sealed)?.equals(plaintext), engine.name).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('refuse what differs from what was sealed in a single bit, or is shorter or longer', () => {
    fc.assert(
      fc.property(
        key,
        nonce,
        fc.uint8Array({ maxLength: 300 }),
        fc.nat(),
        (k, n, plaintext, at) => {
          for (const engine of engines) {
            const sealed = seal(engine, k, n, plaintext);
            const altered = Buffer.from(sealed);
            const bit = at % (8 * sealed.byteLength);
            altered[bit >> 3]! ^= 1 << (bit & 7);
            expect(open(engine, k, n, altered), engine.name).toBeUndefined();
            expect(open(engine, k, n, Buffer.concat([sealed, Buffer.alloc(1)]))).toBeUndefined();
            if (plaintext.byteLength > 0)
              expect(open(engine, k, n, sealed.subarray(0, -1)), engine.name).toBeUndefined();
          }
        },
      ),
    );
  });

  it('refuse another key and another nonce', () => {
    fc.assert(
      fc.property(key, nonce, fc.nat({ max: 31 }), fc.nat({ max: 11 }), (k, n, inKey, inNonce) => {
        for (const engine of engines) {
          const sealed = seal(engine, k, n, Buffer.from('a passport'));
          const otherKey = k.with(inKey, k[inKey]! ^ 0x40);
          const otherNonce = n.with(inNonce, n[inNonce]! ^ 1);
          expect(open(engine, otherKey, n, sealed), engine.name).toBeUndefined();
          expect(open(engine, k, otherNonce, sealed), engine.name).toBeUndefined();
        }
      }),
    );
  });

  it.each(engines)('leave key, nonce and input alone ($name)', (engine) => {
    const [k, n, plaintext] = [message(32, 1), message(12, 2), message(1000, 3)];
    const sealed = seal(engine, k, n, plaintext);
    open(engine, k, n, sealed);
    expect([k, n, plaintext]).toEqual([message(32, 1), message(12, 2), message(1000, 3)]);
    expect(sealed.equals(seal(engine, k, n, plaintext))).toBe(true);
  });

  it.each(engines)('write to the part of a larger buffer that they are given ($name)', (engine) => {
    // The payload seals chunk after chunk into one buffer.
    const [k, n, plaintext] = [message(32, 1), message(12, 2), message(100, 3)];
    const buffer = Buffer.alloc(140, 0xee);
    engine.cipher(k).seal(n, plaintext, buffer.subarray(10, 126));
    expect(buffer.subarray(10, 126).equals(seal(engine, k, n, plaintext))).toBe(true);
    expect(buffer.subarray(0, 10).every((byte) => byte === 0xee)).toBe(true);
    expect(buffer.subarray(126).every((byte) => byte === 0xee)).toBe(true);
    const opened = Buffer.alloc(140, 0xdd);
    expect(engine.cipher(k).open(n, buffer.subarray(10, 126), opened.subarray(20, 120))).toBe(true);
    expect(opened.subarray(20, 120).equals(plaintext)).toBe(true);
    expect(opened.subarray(0, 20).every((byte) => byte === 0xdd)).toBe(true);
    expect(opened.subarray(120).every((byte) => byte === 0xdd)).toBe(true);
  });
});
