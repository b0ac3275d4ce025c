/** Body-fat bands, and the goal that follows from them. */

import { ADULT_AGE } from './adult-age.ts';
import type { NutritionResult } from '@reddyfit/shared/scan/results';
import { isUnderweight } from './body-composition.ts';
import type { Sex } from './sex.ts';

export type Goal = NutritionResult['goal'];

/** Body-fat bands, from the lowest body fat to the highest. */
export type BodyFatBand = 'essential' | 'athletic' | 'fit' | 'average' | 'high';

/** Where each band ends (% body fat, exclusive): American Council on Exercise, percent body fat norms (Muth 2009). */
const BAND_ENDS: Record<Sex, readonly (readonly [number, BodyFatBand])[]> = {
  female: [
    [14, 'essential'],
    [21, 'athletic'],
    [25, 'fit'],
    [32, 'average'],
  ],
  male: [
    [6, 'essential'],
    [14, 'athletic'],
    [18, 'fit'],
    [25, 'average'],
  ],
  unspecified: [
    [10, 'essential'],
    [17.5, 'athletic'],
    [21.5, 'fit'],
    [28.5, 'average'],
  ],
};

/** The band of a body fat (%). For an unspecified sex each band ends half way between its ends for men and for women. */
export function bodyFatBand(bodyFatPercent: number, sex: Sex): BodyFatBand {
  return BAND_ENDS[sex].find(([end]) => bodyFatPercent < end)?.[1] ?? 'high';
}

/**
 * The goal of nutrition and workout: lose fat in the highest band, gain muscle in the two lowest, otherwise maintain.
 * Whatever the band, the goal of minors is to maintain, since their bodies still grow, and that of underweight adults is to gain muscle.
 */
export function goalFor(facts: { bodyFatPercent: number; bmi: number; sex: Sex; ageYears: number }): Goal {
  if (facts.ageYears < ADULT_AGE) return 'maintain';
  if (isUnderweight(facts.bmi)) return 'gain_muscle';
  switch (bodyFatBand(facts.bodyFatPercent, facts.sex)) {
    case 'high':
      return 'lose_fat';
    case 'essential':
    case 'athletic':
      return 'gain_muscle';
    case 'fit':
    case 'average':
      return 'maintain';
  }
}
