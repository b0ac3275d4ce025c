/** Converts a prompt's facts to the user's units, so that the model need not convert numbers that it writes. */

import { lbToKg, round } from '@reddyfit/shared/scan/measures';
import type { Units } from '@reddyfit/shared/words/reader';

/** Matches a fact's name that ends in the unit: `leanMassLb`, `weightLbPerWeek`. */
const IN_POUNDS = /Lb(?=PerWeek$|$)/;

/**
 * For `metric`, converts every number in pounds (lb), at any depth, to kilograms (kg) and renames it. Otherwise returns
 * the facts unchanged.
 */
export function factsInUnits<Facts extends Record<string, unknown>>(
  facts: Facts,
  units: Units | undefined,
): Record<string, unknown> {
  return units === 'metric' ? (inKilograms(facts) as Record<string, unknown>) : facts;
}

function inKilograms(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inKilograms);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) =>
      typeof part === 'number' && IN_POUNDS.test(name)
        ? [name.replace(IN_POUNDS, 'Kg'), round(lbToKg(part), name.endsWith('PerWeek') ? 2 : 1)]
        : [name, inKilograms(part)],
    ),
  );
}
