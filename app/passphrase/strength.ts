import { AppError } from '../contract/errors.ts';
import { canonicalWords } from './entry.ts';

/**
 * The strength, in bits as zxcvbn estimates guesses, that a passphrase of one's own must reach for an age bundle. With scrypt at
 * work factor 18 each guess costs 256 MiB and about a second of one core: half of 2^50 of them keep a thousand machines of 32
 * cores busy for over five hundred years.
 */
export const FLOOR_BITS = 50;
/** zxcvbn's own limit is in this order; no one types more. */
const MAX_CHARACTERS = 256;
/** What is measured of it: the effort grows with the square of the length, and the strength only with it. */
const MEASURED_CHARACTERS = 100;

/** How strong a passphrase is. */
export interface Strength {
  /** Estimated bits: log2 of the guesses that a good attacker needs. */
  readonly bits: number;
  /** Whether that is enough for an age bundle. */
  readonly enough: boolean;
  readonly floor: number;
}

/**
 * Measures a passphrase that a person made up, with zxcvbn-ts and its English dictionaries.
 *
 * @param passphrase - as typed
 */
export async function measurePassphrase(passphrase: string): Promise<Strength> {
  const zxcvbn = await (estimator ??= loadEstimator());
  const typed = passphrase.slice(0, MEASURED_CHARACTERS);
  const readings = [...new Set([typed, joined(typed)])];
  const guessesLog10 = Math.min(...readings.map((text) => zxcvbn.check(text).guessesLog10));
  const bits = guessesLog10 * Math.log2(10);
  return { bits, enough: bits >= FLOOR_BITS, floor: FLOOR_BITS };
}

/** Made once: it takes longer than a measurement, and a screen measures with every key that is pressed. */
let estimator: ReturnType<typeof loadEstimator> | undefined;

async function loadEstimator(): Promise<import('@zxcvbn-ts/core').ZxcvbnFactory> {
  // Loaded only here: the dictionaries are the largest thing in the program.
  const [core, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  return new core.ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    translations: english.translations,
  });
}

/**
 * zxcvbn takes each separator for one more thing to guess, which makes `p a s s w o r d` and well-known phrases look strong. An
 * attacker who tries phrases knows how people join words, so they count as if run together. Only list words keep their hyphens:
 * they may be random, and zxcvbn, which thinks of the commoner words first, would be too strict with them.
 */
function joined(passphrase: string): string {
  const canonical = canonicalWords(passphrase);
  if (canonical !== undefined) return canonical;
  const onlyWords = /^[\p{L}\p{M}]+(?:[\s\p{P}]+[\p{L}\p{M}]+)+$/u.test(passphrase);
  return passphrase.replace(onlyWords ? /[\s\p{P}]+/gu : /\s+/gu, '');
}

/**
 * Refuses a passphrase that is too weak to protect a passport.
 *
 * @param passphrase - as typed
 * @returns how strong it is
 * @throws `passphrase-weak`
 */
export async function requireStrong(passphrase: string): Promise<Strength> {
  if (passphrase === '')
    throw new AppError('passphrase-weak', { bits: 0, floor: FLOOR_BITS, reason: 'empty' });
  if (passphrase.length > MAX_CHARACTERS)
    throw new AppError('passphrase-weak', { bits: 0, floor: FLOOR_BITS, reason: 'too-long' });
  const strength = await measurePassphrase(passphrase);
  const { bits, enough } = strength;
  if (!enough)
    throw new AppError('passphrase-weak', { bits, floor: FLOOR_BITS, reason: 'guessable' });
  return strength;
}
