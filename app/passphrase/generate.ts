import { AppError } from '../contract/errors.ts';
import { BITS_PER_WORD, WORDS } from './words.ts';

/** 5 words give 64.6 bits, enough against anyone who has to pay for each guess of scrypt. */
export const MIN_WORDS = 5;
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
 * @param words - how many, 5 to 12
 * @throws `passphrase-words` for another number
 */
export async function generatePassphrase(words = DEFAULT_WORDS): Promise<GeneratedPassphrase> {
  if (!Number.isInteger(words) || words < MIN_WORDS || words > MAX_WORDS)
    throw new AppError('passphrase-words', { words, least: MIN_WORDS, most: MAX_WORDS });
  const uniform = await loadUniform();
  const chosen = Array.from({ length: words }, () => WORDS[uniform(WORDS.length)]);
  return { passphrase: chosen.join('-'), words, bits: words * BITS_PER_WORD };
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
