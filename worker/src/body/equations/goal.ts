/** Body-fat bands, and the goal that follows from them. */

import type { NutritionResult } from '@reddyfit/shared/scan/results';
import { isUnderweight } from './body-composition.ts';
import type { Sex } from './sex.ts';

export type Goal = NutritionResult['goal'];

/** From the lowest body fat to the highest. */
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

/** The band of a body fat (%). Of somebody who does not say their sex, each band ends half way between both. */
export function bodyFatBand(bodyFatPercent: number, sex: Sex): BodyFatBand {
  return BAND_ENDS[sex].find(([end]) => bodyFatPercent < end)?.[1] ?? 'high';
}

/** Age (years) from which a plan may cut energy: growing bodies are left alone. */
const ADULT_AGE = 18;

/**
 * The goal of nutrition and workout: less fat in the highest band, more muscle in the two lowest, otherwise hold.
 * The underweight build up, and minors hold, whatever the band.
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
