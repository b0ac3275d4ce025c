/** Converts lengths and weights between the system's units and those of a reader. */

import type { Weight } from '@reddyfit/client';
import { lbToKg } from '@reddyfit/shared/scan/measures';
import type { Scan } from '@reddyfit/client';
import type { Units } from '@reddyfit/shared/words/reader';

const CM_PER_INCH = 2.54;
const INCHES_PER_FOOT = 12;

/** A length (cm) in the reader's unit, cm or in. */
export const lengthIn = (units: Units, cm: number) => (units === 'metric' ? cm : cm / CM_PER_INCH);

/** A weight (lb) in the reader's unit, kg or lb. */
export const weightIn = (units: Units, lb: number) => (units === 'metric' ? lbToKg(lb) : lb);

/** Height (cm) as whole feet and inches. */
export function feetAndInches(cm: number): { feet: number; inches: number } {
  const inches = Math.round(cm / CM_PER_INCH);
  return { feet: Math.floor(inches / INCHES_PER_FOOT), inches: inches % INCHES_PER_FOOT };
}

/** Height (cm), to a tenth. */
export const cmOf = (feet: number, inches: number) =>
  Math.round((feet * INCHES_PER_FOOT + inches) * CM_PER_INCH * 10) / 10;

/** The weight of a scan as its user sent it. */
export const sentWeight = ({ weightKg, weightLb }: Pick<Scan, 'weightKg' | 'weightLb'>): Weight =>
  weightKg === undefined ? { lb: weightLb } : { kg: weightKg };
