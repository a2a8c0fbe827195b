import { useTranslation } from 'react-i18next';
import type { T } from './words.ts';

/** The words in the language of the moment, and the locale in which to write numbers and dates. */
export function useWords(): { readonly t: T; readonly language: string } {
  const { t, i18n } = useTranslation();
  return { t, language: localeFor(i18n.language) };
}

/**
 * The person's own variant of a language: somebody in London reads English with the day before the month.
 *
 * @param language - that the screen speaks
 * @param preferred - what the system prefers, best first
 */
export function localeFor(
  language: string,
  preferred: readonly string[] = navigator.languages,
): string {
  return preferred.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? language;
}
