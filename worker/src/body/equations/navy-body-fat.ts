/** Body fat from girths and height, as the US Navy measures it. */

import type { Sex } from './sex.ts';

/** Girths and height (cm). */
export interface NavyGirths {
  readonly sex: Sex;
  readonly heightCm: number;
  /** Below the larynx. */
  readonly neckCm: number;
  /** The abdomen: at the navel of men, at the narrowest place of women. */
  readonly waistCm: number;
  /** At the widest place; counts for women only. */
  readonly hipCm: number;
}

/** Standard error of the estimate (points) against underwater weighing, as the reports below state it. */
export const NAVY_STANDARD_ERROR: Record<Sex, number> = { male: 3.52, female: 3.72 };

/**
 * Body fat (% of body mass) by Hodgdon & Beckett (1984), "Prediction of percent body fat for U.S. Navy men and women from
 * body circumferences and height", Naval Health Research Center reports 84-11 and 84-29: body density from logarithms of
 * girths and height in cm, and from density body fat by Siri (1961). Throws RangeError when no body has such girths: when
 * the neck is no smaller than what it is taken from, or the density no longer one of tissue.
 */
export function navyBodyFat({ sex, heightCm, neckCm, waistCm, hipCm }: NavyGirths): number {
  const girthCm = sex === 'male' ? waistCm - neckCm : waistCm + hipCm - neckCm;
  const density =
    sex === 'male'
      ? 1.0324 - 0.19077 * Math.log10(girthCm) + 0.15456 * Math.log10(heightCm)
      : 1.29579 - 0.35004 * Math.log10(girthCm) + 0.221 * Math.log10(heightCm);
  const percent = 495 / density - 450;
  // Fat alone has 0.9 g/mL, which Siri's equation reads as 100 %. The comparisons are false of NaN, too.
  if (!(girthCm > 0 && percent > -20 && percent < 100)) throw new RangeError('no body has such girths');
  return percent;
}
