import { describe, expect, test, vi } from 'vitest';
import { headerEnd, openHeader, workFactor } from '../../../renderer/page/reader/header.ts';
import { VECTORS, type Vector } from '../../app/envelope/vectors.ts';
import { failureOf } from './outcomes.ts';

/* Age's own test vectors (C2SP/CCTV) for passphrases. */
const CASES = VECTORS.filter(({ name }) => name.startsWith('scrypt'));

function headerOf({ file }: Vector): Uint8Array {
  return file.subarray(0, headerEnd(file));
}

function open(vector: Vector, readings = vector.passphrases): Promise<Uint8Array> {
  return openHeader(headerOf(vector), readings, () => undefined);
}

const [GOOD] = CASES.filter(({ name }) => name === 'scrypt');

describe("age's own test vectors", () => {
  test.each(CASES.map((vector) => [vector.name, vector] as const))('%s', async (name, vector) => {
    const outcome =
      vector.expect === 'success'
        ? await open(vector).then((key) => `key of ${String(key.byteLength)}`)
        : await failureOf(open(vector));
    if (vector.expect === 'success') expect(outcome).toBe('key of 16');
    else if (name.startsWith('scrypt_work_factor_23')) expect(outcome).toBe('work-factor-too-high');
    else
      expect(outcome).toMatch(
        /^(?:bundle-damaged header malformed|wrong-passphrase|key-needed|work-factor-too-high)$/,
      );
  });
});

test('the readings of a passphrase are tried in order, and the share that is done only grows', async () => {
  const shares: number[] = [];
  const readings = ['wrong', ...GOOD!.passphrases, 'never tried'];
  const key = await openHeader(headerOf(GOOD!), readings, (share) => shares.push(share));
  expect(key).toHaveLength(16);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBeCloseTo(2 / 3);
});

test('a wrong passphrase says so', async () => {
  expect(await failureOf(open(GOOD!, ['wrong', 'wrong, too']))).toBe('wrong-passphrase');
});

test('too little memory is told apart from a wrong passphrase', async () => {
  const real = Uint8Array;
  // The table of scrypt is the only array of that size.
  vi.stubGlobal(
    'Uint8Array',
    new Proxy(real, {
      construct: (target, args: [number]) => {
        if (args[0] >= 2 ** 20) throw new RangeError('Array buffer allocation failed');
        return Reflect.construct(target, args) as object;
      },
    }),
  );
  try {
    expect(await failureOf(open(GOOD!))).toBe('not-enough-memory');
  } finally {
    vi.unstubAllGlobals();
  }
});

test('the work factor can be read without the passphrase', () => {
  expect(workFactor(headerOf(GOOD!))).toBe(10);
  expect(workFactor(Buffer.from('age-encryption.org/v1\n-> X25519 abc\n'))).toBeUndefined();
});

test('what has no end of a header is damaged', async () => {
  const find = Promise.resolve().then(() => headerEnd(Buffer.from('age-encryption.org/v1\n')));
  expect(await failureOf(find)).toBe('bundle-damaged header malformed');
});
