import type { T } from './words.ts';

/** Making one takes a hundred times as long as using it, and lists have thousands of rows. */
const formatters = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

/**
 * A formatter for numbers, made once.
 *
 * @param language - for the signs
 * @param options - as for `Intl.NumberFormat`
 */
export function numberFormat(
  language: string,
  options: Intl.NumberFormatOptions = {},
): Intl.NumberFormat {
  return once(`number ${language} ${JSON.stringify(options)}`, () => {
    return new Intl.NumberFormat(language, options);
  });
}

/**
 * A formatter for local dates and times, made once.
 *
 * @param language - for the order and the names
 * @param options - as for `Intl.DateTimeFormat`
 */
export function dateFormat(
  language: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  return once(`date ${language} ${JSON.stringify(options)}`, () => {
    return new Intl.DateTimeFormat(language, options);
  });
}

function once<F extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => F): F {
  const made = formatters.get(key);
  if (made !== undefined) return made as F;
  const fresh = make();
  formatters.set(key, fresh);
  return fresh;
}

const KIB = 1024;
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/**
 * A size as people read it, in binary units.
 *
 * @param bytes - the size
 * @param language - for the decimal sign
 */
export function formatSize(bytes: number, language: string): string {
  const power = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10));
  const value = bytes / KIB ** power;
  // 1,023.6 KiB would be rounded to 1,024 KiB, which is 1 MiB.
  if (Math.round(value) === KIB && power < UNITS.length - 1)
    return formatSize(KIB ** (power + 1), language);
  const digits = power === 0 || value >= 100 ? 0 : 1;
  const number = numberFormat(language, { maximumFractionDigits: digits }).format(value);
  return `${number} ${UNITS[power] ?? ''}`;
}

/**
 * A span of time in one unit, rounded the way people say it.
 *
 * @param seconds - how long
 * @param t - for the words
 */
export function formatSpan(seconds: number, t: T): string {
  if (seconds < 1) return t('common.time.moments');
  if (seconds < 90) return t('common.time.seconds', { count: Math.round(seconds) });
  if (seconds < 90 * 60) return t('common.time.minutes', { count: Math.round(seconds / 60) });
  return t('common.time.hours', { count: Math.round(seconds / 3600) });
}

/**
 * How long ago something was, in the words of the language.
 *
 * @param at - when
 * @param now - the present
 * @param language - of the words
 */
export function formatAgo(at: Date, now: Date, language: string): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const size = Math.abs(seconds);
  if (size < 60) return relative.format(0, 'minute');
  if (size < 3600) return relative.format(Math.round(seconds / 60), 'minute');
  if (size < 48 * 3600) return relative.format(Math.round(seconds / 3600), 'hour');
  return relative.format(Math.round(seconds / 86_400), 'day');
}

/**
 * A moment in local time.
 *
 * @param at - when
 * @param language - for the order and the names
 */
export function formatMoment(at: Date, language: string): string {
  return dateFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}

/**
 * A moment to the second and with its zone, for whoever needs it exactly.
 *
 * @param at - when
 * @param language - for the order and the names
 */
export function formatExactMoment(at: Date, language: string): string {
  return dateFormat(language, { dateStyle: 'full', timeStyle: 'long' }).format(at);
}
