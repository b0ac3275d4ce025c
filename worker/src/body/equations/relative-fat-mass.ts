/** Body fat from height and waist alone. */

import type { Sex } from './sex.ts';

/**
 * Standard error (points) that we count on. The paper judges its equation by how often it misclassifies and by shares
 * within a distance, so this is no figure of its own: it is CUN-BAE's 4.66 rounded up, so that an equation without a
 * published error never counts for more than those with one.
 */
export const RELATIVE_FAT_MASS_STANDARD_ERROR = 4.7;

/**
 * Body fat (% of body mass) by Woolcott & Bergman (2018), "Relative fat mass (RFM) as a new estimator of whole-body fat
 * percentage", Sci Rep 8:10980; made of 12 581 adults with DXA (NHANES 1999–2004). Height and waist in cm. Throws
 * RangeError for a waist that is none.
 */
export function relativeFatMass(heightCm: number, waistCm: number, sex: Sex): number {
  if (!(waistCm > 0)) throw new RangeError('a waist is longer than nothing');
  return 64 - (20 * heightCm) / waistCm + (sex === 'female' ? 12 : 0);
}
