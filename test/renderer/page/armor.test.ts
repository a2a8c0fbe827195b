import { armor as library } from 'age-encryption';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { findCarried } from '../../../renderer/page/reader/armor.ts';
import { patternBytes } from '../../support/documents.ts';
import { VECTORS } from '../../app/envelope/vectors.ts';
import { failureOf } from './outcomes.ts';

const BYTES = patternBytes(1_000_000);
const BEGIN = '-----BEGIN AGE ENCRYPTED FILE-----';
const END = '-----END AGE ENCRYPTED FILE-----';

function decode(...texts: readonly string[]): Buffer {
  return Buffer.concat([...findCarried(texts).pieces()]);
}

function refusal(...texts: readonly string[]): Promise<string> {
  return failureOf(Promise.resolve().then(() => decode(...texts)));
}

test('the armor in the element is decoded, and its size is known beforehand', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), (length) => {
      const text = `\n${library.encode(BYTES.subarray(0, length))}`;
      expect(decode(text).equals(BYTES.subarray(0, length))).toBe(true);
      expect(findCarried([text]).bytes).toBe(length);
    }),
  );
});

test('a long armor comes in several pieces', () => {
  const pieces = [...findCarried([library.encode(BYTES)]).pieces()];
  expect(pieces.length).toBeGreaterThan(1);
  expect(Buffer.concat(pieces).equals(BYTES)).toBe(true);
});

test('it is the same where the browser decodes base64 by itself', () => {
  const text = library.encode(BYTES);
  const native = vi.fn((base64: string) => new Uint8Array(Buffer.from(base64, 'base64')));
  vi.stubGlobal('Uint8Array', Object.assign(Uint8Array, { fromBase64: native }));
  try {
    expect(decode(text).equals(BYTES)).toBe(true);
    expect(native).toHaveBeenCalled();
  } finally {
    Reflect.deleteProperty(Uint8Array, 'fromBase64');
    vi.unstubAllGlobals();
  }
});

test.each([
  ['no element', [], 'page truncated'],
  ['an empty element', ['\n'], 'page truncated'],
  ['an end that is missing', [library.encode(BYTES).slice(0, -10)], 'page truncated'],
  ['a cut in the middle', [library.encode(BYTES).slice(0, 5000)], 'page truncated'],
  ['two elements', [library.encode(BYTES), library.encode(BYTES)], 'page malformed'],
  ['something else', [`hello\n${library.encode(BYTES)}`], 'page malformed'],
  ['two armors', [library.encode(BYTES) + library.encode(BYTES)], 'armor malformed'],
  ['a line that is too long', [`${BEGIN}\n${'A'.repeat(68)}\n${END}\n`], 'armor malformed'],
  [
    'a line too short',
    [`${BEGIN}\n${'A'.repeat(60)}\n${'A'.repeat(64)}\n${END}`],
    'armor malformed',
  ],
  ['a space', [`${BEGIN}\n${'A'.repeat(30)} ${'A'.repeat(33)}\n${END}\n`], 'armor malformed'],
  ['padding in the middle', [`${BEGIN}\n${'A'.repeat(62)}==\nAAAA\n${END}\n`], 'armor malformed'],
  ['a foreign character', [`${BEGIN}\n${'A'.repeat(63)}!\n${END}\n`], 'armor malformed'],
])('%s is refused', async (_what, texts, expected) => {
  expect(await refusal(...texts)).toBe(`bundle-damaged ${expected}`);
});

describe("age's own test vectors", () => {
  const armored = VECTORS.filter(({ name }) => name.startsWith('armor_'));

  test.each(armored.map((vector) => [vector.name, vector] as const))(
    '%s',
    async (_name, vector) => {
      // A browser turns line breaks into LF before anybody sees them.
      const text = Buffer.from(vector.file).toString('latin1').replaceAll('\r\n', '\n');
      if (vector.expect === 'armor failure') expect(await refusal(text)).toMatch(/page|armor/);
      else if (vector.expect === 'success')
        expect(decode(text).toString('latin1')).toMatch(/^age-encryption.org/);
    },
  );
});
