import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { canonicalWords } from '../../../app/passphrase/entry.ts';
import { DEFAULT_WORDS, generatePassphrase } from '../../../app/passphrase/generate.ts';
import { BITS_PER_WORD, WORDS } from '../../../app/passphrase/words.ts';

const COUNTS = [5, 6, 7, 8, 9, 10, 11, 12];
/** Passphrases of 12 words: 14,000 of them give each word about 22 chances. */
const SOURCES = [
  ['sodium-native', 14_000],
  // Used where the other does not load. It is the same code, only slower, so it has fewer draws to show a gross mistake.
  ['libsodium-wrappers', 5000],
] as const;

/**
 * Above this a sum of squares is not chance: probability 1e-9 (Wilson and Hilferty's cube root is exact enough from 11 degrees on).
 */
function chiSquareLimit(degrees: number): number {
  const z = 5.998;
  return degrees * (1 - 2 / (9 * degrees) + z * Math.sqrt(2 / (9 * degrees))) ** 3;
}

function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

function histogram(values: readonly number[], bins: number): number[] {
  const counts = Array<number>(bins).fill(0);
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

/** Draws whole passphrases, as indices of their words. */
async function draw(count: number): Promise<number[][]> {
  const indices = new Map(WORDS.map((word, index) => [word, index]));
  const passphrases: number[][] = [];
  for (let index = 0; index < count; index += 1) {
    const { passphrase } = await generatePassphrase(12);
    passphrases.push(passphrase.split('-').map((word) => indices.get(word) ?? -1));
  }
  return passphrases;
}

describe('a generated passphrase', () => {
  it.each(COUNTS)('of %i words has that many, all from the list', async (count) => {
    const { passphrase, words, bits } = await generatePassphrase(count);
    const list = passphrase.split('-');
    expect(list).toHaveLength(count);
    expect(list.filter((word) => !WORDS.includes(word))).toEqual([]);
    expect(words).toBe(count);
    expect(bits).toBeCloseTo(count * Math.log2(7772), 9);
    // It is given out in the form in which it is read back.
    expect(canonicalWords(passphrase)).toBe(passphrase);
  });

  it('has seven words unless another number is asked for, 90.5 bits', async () => {
    expect(DEFAULT_WORDS).toBe(7);
    const { passphrase, words, bits } = await generatePassphrase();
    expect(passphrase.split('-')).toHaveLength(7);
    expect(words).toBe(7);
    expect(bits.toFixed(1)).toBe('90.5');
  });

  it.each([4, 13, 0, -7, 5.5, 1e9, Number.NaN, Number.POSITIVE_INFINITY])(
    'of %d words is refused',
    async (count) => {
      await expect(generatePassphrase(count)).rejects.toMatchObject({
        code: 'passphrase-words',
        data: { words: count, least: 5, most: 12 },
      });
    },
  );
});

describe.each(SOURCES)('the words that %s draws', (source, draws) => {
  afterEach(() => {
    vi.doUnmock('sodium-native');
  });

  it('are uniform, in every place, and independent of the word before', async () => {
    if (source === 'libsodium-wrappers')
      vi.doMock('sodium-native', () => {
        throw new Error('no prebuilt binary');
      });
    const passphrases = await draw(draws);
    const all = passphrases.flat();
    expect(all).toHaveLength(12 * draws);
    expect(all).not.toContain(-1);
    const bins = WORDS.length;

    // Each word: finds words that never come, such as all but 256.
    expect(chiSquare(histogram(all, bins))).toBeLessThan(chiSquareLimit(bins - 1));

    // The ends of the list, where counting goes wrong by one: with 22 chances each, missing one is less than 1e-9, too.
    if (all.length > 21 * bins) {
      expect(all).toContain(0);
      expect(all).toContain(bins - 1);
    }

    // Parts of the list: finds a slight favour to its beginning, as 16 random bits modulo 7,772 would show.
    const part = (index: number): number => Math.floor((index * 16) / bins);
    const parts = (indices: readonly number[]): number[] => histogram(indices.map(part), 16);
    expect(chiSquare(parts(all))).toBeLessThan(chiSquareLimit(15));

    for (let place = 0; place < 12; place += 1) {
      const here = passphrases.map((words) => words[place] ?? -1);
      expect(chiSquare(parts(here))).toBeLessThan(chiSquareLimit(15));
    }

    const pairs = passphrases.flatMap((words) =>
      words.slice(1).map((word, index) => part(words[index] ?? -1) * 16 + part(word)),
    );
    expect(chiSquare(histogram(pairs, 256))).toBeLessThan(chiSquareLimit(255));

    // Drawing with repetition: 66 pairs a passphrase, each alike with a chance of one in 7,772.
    const repeats = passphrases.reduce((sum, words) => sum + 12 - new Set(words).size, 0);
    const expected = (66 * draws) / bins;
    expect(Math.abs(repeats - expected)).toBeLessThan(7 * Math.sqrt(expected));
  });

  it('would be found out if they were biased', () => {
    // The same tests over draws as a mistake would make them: they have the power that the test above claims.
    const values = new Uint16Array(Uint8Array.from(randomBytes(2 * 12 * draws)).buffer);
    const biased = [...values].map((value) => value % 256);
    expect(chiSquare(histogram(biased, WORDS.length))).toBeGreaterThan(
      chiSquareLimit(WORDS.length - 1),
    );
    const modulo = [...values].map((value) => value % WORDS.length);
    const parts = modulo.map((index) => Math.floor((index * 16) / WORDS.length));
    expect(chiSquare(histogram(parts, 16))).toBeGreaterThan(chiSquareLimit(15));
  });
});

it('adds as many bits with each word as a choice among all of them has', () => {
  expect(2 ** BITS_PER_WORD).toBeCloseTo(7772, 6);
});
