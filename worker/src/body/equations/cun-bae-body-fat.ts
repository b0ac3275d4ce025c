/** Body fat from body mass index, age and sex by a curve instead of a line. */

import type { EquationSex } from './sex.ts';

/** From this body mass index (kg/m²) on the curve, made of few such people, reads 7 points high. */
const VERY_HEAVY_BMI = 40;

/**
 * Error (points, root mean square) on people whom the equation was not made of, at a body mass index (kg/m²): 728 men (246 under water,
 * Penrose 1985; 482 by DXA, NHANES 2017–2018, public domain) and 601 women (92 under water, Slack 1997; 509 by DXA) below 40 kg/m², 83 people
 * by DXA above. Of the last two sets, half. The paper below states 4.66 for its own people.
 */
export function cunBaeError(bmi: number, sex: EquationSex): number {
  if (bmi >= VERY_HEAVY_BMI) return 8.1;
  return sex === 'male' ? 5.9 : 5.0;
}

/**
 * Body fat (% of body mass) by CUN-BAE: Gómez-Ambrosi et al. (2012), "Clinical usefulness of a new equation for estimating
 * body fat", Diabetes Care 35:383–388. Made of 6510 white adults of 18 to 80 years. `bmi` in kg/m².
 */
export function cunBaeBodyFat(bmi: number, ageYears: number, sex: EquationSex): number {
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
