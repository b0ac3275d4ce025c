/** Whether a weight can belong to its height, and follow the weight of the scan before. */

import { lbToKg } from '@reddyfit/shared/scan/measures';

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

/** Pounds in a kilogram, and how far from it (share) two weights of one person still count as one in pounds, one in kilograms. */
const LB_PER_KG = 1 / lbToKg(1);
const UNIT_MARGIN = 0.15;

/** A scan so long ago (days) says nothing: half the weight can be lost in two years after an operation. */
const PAST_DAYS = 400;

/** Share of the weight that nobody loses or gains within a month (days); assumed. */
const MONTH = { days: 31, share: 0.25 } as const;

/** What is doubtful of a weight after the weight of an earlier scan. */
export type WeightDoubt = 'kilograms_as_pounds' | 'pounds_as_kilograms' | 'too_far';

/** Null when the weight (lb) may follow the weight (lb) of a scan made so many days before. */
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

/** Share by which a height may differ from that of the scan before: measured twice, with shoes once, and half a year of growth at 16. */
const SAME_HEIGHT = 0.06;

/** True when the height (cm) is another than that by which an earlier scan's weight (lb) made its body mass index (kg/m²). */
export function isOtherHeight(heightCm: number, before: { weightLb: number; bmi: number }): boolean {
  const beforeCm = 100 * Math.sqrt(lbToKg(before.weightLb) / before.bmi);
  return Math.abs(heightCm / beforeCm - 1) > SAME_HEIGHT;
}
