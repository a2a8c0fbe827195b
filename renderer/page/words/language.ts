import { de } from './de.ts';
import { en } from './en.ts';
import type { Words } from './words.ts';

/** A language, and what the page says in it. */
export interface Language {
  /** For `lang`, and for the signs in numbers. */
  readonly tag: string;
  readonly words: Words;
}

/**
 * The language that suits the person best.
 *
 * @param wanted - languages that they read, the best first
 */
export function languageFor(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    if (/^de\b/i.test(tag)) return { tag, words: de };
    if (/^en\b/i.test(tag)) return { tag, words: en };
  }
  return { tag: 'en', words: en };
}
