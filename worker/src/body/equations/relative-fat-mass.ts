/** Body fat from height and waist alone. */

import type { EquationSex } from './sex.ts';

/**
 * Error (points, root mean square) on people whom the equation was not made of, with the waist where its paper has it: 752 men (246
 * under water, Penrose 1985, at the navel; 506 by DXA, NHANES 2017–2018, public domain, half of the set), 568 women (by DXA, the same).
 * By DXA it is 3.4 points of men and 4.5 of women, under water 7.8 of men: the equation was made to agree with DXA.
 */
export const RELATIVE_FAT_MASS_ERROR: Record<EquationSex, number> = { male: 5.3, female: 4.5 };

/**
 * Body fat (% of body mass) by Woolcott & Bergman (2018), "Relative fat mass (RFM) as a new estimator of whole-body fat
 * percentage", Sci Rep 8:10980; made of 12 581 adults with DXA (NHANES 1999–2004). Height in cm; waist in cm just above the
 * iliac crest, which is 3 to 10 % more than the narrowest. Throws
 * RangeError for a waist that is none.
 */
export function relativeFatMass(heightCm: number, waistCm: number, sex: EquationSex): number {
  if (!(waistCm > 0)) throw new RangeError('a waist is longer than nothing');
  return 64 - (20 * heightCm) / waistCm + (sex === 'female' ? 12 : 0);
}
