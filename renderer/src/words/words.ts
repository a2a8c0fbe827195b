import i18next, { type TFunction } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Settings } from '../../../app/contract/views.ts';
import { en } from './catalogue.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
    returnNull: false;
  }
}

/** The languages that the screen speaks. */
export type Language = 'en' | 'de';

/** Gives the words for a key. */
export type T = TFunction;

/** Makes the catalogue ready, in English. */
export async function startWords(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    // React escapes.
    interpolation: { escapeValue: false },
  });
}

/**
 * The language that a setting stands for.
 *
 * @param setting - as chosen
 * @param preferred - what the system prefers, best first
 */
export function languageFor(
  setting: Settings['language'],
  preferred: readonly string[] = navigator.languages,
): Language {
  if (setting !== 'system') return setting;
  const first = preferred.map((tag) => tag.slice(0, 2)).find((tag) => tag === 'en' || tag === 'de');
  return first === 'de' ? 'de' : 'en';
}

/**
 * Speaks that language from now on. German is fetched when it is first asked for.
 *
 * @param language - one of those there are
 */
export async function speak(language: Language): Promise<void> {
  if (language === 'de' && !i18next.hasResourceBundle('de', 'translation')) {
    const { de } = await import('./de.ts');
    i18next.addResourceBundle('de', 'translation', de);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
