/** Reads whatever a phone calls a locale. Imports next to nothing: a page needs it before anything else. */

import { localeParts } from './locale-parts.ts';

/** Undetermined, several, not coded, no linguistic content. */
const NO_LANGUAGE: ReadonlySet<string> = new Set(['und', 'mul', 'mis', 'zxx']);

/** Longer tags are cut: language, script, region and one variant decide everything that we write. */
const MOST_SUBTAGS = 4;

/**
 * The locale as BCP 47 writes it, without extensions; undefined for what names no language. Understands how Android and Java
 * (`de_DE`, `zh_TW_#Hant`, `es_ES_#Latn`), ICU and iOS (`es_MX@calendar=gregorian`), POSIX (`de_DE.UTF-8@euro`) and browsers (`de-DE,en;q=0.8`) write one.
 * Of a tag that is broken at its end, the part before counts.
 */
export function localeOf(given: unknown): string | undefined {
  if (typeof given !== 'string') return undefined;
  const [plain = ''] = given.trim().split(/[.@,;]/, 1);
  // Java puts the script last, behind "#"; in BCP 47 it follows the language.
  const [head = '', tail = ''] = plain.split('#', 2);
  const [language = '', ...others] = head.split(/[-_]+/);
  const [script = ''] = /^[a-z]{4}(?=$|[-_])/i.exec(tail) ?? [];
  const subtags = [language, script, ...others].filter((subtag) => subtag !== '').slice(0, MOST_SUBTAGS);
  // Registered languages have two or three letters; "POSIX" and "C" are none, and some codes say that none is meant (ISO 639-2).
  const named = /^[a-z]{2,3}$/i.test(language) && !NO_LANGUAGE.has(language.toLowerCase());
  const most = named ? subtags.length : 0;
  for (let count = most; count > 0; count--) {
    try {
      // A variant that is an extension in disguise (en_US_POSIX) comes back as one.
      return localeParts(subtags.slice(0, count).join('-')).name;
    } catch {
      // Not a tag with its last part; perhaps without it.
    }
  }
  return undefined;
}
