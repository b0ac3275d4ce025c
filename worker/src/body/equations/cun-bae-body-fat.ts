/** Body fat from body mass index, age and sex by a curve instead of a line. */

import type { Sex } from './sex.ts';

/** Standard error of the estimate (points) against air displacement plethysmography, as the paper below states it. */
export const CUN_BAE_STANDARD_ERROR = 4.66;

/**
 * Body fat (% of body mass) by CUN-BAE: Gómez-Ambrosi et al. (2012), "Clinical usefulness of a new equation for estimating
 * body fat", Diabetes Care 35:383–388. Made of 6510 white adults of 18 to 80 years. `bmi` in kg/m².
 */
export function cunBaeBodyFat(bmi: number, ageYears: number, sex: Sex): number {
  const female = sex === 'female' ? 1 : 0;
  return (
    -44.988 +
    0.503 * ageYears +
    10.689 * female +
    3.172 * bmi -
    0.026 * bmi ** 2 +
    0.181 * bmi * female -
    0.02 * bmi * ageYears -
    0.005 * bmi ** 2 * female +
    0.00021 * bmi ** 2 * ageYears
  );
}
