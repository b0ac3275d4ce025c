/** Body fat from height and waist alone. */

import { ADULT_AGE } from './adult-age.ts';
import type { EquationSex } from './sex.ts';

/** Age (years) below which the equation of children is used. */
export const RELATIVE_FAT_MASS_CHILDREN_BELOW = 15;

/** The lowest age (years) to which an equation of this file was fitted. */
export const RELATIVE_FAT_MASS_LEAST_AGE = 8;

/**
 * The body mass indices (kg/m²) between which the error for men falls in a line from that of lean men to that of heavy ones (points).
 * By underwater weighing (246 men, Penrose 1985, with the waist at the navel) the equation errs by 9.2 points below 25 kg/m², 6.5
 * from there to 30 and 4.4 beyond, mostly high, and by DXA (2,814 men, half of NHANES 2011–2018, public domain) by 3.2, 3.3 and 3.6:
 * it was fitted to DXA, and the two ways disagree about lean men. Nobody knows which is right, so each counts half, which is 6.9
 * below 25, rounded up so that the interval holds 92 % of those under water, and 4.0 of the heavy.
 */
const MEN = { lean: { bmi: 25, error: 7.0 }, heavy: { bmi: 32, error: 4.0 } } as const;

/**
 * Error (points) on people to whom the equation was not fitted, with the waist measured where the paper below measures it. Of
 * women from 18 years on the root mean square of 2,851 (by DXA, of the same half of NHANES), of 8 to 17 years that of 1,532 boys
 * and 1,445 girls (by DXA, of that half).
 */
export function relativeFatMassError(ageYears: number, sex: EquationSex, bmi: number): number {
  if (ageYears < ADULT_AGE) return { male: 4.1, female: 3.7 }[sex];
  if (sex === 'female') return 4.5;
  const { lean, heavy } = MEN;
  const part = Math.min(1, Math.max(0, (bmi - lean.bmi) / (heavy.bmi - lean.bmi)));
  return lean.error + part * (heavy.error - lean.error);
}

/**
 * Body fat (% of body mass) by Woolcott & Bergman (2018), "Relative fat mass (RFM) as a new estimator of whole-body fat
 * percentage", Sci Rep 8:10980; fitted to 12 581 adults with DXA (NHANES 1999–2004). Below 15 years by their equation of
 * children, and from 15 years on by that of adults: Woolcott & Bergman (2019), "Relative Fat Mass as an estimator of
 * whole-body fat percentage among children and adolescents", Sci Rep 9:15279 (10 390 people of 8 to 19 years, NHANES
 * 1999–2006). Height in cm; waist in cm, measured just above the iliac crest, where it is 3 to 10 % larger than at the
 * narrowest place. Throws RangeError for a waist that is not above 0.
 */
export function relativeFatMass(
  heightCm: number,
  waistCm: number,
  sex: EquationSex,
  ageYears: number,
): number {
  if (!(waistCm > 0)) throw new RangeError('a waist is longer than nothing');
  const slenderness = heightCm / waistCm;
  return ageYears < RELATIVE_FAT_MASS_CHILDREN_BELOW
    ? 74 - 22 * slenderness + (sex === 'female' ? 5 : 0)
    : 64 - 20 * slenderness + (sex === 'female' ? 12 : 0);
}
