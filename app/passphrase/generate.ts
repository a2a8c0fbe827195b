import { AppError } from '../contract/errors.ts';
import type { FormatId } from '../contract/formats.ts';
import { FLOORS } from './floors.ts';
import { BITS_PER_WORD, WORDS } from './words.ts';

/** 12 words give 155 bits; more only costs patience. */
export const MAX_WORDS = 12;
/** 7 words give 90.5 bits: out of reach of any attacker. */
export const DEFAULT_WORDS = 7;

/** A passphrase made of random words. */
export interface GeneratedPassphrase {
  /** The words joined by hyphens, lower case. */
  readonly passphrase: string;
  readonly words: number;
  /** Entropy in bits. */
  readonly bits: number;
}

/**
 * Makes a passphrase of words drawn uniformly and independently by libsodium's generator.
 *
 * @param words - how many, from the format's floor to 12; 7 unless given, or the floor where that is higher
 * @param format - of the bundle that it is for; age unless given
 * @throws `passphrase-words` for another number
 */
export async function generatePassphrase(
  words?: number,
  format: FormatId = 'age',
): Promise<GeneratedPassphrase> {
  const least = FLOORS[format].words;
  const count = words ?? Math.max(DEFAULT_WORDS, least);
  if (!Number.isInteger(count) || count < least || count > MAX_WORDS)
    throw new AppError('passphrase-words', { words: count, least, most: MAX_WORDS });
  const uniform = await loadUniform();
  const chosen = Array.from({ length: count }, () => WORDS[uniform(WORDS.length)]);
  return { passphrase: chosen.join('-'), words: count, bits: count * BITS_PER_WORD };
}

/** `randombytes_uniform` of libsodium: native where that loads, else WebAssembly. */
async function loadUniform(): Promise<(bound: number) => number> {
  try {
    const { default: sodium } = await import('sodium-native');
    return (bound) => sodium.randombytes_uniform(bound);
  } catch {
    const { default: sodium } = await import('libsodium-wrappers');
    await sodium.ready;
    return (bound) => sodium.randombytes_uniform(bound);
  }
}
