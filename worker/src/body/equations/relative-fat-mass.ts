/** Body fat from height and waist alone. */

import type { EquationSex } from './sex.ts';

/**
 * Error (points, root mean square) on people to whom the equation was not fitted, with the waist measured where the paper
 * below measures it: 752 men (506 by DXA, NHANES 2017–2018, public domain, half of the set; 246 by underwater weighing,
 * Penrose 1985, with the waist at the navel) and 568 women (by DXA, of the same half of NHANES). By DXA the error is 3.4
 * points for men and 4.5 for women, by underwater weighing 7.8 for men: the equation was fitted to DXA.
 */
export const RELATIVE_FAT_MASS_ERROR: Record<EquationSex, number> = { male: 5.3, female: 4.5 };

/**
 * Body fat (% of body mass) by Woolcott & Bergman (2018), "Relative fat mass (RFM) as a new estimator of whole-body fat
 * percentage", Sci Rep 8:10980; fitted to 12 581 adults with DXA (NHANES 1999–2004). Height in cm; waist in cm, measured
 * just above the iliac crest, where it is 3 to 10 % larger than at the narrowest place. Throws RangeError for a waist that
 * is not above 0.
 */
export function relativeFatMass(heightCm: number, waistCm: number, sex: EquationSex): number {
  if (!(waistCm > 0)) throw new RangeError('a waist is longer than nothing');
  return 64 - (20 * heightCm) / waistCm + (sex === 'female' ? 12 : 0);
}
