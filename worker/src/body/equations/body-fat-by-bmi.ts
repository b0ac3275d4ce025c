/** Body fat from body mass index, age and sex. A model's estimate from photos is checked against it, too. */

import type { Sex } from './sex.ts';

/** The highest age (years) for which the children's equation is used. */
const CHILD_MAX_AGE = 15;

/** Standard error of the estimate (points) against underwater weighing, as the paper below states it. */
export function bodyFatByBmiStandardError(ageYears: number): number {
  return ageYears <= CHILD_MAX_AGE ? 4.4 : 4.1;
}

/**
 * Body fat (% of body mass) by Deurenberg, Weststrate & Seidell (1991), "Body mass index as a measure of body
 * fatness: age- and sex-specific prediction formulas", Br J Nutr 65:105–114. `bmi` in kg/m². The equation counts
 * muscle as fat.
 */
export function bodyFatByBmi(bmi: number, ageYears: number, sex: Sex): number {
  // 0.5 gives the mean of the two sexes' results, which differ by a constant.
  const male = { male: 1, female: 0, unspecified: 0.5 }[sex];
  return ageYears <= CHILD_MAX_AGE
    ? 1.51 * bmi - 0.7 * ageYears - 3.6 * male + 1.4
    : 1.2 * bmi + 0.23 * ageYears - 10.8 * male - 5.4;
}
