/** The page's own words in the browser's language. Only that language is loaded. */

import { type AppWords, en } from '@reddyfit/shared/words/app/en';
import type { LANGUAGES as TABLES } from '@reddyfit/shared/words/languages';
import { localeOf } from '@reddyfit/shared/words/locale-of';

/** The other languages: each that documents speak, else this does not compile. */
const OTHERS: Readonly<Record<Exclude<keyof typeof TABLES, 'en'>, () => Promise<AppWords>>> = {
  de: async () => (await import('@reddyfit/shared/words/app/de')).de,
  es: async () => (await import('@reddyfit/shared/words/app/es')).es,
  hi: async () => (await import('@reddyfit/shared/words/app/hi')).hi,
};

/** Tags of the page's languages. */
export const LANGUAGES = ['en', ...Object.keys(OTHERS)];

/** The words for a locale, or English when there are none in its language. */
export async function wordsFor(
  given: string,
): Promise<{ words: AppWords; language: string; locale: string }> {
  const locale = localeOf(given) ?? 'en';
  const { language } = new Intl.Locale(locale);
  const other = (OTHERS as Readonly<Record<string, () => Promise<AppWords>>>)[language];
  return other ? { words: await other(), language, locale } : { words: en, language: 'en', locale };
}
