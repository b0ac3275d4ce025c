/** Body fat from height and waist alone. */

import { ADULT_AGE } from './adult-age.ts';
import type { EquationSex } from './sex.ts';

/** Age (years) below which the equation of children is used. */
export const RELATIVE_FAT_MASS_CHILDREN_BELOW = 15;

/** The lowest age (years) to which an equation of this file was fitted. */
export const RELATIVE_FAT_MASS_LEAST_AGE = 8;

/**
 * Error (points, root mean square) on people to whom the equation was not fitted, with the waist measured where the paper
 * below measures it. From 18 years on 3,109 men (2,863 by DXA, of half of NHANES 2011–2018, public domain; 246 by underwater
 * weighing, Penrose 1985, with the waist at the navel) and 2,851 women (by DXA, of the same half). By DXA the error is 3.4
 * points for men and 4.5 for women, by underwater weighing 7.8 for men: the equation was fitted to DXA. Of 8 to 17 years
 * 1,532 boys and 1,445 girls (by DXA, of the same half).
 */
export function relativeFatMassError(ageYears: number, sex: EquationSex): number {
  return (ageYears < ADULT_AGE ? { male: 4.1, female: 3.7 } : { male: 4.0, female: 4.5 })[sex];
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
