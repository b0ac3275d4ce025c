/** Body fat from girths and height, by the equations of the US Navy. */

import type { EquationSex } from './sex.ts';

/** Girths and height (cm). */
export interface NavyGirths {
  readonly sex: EquationSex;
  readonly heightCm: number;
  /** The neck's girth, measured below the larynx. */
  readonly neckCm: number;
  /** The abdomen's girth: for men at the navel, for women at the narrowest place. */
  readonly waistCm: number;
  /** The hip's girth at the widest place; used for women only. */
  readonly hipCm: number;
}

/**
 * Error (points) on people to whom the equations were not fitted, by tape and underwater weighing: 246 men (Penrose, Nelson &
 * Fisher 1985, Med Sci Sports Exerc 17:189; free for non-commercial use; root mean square), and 183 women of 18 to 25 years
 * (Slack 1997, thesis, Brigham Young University, with R. W. Johnson, J Stat Data Sci Educ 2021, 29:304; also `wfat` of the R
 * package faraway, GPL). Of the women 95 % err by at most 8.6 points, which is 1.96 times 4.4; that is rounded up, because they
 * are few. Their root mean square of 5.0 would make an interval that holds 97 %, since most of it is a bias. The equations read
 * high, by 2.3 points for the men and 3.5 for the women. The reports below state 3.52 and 3.72 for their own people.
 */
export const NAVY_ERROR: Record<EquationSex, number> = { male: 5.0, female: 4.6 };

/** The equations' numbers for a density (g/mL): a constant, and the factors of the logarithms of girth and height. */
const DENSITY: Record<EquationSex, { start: number; girth: number; height: number }> = {
  male: { start: 1.0324, girth: 0.19077, height: 0.15456 },
  female: { start: 1.29579, girth: 0.35004, height: 0.221 },
};

/**
 * Body fat (% of body mass) by Hodgdon & Beckett (1984), "Prediction of percent body fat for U.S. Navy men and women from
 * body circumferences and height", Naval Health Research Center reports 84-11 and 84-29: body density from logarithms of
 * girths and height in cm, and from density body fat by Siri (1961). Throws RangeError when no body has such girths: when
 * the neck is not smaller than the girth from which it is subtracted, or when the density is not one of tissue.
 */
export function navyBodyFat({ sex, heightCm, neckCm, waistCm, hipCm }: NavyGirths): number {
  const girthCm = sex === 'male' ? waistCm - neckCm : waistCm + hipCm - neckCm;
  const { start, girth, height } = DENSITY[sex];
  const density = start - girth * Math.log10(girthCm) + height * Math.log10(heightCm);
  const percent = 495 / density - 450;
  // Pure fat has 0.9 g/mL, for which Siri's equation gives 100 %. A NaN makes the comparisons false and is refused, too.
  if (!(girthCm > 0 && percent > -20 && percent < 100)) throw new RangeError('no body has such girths');
  return percent;
}

/**
 * What the equation says of a body whose girths and height are `scale` times those of one for which it says `percent`. The girths
 * need not be known: such a body differs by the logarithm of the scale alone.
 */
export function navyOfScaledBody(percent: number, sex: EquationSex, scale: number): number {
  const { girth, height } = DENSITY[sex];
  return 495 / (495 / (percent + 450) + (height - girth) * Math.log10(scale)) - 450;
}
