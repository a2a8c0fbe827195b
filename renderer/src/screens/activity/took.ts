import { numberFormat } from '../../words/format.ts';
import type { T } from '../../words/words.ts';

/**
 * How long something took, as exactly as it matters.
 *
 * @param milliseconds - how long
 * @param t - for the units
 * @param language - for the decimal sign
 */
export function formatTook(milliseconds: number, t: T, language: string): string {
  const number = (value: number, digits: number): string =>
    numberFormat(language, { maximumFractionDigits: digits }).format(value);
  if (milliseconds < 1_000)
    return t('activity.took.milliseconds', { number: number(milliseconds, 0) });
  if (milliseconds < 59_500)
    return t('activity.took.seconds', {
      number: number(milliseconds / 1_000, milliseconds < 10_000 ? 1 : 0),
    });
  const seconds = Math.round(milliseconds / 1_000);
  return t('activity.took.minutes', {
    minutes: number(Math.floor(seconds / 60), 0),
    seconds: seconds % 60,
  });
}
