import type { ErrorCode, ErrorRecord } from '../../app/contract/errors.ts';
import { documentTexts } from './error-text/documents.ts';
import { emailTexts } from './error-text/email.ts';
import { openingTexts } from './error-text/opening.ts';
import { programTexts } from './error-text/program.ts';
import { s3Texts } from './error-text/s3.ts';
import type { ErrorText, Wording } from './error-text/said.ts';

/** Does not compile when a code is missing. */
const TEXTS: { readonly [C in ErrorCode]: Wording<C> } = {
  ...documentTexts,
  ...openingTexts,
  ...s3Texts,
  ...emailTexts,
  ...programTexts,
};

/**
 * The words for an error.
 *
 * @param error - as it crossed the boundary
 */
export function errorText<C extends ErrorCode>(error: ErrorRecord<C>): ErrorText {
  const wording: Wording<C> = TEXTS[error.code];
  return wording(error.data);
}
