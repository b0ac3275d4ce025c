/** Whom we write to: in which language, with which numbers, in which units. Tolerant of whatever a phone calls a locale. */

import { z } from 'zod';

/** `metric` weighs in kilograms (kg), `imperial` in pounds (lb). */
export const UNITS = ['metric', 'imperial'] as const;
export type Units = (typeof UNITS)[number];

/** The reader of a scan's sentences, as a workflow's input carries it. */
export const reader = z.strictObject({
  /** A BCP 47 tag without extensions, as `Intl.Locale` writes it. */
  locale: z.string().min(1).max(64),
  units: z.enum(UNITS),
});
export type Reader = z.infer<typeof reader>;

/** Where body weight is told in pounds: the countries of the US system of measurement (CLDR 46, measurementData). */
const IMPERIAL_REGIONS: ReadonlySet<string> = new Set(['US', 'LR', 'MM']);

/** Undetermined, several, not coded, no linguistic content. */
const NO_LANGUAGE: ReadonlySet<string> = new Set(['und', 'mul', 'mis', 'zxx']);

/** Longer tags are cut: language, script, region and one variant decide everything that we write. */
const MOST_SUBTAGS = 4;

/** Whom we write to when nothing is known. */
export const NOBODY: Reader = { locale: 'en', units: 'imperial' };

/**
 * The reader from users/{uid} as it is in the database, undefined when there is none. Never throws: a locale or units that cannot
 * be understood count as not given. Units that are not given follow from the locale's region.
 */
export function readerOf(profile: unknown): Reader {
  const { locale: given, units } = (profile ?? {}) as { locale?: unknown; units?: unknown };
  const locale = localeOf(given) ?? NOBODY.locale;
  return { locale, units: UNITS.find((known) => known === units) ?? unitsOf(locale) };
}

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
      return new Intl.Locale(subtags.slice(0, count).join('-')).baseName.replace(/-u-.*$/, '');
    } catch {
      // Not a tag with its last part; perhaps without it.
    }
  }
  return undefined;
}

function unitsOf(locale: string): Units {
  const { region = '' } = new Intl.Locale(locale).maximize();
  return IMPERIAL_REGIONS.has(region) ? 'imperial' : 'metric';
}
