/** Tells whether a weight can belong to a height, and whether it can follow the weight of the scan before. */

import { heightCmOf, lbToKg } from '@reddyfit/shared/scan/measures';

/**
 * Body mass indices (kg/m²) that are possible at all. Assumed bounds with room on both sides: the lowest that people were known to
 * survive is about 9 to 10 (Frölich et al. 2016, J Eat Disord 4:20, names survivals below 11), and above 80 only single cases are known.
 */
const POSSIBLE_BMI = { min: 10, max: 80 } as const;

/** True when somebody can have this weight (lb) at this height (cm). */
export function canBelongTogether(weightLb: number, heightCm: number): boolean {
  const bmi = lbToKg(weightLb) / (heightCm / 100) ** 2;
  return bmi >= POSSIBLE_BMI.min && bmi <= POSSIBLE_BMI.max;
}

/**
 * Pounds in a kilogram. When the ratio of two weights of one person differs from it by no more than UNIT_MARGIN (a share), one
 * of them is taken to have been sent in the wrong unit.
 */
const LB_PER_KG = 1 / lbToKg(1);
const UNIT_MARGIN = 0.15;

/** A scan that is older (days) is not compared: half the weight can be lost in two years after an operation. */
const PAST_DAYS = 400;

/** The share of their weight that nobody loses or gains within a month (days); assumed. */
const MONTH = { days: 31, share: 0.25 } as const;

/** Why a weight is doubtful after the weight of an earlier scan. */
export type WeightDoubt = 'kilograms_as_pounds' | 'pounds_as_kilograms' | 'too_far';

/**
 * Says why `weightLb` (lb) is doubtful after the weight (lb) of a scan that was made `days` before; null when it may follow.
 */
export function weightDoubt(
  weightLb: number,
  before: { weightLb: number; days: number },
): WeightDoubt | null {
  if (before.days > PAST_DAYS) return null;
  const ratio = weightLb / before.weightLb;
  const isNear = (value: number) => Math.abs(value / LB_PER_KG - 1) <= UNIT_MARGIN;
  if (isNear(1 / ratio)) return 'kilograms_as_pounds';
  if (isNear(ratio)) return 'pounds_as_kilograms';
  return before.days <= MONTH.days && Math.abs(ratio - 1) > MONTH.share ? 'too_far' : null;
}

/**
 * The share by which a height may differ from that of the scan before: two measurements, one of them with shoes, and half a
 * year of growth at 16.
 */
const SAME_HEIGHT = 0.06;

/**
 * True when the height (cm) is not the one from which an earlier scan's body mass index (kg/m²) was computed with its weight
 * (lb).
 */
export function isOtherHeight(heightCm: number, before: { weightLb: number; bmi: number }): boolean {
  return Math.abs(heightCm / heightCmOf(before.weightLb, before.bmi) - 1) > SAME_HEIGHT;
}
