/** Body fat from body mass index, age and sex. A model's estimate from photos is checked against it, too. */

import { ADULT_AGE } from './adult-age.ts';
import type { Sex } from './sex.ts';

/** Age (years) below which the equation of children is used. */
export const BY_BMI_CHILDREN_BELOW = 16;

/**
 * Error (points, root mean square) by DXA on people to whom the equation was not fitted: from 18 years on 5,714 people, of 8 to
 * 17 years 2,977 (half of NHANES 2011–2018, public domain). The paper below states 4.1 and, for children, 4.4 against
 * underwater weighing. Minors are told 6.7 points too little of what DXA says.
 */
export function bodyFatByBmiError(ageYears: number): number {
  return ageYears < ADULT_AGE ? 8.6 : 6.0;
}

/**
 * Body fat (% of body mass) by Deurenberg, Weststrate & Seidell (1991), "Body mass index as a measure of body
 * fatness: age- and sex-specific prediction formulas", Br J Nutr 65:105–114. `bmi` in kg/m². The equation counts
 * muscle as fat.
 */
export function bodyFatByBmi(bmi: number, ageYears: number, sex: Sex): number {
  // 0.5 gives the mean of the two sexes' results, which differ by a constant.
  const male = { male: 1, female: 0, unspecified: 0.5 }[sex];
  return ageYears < BY_BMI_CHILDREN_BELOW
    ? 1.51 * bmi - 0.7 * ageYears - 3.6 * male + 1.4
    : 1.2 * bmi + 0.23 * ageYears - 10.8 * male - 5.4;
}
