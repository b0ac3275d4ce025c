/** Body fat from body mass index, age and sex by an equation that is quadratic in the body mass index. */

import type { EquationSex } from './sex.ts';

/** From this body mass index (kg/m²) on, the equation reads 7 points high: it was fitted to few people that heavy. */
const VERY_HEAVY_BMI = 40;

/** Below this body mass index (kg/m²) the equation reads 6 points low. */
const VERY_THIN_BMI = 18.5;

/**
 * Error (points, root mean square) at a body mass index (kg/m²), on people who were not among those to whom the equation
 * was fitted: below 18.5 kg/m² 129 people (121 by DXA, of half of NHANES 2011–2018, public domain; 8 by underwater weighing,
 * Slack 1997), from there to 40 kg/m² 728 men (246 by underwater weighing, Penrose 1985; 482 by DXA, NHANES 2017–2018, public
 * domain) and 601 women (92 by underwater weighing, Slack 1997; 509 by DXA), from 40 kg/m² on 83 people by DXA. Of the sets
 * NHANES and Slack, half of the people were used. The paper below states 4.66 for its own people.
 */
export function cunBaeError(bmi: number, sex: EquationSex): number {
  if (bmi >= VERY_HEAVY_BMI) return 8.1;
  if (bmi < VERY_THIN_BMI) return 8.4;
  return sex === 'male' ? 5.9 : 5.0;
}

/**
 * Body fat (% of body mass) by CUN-BAE: Gómez-Ambrosi et al. (2012), "Clinical usefulness of a new equation for estimating
 * body fat", Diabetes Care 35:383–388. Fitted to 6510 white adults of 18 to 80 years. `bmi` in kg/m².
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
