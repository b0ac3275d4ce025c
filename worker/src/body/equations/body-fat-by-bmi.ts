/** Body fat from body mass index, age and sex: what a photo's estimate is checked against. */

import type { Sex } from './sex.ts';

/** Children up to this age (years) have an equation of their own. */
const CHILD_MAX_AGE = 15;

/** Standard error of the estimate (points) against underwater weighing, as the paper below states it. */
export function bodyFatByBmiStandardError(ageYears: number): number {
  return ageYears <= CHILD_MAX_AGE ? 4.4 : 4.1;
}

/**
 * Body fat (% of body mass) by Deurenberg, Weststrate & Seidell (1991), "Body mass index as a measure of body
 * fatness: age- and sex-specific prediction formulas", Br J Nutr 65:105–114. It reads muscle as fat.
 */
export function bodyFatByBmi(bmi: number, ageYears: number, sex: Sex): number {
  // The mean of both, which differ by a constant, of somebody who does not say.
  const male = { male: 1, female: 0, unspecified: 0.5 }[sex];
  return ageYears <= CHILD_MAX_AGE
    ? 1.51 * bmi - 0.7 * ageYears - 3.6 * male + 1.4
    : 1.2 * bmi + 0.23 * ageYears - 10.8 * male - 5.4;
}
