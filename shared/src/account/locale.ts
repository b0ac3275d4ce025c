/** Locales as phones send them, read as BCP 47; and the units that go with them. */

/** What is understood of a tag: a language, perhaps a script, perhaps a region. */
const LANGUAGE = /^[A-Za-z]{2,3}$/;
const SCRIPT = /^#?([A-Za-z]{4})$/;
const REGION = /^([A-Za-z]{2}|[0-9]{3})$/;

/** Longer text is no locale (characters). */
const MOST_CHARACTERS = 256;

/**
 * The BCP 47 tag of a locale in any of the forms that phones have for it: `de-DE`, `de_DE` (Android, POSIX also `de_DE.UTF-8`),
 * `es_MX@calendar=gregorian` (ICU), `es_ES_#Latn` (Java). Variants and extensions are dropped. `en` for what names no language.
 */
export function languageTag(locale: unknown): string {
  if (typeof locale !== 'string' || locale.length > MOST_CHARACTERS) return 'en';
  const [language, ...rest] = locale.split(/[@.]/, 1)[0]!.trim().split(/[-_]/);
  if (!language || !LANGUAGE.test(language)) return 'en';
  // What follows a single letter, or a # that is no script's, is an extension.
  const end = rest.findIndex((part) => part.length === 1 || (part.startsWith('#') && !SCRIPT.test(part)));
  const parts = end < 0 ? rest : rest.slice(0, end);
  const script = parts.map((part) => SCRIPT.exec(part)?.[1]).find(Boolean);
  const region = parts.find((part) => REGION.test(part));
  try {
    return new Intl.Locale([language, script, region].filter(Boolean).join('-')).baseName;
  } catch {
    return 'en';
  }
}

/** Where people weigh themselves in pounds and measure in feet: the United States, Liberia and Myanmar (CLDR, measurementSystem). */
const IMPERIAL_REGIONS = new Set(['US', 'LR', 'MM']);

export const UNITS = ['metric', 'imperial'] as const;
export type Units = (typeof UNITS)[number];

/** The units of a profile: those it names, else those of its locale's region; `en` alone is spoken in the United States most. */
export function unitsOf({ units, locale }: { units?: unknown; locale?: unknown }): Units {
  const named = UNITS.find((known) => known === units);
  if (named) return named;
  const { region } = new Intl.Locale(languageTag(locale)).maximize();
  return IMPERIAL_REGIONS.has(region ?? '') ? 'imperial' : 'metric';
}
