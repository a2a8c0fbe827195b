import { isAppError, type ErrorData } from '../../../app/contract/errors.ts';
import { formatSize, numberFormat } from '../../src/words/format.ts';
import { visible } from '../../src/words/visible.ts';
import type { Language } from './language.ts';
import type { ProblemWords } from './words.ts';

/**
 * What the page says when something failed.
 *
 * @param error - anything that was thrown
 * @param language - in which
 */
export function problemWords(error: unknown, language: Language): ProblemWords {
  const { problems } = language.words;
  if (isAppError(error, 'bundle-damaged')) return damageWords(error.data, language);
  if (isAppError(error, 'unsafe-entry')) return problems.unsafe(visible(error.data.name));
  if (isAppError(error, 'duplicate-entry'))
    return problems.duplicate(visible(error.data.name), visible(error.data.other));
  if (isAppError(error, 'too-many-entries'))
    return problems.tooMany(numberFormat(language.tag).format(error.data.limit));
  if (isAppError(error, 'not-enough-memory'))
    return problems.memory(formatSize(error.data.bytes, language.tag));
  if (isAppError(error, 'work-factor-too-high'))
    return problems.workFactor(formatSize(1024 * 2 ** error.data.logN, language.tag));
  return isAppError(error, 'key-needed') ? problems.keyNeeded : problems.internal;
}

function damageWords(
  { part, damage, name }: ErrorData['bundle-damaged'],
  { words: { problems } }: Language,
): ProblemWords {
  if (part === 'page')
    return damage === 'truncated' ? problems.pageTruncated : problems.pageMalformed;
  if (part === 'checksums' && name !== undefined) return problems.mismatch(visible(name));
  return damage === 'not-authentic' || damage === 'truncated'
    ? problems.notAuthentic
    : problems.malformed;
}
