import { AppError } from '../contract/errors.ts';
import type { FormatId } from '../contract/formats.ts';
import { canonicalWords } from './entry.ts';
import { FLOORS } from './floors.ts';

/** zxcvbn's own limit is in this order; no one types more. */
const MAX_CHARACTERS = 256;
/** What is measured of it: the effort grows with the square of the length, and the strength only with it. */
const MEASURED_CHARACTERS = 100;

/** How strong a passphrase is. */
export interface Strength {
  /** Estimated bits: log2 of the guesses that a good attacker needs. */
  readonly bits: number;
  /** Whether that is enough for the format. */
  readonly enough: boolean;
  readonly floor: number;
}

/**
 * Measures a passphrase that a person made up, with zxcvbn-ts and its English dictionaries.
 *
 * @param passphrase - as typed
 * @param format - of the bundle; age unless given
 */
export async function measurePassphrase(
  passphrase: string,
  format: FormatId = 'age',
): Promise<Strength> {
  const zxcvbn = await (estimator ??= loadEstimator());
  const typed = passphrase.slice(0, MEASURED_CHARACTERS);
  const readings = [...new Set([typed, joined(typed)])];
  const guessesLog10 = Math.min(...readings.map((text) => zxcvbn.check(text).guessesLog10));
  const bits = guessesLog10 * Math.log2(10);
  const floor = FLOORS[format].bits;
  return { bits, enough: bits >= floor, floor };
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
 * @param format - of the bundle; age unless given
 * @returns how strong it is
 * @throws `passphrase-weak`
 */
export async function requireStrong(
  passphrase: string,
  format: FormatId = 'age',
): Promise<Strength> {
  const floor = FLOORS[format].bits;
  if (passphrase === '') throw new AppError('passphrase-weak', { bits: 0, floor, reason: 'empty' });
  if (passphrase.length > MAX_CHARACTERS)
    throw new AppError('passphrase-weak', { bits: 0, floor, reason: 'too-long' });
  // Programs written in C stop at the first NUL: what stands behind it would protect nothing.
  if (/\p{Cc}/u.test(passphrase))
    throw new AppError('passphrase-weak', { bits: 0, floor, reason: 'untypeable' });
  const strength = await measurePassphrase(passphrase, format);
  const { bits, enough } = strength;
  if (!enough) throw new AppError('passphrase-weak', { bits, floor, reason: 'guessable' });
  return strength;
}
