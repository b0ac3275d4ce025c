/** Writes numbers and measures as a reader expects them. */

import { lbToKg } from '../scan/measures.ts';
import { localeParts } from './locale-parts.ts';
import type { Reader, Units } from './reader.ts';

/** The functions with which a sentence writes numbers. They take the system's units: lb, cm, percent of 100. */
export interface Format {
  readonly units: Units;
  /** 1234.5 → "1,234.5" or "1.234,5", with exactly `digits` decimals. */
  number(value: number, digits?: number): string;
  /** A number with its sign: "+0.4", "−0.4", "±0.0"; one decimal unless stated otherwise. */
  signed(value: number, digits?: number): string;
  /** 19.84 → "19.8%" or "19,8 %"; one decimal unless stated otherwise. */
  percent(value: number, digits?: number): string;
  /** A body weight (lb) in the reader's unit: "183.2 lb", "83,1 kg". */
  weight(lb: number, digits?: number): string;
  /** A change of weight (lb) in the reader's unit: "−1.2 lb", "+0,5 kg". */
  weightChange(lb: number): string;
  /** The plural form of a word for a count, by the language's rules (CLDR): `one`, `other`, … */
  plural(count: number): Intl.LDMLPluralRule;
}

/** Writes numbers by the rules of `locale`, and weights in the units of the reader. */
export function formatOf(locale: string, { units }: Pick<Reader, 'units'>): Format {
  const written = (value: number, digits: number, options: Intl.NumberFormatOptions = {}) =>
    new Intl.NumberFormat(locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      ...options,
    }).format(value);
  const sign = (value: number, digits: number) => {
    if (Math.abs(value) < 0.5 / 10 ** digits) return '±';
    return value < 0 ? '−' : '+';
  };
  const unit = units === 'metric' ? 'kilogram' : 'pound';
  const weight = (lb: number, digits = 1) =>
    written(units === 'metric' ? lbToKg(lb) : lb, digits, { style: 'unit', unit });
  const rules = pluralRules(locale);
  return {
    units,
    number: (value, digits = 0) => written(value, digits),
    signed: (value, digits = 1) => sign(value, digits) + written(Math.abs(value), digits),
    percent: (value, digits = 1) => written(value, digits, { style: 'unit', unit: 'percent' }),
    weight,
    weightChange: (lb) => sign(units === 'metric' ? lbToKg(lb) : lb, 1) + weight(Math.abs(lb)),
    plural: (count) => rules.select(count),
  };
}

/**
 * The plural rules of a locale. Hermes, on which React Native runs, has no Intl.PluralRules; there the rules of the languages
 * that have sentences here are used (CLDR 46).
 */
function pluralRules(locale: string): { select(count: number): Intl.LDMLPluralRule } {
  if (typeof Intl.PluralRules === 'function') return new Intl.PluralRules(locale);
  const mostForOne =
    localeParts(locale).language === 'hi'
      ? (count: number) => count >= 0 && count <= 1
      : (count: number) => count === 1;
  return { select: (count) => (mostForOne(count) ? 'one' : 'other') };
}
