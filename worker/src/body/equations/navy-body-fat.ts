/** Body fat from girths and height, as the US Navy measures it. */

import type { EquationSex } from './sex.ts';

/** Girths and height (cm). */
export interface NavyGirths {
  readonly sex: EquationSex;
  readonly heightCm: number;
  /** Below the larynx. */
  readonly neckCm: number;
  /** The abdomen: at the navel of men, at the narrowest place of women. */
  readonly waistCm: number;
  /** At the widest place; counts for women only. */
  readonly hipCm: number;
}

/**
 * Error (points, root mean square) on people whom the equation was not made of, by tape and underwater weighing: 246 men (Penrose, Nelson
 * & Fisher 1985, Med Sci Sports Exerc 17:189; free for non-commercial use), 92 women of 18 to 25 years (Slack 1997, thesis, Brigham Young
 * University; half of the set; 5.33, rounded up
 * for so few). It reads high on both, by 2.3 and 3.8 points. The reports below state 3.52 and 3.72 for their own people.
 */
export const NAVY_ERROR: Record<EquationSex, number> = { male: 5.0, female: 5.5 };

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
