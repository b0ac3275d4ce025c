/** Reads a locale in any form that a phone writes. Imports almost nothing, since a page needs it before anything else. */

import { localeParts } from './locale-parts.ts';

/** Codes that name no language: undetermined, multiple languages, uncoded, no linguistic content. */
const NO_LANGUAGE: ReadonlySet<string> = new Set(['und', 'mul', 'mis', 'zxx']);

/** Longer tags are cut: language, script, region and one variant decide everything that is written. */
const MOST_SUBTAGS = 4;

/**
 * The locale as BCP 47 writes it, without extensions; undefined when `given` names no language. Understands the forms of
 * Android and Java (`de_DE`, `zh_TW_#Hant`, `es_ES_#Latn`), ICU and iOS (`es_MX@calendar=gregorian`), POSIX
 * (`de_DE.UTF-8@euro`) and browsers (`de-DE,en;q=0.8`). When the end of a tag is invalid, the part before it counts.
 */
export function localeOf(given: unknown): string | undefined {
  if (typeof given !== 'string') return undefined;
  const [plain = ''] = given.trim().split(/[.@,;]/, 1);
  // Java puts the script last, behind "#"; in BCP 47 it follows the language.
  const [head = '', tail = ''] = plain.split('#', 2);
  const [language = '', ...others] = head.split(/[-_]+/);
  const [script = ''] = /^[a-z]{4}(?=$|[-_])/i.exec(tail) ?? [];
  const subtags = [language, script, ...others].filter((subtag) => subtag !== '').slice(0, MOST_SUBTAGS);
  // A language has two or three letters. "POSIX" and "C" are not languages, and some codes mean no language (ISO 639-2).
  const named = /^[a-z]{2,3}$/i.test(language) && !NO_LANGUAGE.has(language.toLowerCase());
  const most = named ? subtags.length : 0;
  for (let count = most; count > 0; count--) {
    try {
      // `name` leaves out the extension into which Intl.Locale turns some variants (en_US_POSIX).
      return localeParts(subtags.slice(0, count).join('-')).name;
    } catch {
      // Invalid with its last part. The next round tries the tag without it.
    }
  }
  return undefined;
}
