import type { FormatId } from '../contract/formats.ts';

/** What a passphrase must at least be for a format. */
export interface Floor {
  /** Of one's own: bits as zxcvbn estimates guesses. */
  readonly bits: number;
  /** Of list words. */
  readonly words: number;
}

/**
 * Each format makes a guess cost differently, so each has its own floor.
 *
 * age, and the page that carries it: scrypt at work factor 18, 256 MiB and about a second of one core for each guess. Half of 2^50 of
 * them keep a thousand machines of 32 cores busy for over five hundred years.
 *
 * 7z: SHA-256 in 2^19 rounds and no memory to speak of. At a million guesses a second for each graphics card, half of 2^65 of them keep a
 * thousand cards busy for over five hundred years, too.
 *
 * ZIP: 1,000 rounds of PBKDF2, which is next to nothing: the passphrase has to be out of reach by itself. Eight list words, 103 bits.
 */
export const FLOORS: Readonly<Record<FormatId, Floor>> = {
  age: { bits: 50, words: 5 },
  html: { bits: 50, words: 5 },
  '7z': { bits: 65, words: 6 },
  zip: { bits: 103, words: 8 },
};
