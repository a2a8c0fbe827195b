import { isWord, leadingWord, nearestWords } from './words.ts';

/** A passphrase has at most a dozen words; whoever pastes a page gets help with its beginning. */
const MAX_UNKNOWN = 12;

/** A word that was typed and is not on the list. */
export interface UnknownWord {
  readonly typed: string;
  /** List words that it may have been meant to be, nearest first. */
  readonly nearest: readonly string[];
}

/**
 * The readings of a typed passphrase, in the order in which to try them: first exactly as typed, then, when it consists of list
 * words, in the form in which Signet gives them out. Letter case, spaces, hyphens, line breaks, Unicode form and even missing
 * separators do not matter then. Anything else is only ever used as typed.
 *
 * @param typed - what the person entered
 */
export function passphraseReadings(typed: string): string[] {
  const canonical = canonicalWords(typed);
  return canonical === undefined || canonical === typed ? [typed] : [typed, canonical];
}

/**
 * The canonical form of a passphrase made of list words.
 *
 * @param typed - what the person entered
 * @returns the words in lower case joined by hyphens, or `undefined` when it is not made of list words
 */
export function canonicalWords(typed: string): string | undefined {
  const letters = fold(typed).replace(/[\s\p{Dash}\p{Cf}]+/gu, '');
  const words: string[] = [];
  for (let rest = letters; rest !== '';) {
    const word = leadingWord(rest);
    if (word === undefined) return undefined;
    words.push(word);
    rest = rest.slice(word.length);
  }
  return words.length === 0 ? undefined : words.join('-');
}

/**
 * The words of a typed passphrase that are not on the list, with their nearest neighbours. Only useful for a passphrase that
 * Signet generated.
 *
 * @param typed - what the person entered
 */
export function unknownWords(typed: string): UnknownWord[] {
  if (canonicalWords(typed) !== undefined) return [];
  return fold(typed)
    .split(/[\s\p{Dash}\p{Cf}]+/u)
    .filter((word) => word !== '' && !isWord(word))
    .slice(0, MAX_UNKNOWN)
    .map((word) => ({ typed: word, nearest: nearestWords(word) }));
}

/**
 * How many words were typed: those of the list where it consists of such, else what stands between separators.
 *
 * @param typed - what the person entered
 */
export function countWords(typed: string): number {
  const words = canonicalWords(typed) ?? fold(typed);
  return words.split(/[\s\p{Dash}\p{Cf}]+/u).filter((word) => word !== '').length;
}

/** Full-width and ligature forms, as some keyboards and PDF viewers produce them, become plain letters. */
function fold(typed: string): string {
  return typed.normalize('NFKC').toLowerCase();
}
