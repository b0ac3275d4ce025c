/** The reader of sentences: their language, their way to write numbers, and their units. Accepts any form of a locale. */

import { z } from 'zod';
import { localeOf } from './locale-of.ts';
import { localeParts } from './locale-parts.ts';

/** `metric` shows weights in kilograms (kg), `imperial` in pounds (lb). */
export const UNITS = ['metric', 'imperial'] as const;
export type Units = (typeof UNITS)[number];

/** The reader of a scan's sentences, as a workflow's input carries it. */
export const reader = z.strictObject({
  /** A BCP 47 tag without extensions, as `Intl.Locale` writes it. */
  locale: z.string().min(1).max(64),
  units: z.enum(UNITS),
});
export type Reader = z.infer<typeof reader>;

/** Regions that give body weight in pounds: those with the US system of measurement (CLDR 46, measurementData). */
const IMPERIAL_REGIONS: ReadonlySet<string> = new Set(['US', 'LR', 'MM']);

/** The reader that is assumed when nothing is known. */
export const NOBODY: Reader = { locale: 'en', units: 'imperial' };

/**
 * The reader by a profile: the data of users/{uid}, or undefined when the document does not exist. Never throws: a locale or
 * units that cannot be understood count as missing. Missing units follow from the locale's region.
 */
export function readerOf(profile: unknown): Reader {
  const { locale: given, units } = (profile ?? {}) as { locale?: unknown; units?: unknown };
  const locale = localeOf(given) ?? NOBODY.locale;
  return { locale, units: UNITS.find((known) => known === units) ?? unitsOf(locale) };
}

function unitsOf(locale: string): Units {
  const { region = '' } = localeParts(locale);
  return IMPERIAL_REGIONS.has(region) ? 'imperial' : 'metric';
}
