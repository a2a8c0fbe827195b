/** Words in the list that passphrases are drawn from. */
const LIST = 7_772;
/** What one random word gives. */
export const BITS_PER_WORD = Math.log2(LIST);

/** How many words there may be. */
export const WORD_COUNTS = [5, 6, 7, 8, 9, 10, 11, 12] as const;

/**
 * What a number of random words is good for.
 *
 * @param words - how many
 * @returns bits of entropy, and the words for what they mean
 */
export function strengthOf(words: number): {
  readonly bits: number;
  readonly means: 'strong' | 'stronger' | 'beyond' | 'plenty';
} {
  const bits = words * BITS_PER_WORD;
  // At 32,000 guesses a second (a thousand machines of 32 cores, a second each), half of 2^64.6 take 14 million years and half of
  // 2^77.5 take a hundred billion.
  const means = bits < 70 ? 'strong' : bits < 85 ? 'stronger' : bits < 128 ? 'beyond' : 'plenty';
  return { bits, means };
}
