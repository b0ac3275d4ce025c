/** How much a model's look at the photos counts beside a measurement. */

import type { Estimate } from '../equations/combine-estimates.ts';

/** Body fat (%) that a model sees, and the ends of the range in which it is 80 % sure that the body fat lies. */
export interface VisualRange {
  readonly bodyFatPercent: number;
  readonly low: number;
  readonly high: number;
}

/** Half the width of an 80 % range (standard deviations), for normal errors. */
const DEVIATIONS_IN_80_PERCENT = 1.2816;

/**
 * The smallest standard deviation (points) that is assumed for a model's estimate: a little more than that of the equations
 * on people to whom they were not fitted. A network that was trained on X-ray measurements reaches 3.0 from photos (Majmudar
 * et al. 2022, npj Digit Med 5:79: mean error 2.3 ± 1.8); a general model has no such training.
 */
const LEAST_SD = 6;

/**
 * The factor on the standard deviation of a model that had to be shown the measurement. It reduces the weight of the model's
 * estimate to a quarter or less.
 */
const SECOND_LOOK = 2;

/** A model and a measurement disagree when they are further apart than this (standard deviations of the difference). */
const DISAGREEMENT = 2.5;

/** The model's estimate. Its standard deviation (points) comes from the model's own range, but is not below LEAST_SD. */
export function visualEstimate({ bodyFatPercent, low, high }: VisualRange, lookedTwice = false): Estimate {
  const own = (high - low) / (2 * DEVIATIONS_IN_80_PERCENT);
  return { percent: bodyFatPercent, sd: Math.max(LEAST_SD, own) * (lookedTwice ? SECOND_LOOK : 1) };
}

/**
 * The correlation of the errors of a model's look and a measurement (0 to 1), which see the same photos. Assumed to be lower
 * than between equations (.74 to .98), since the model sees muscle where the equations know only girths.
 */
export const LOOK_AND_MEASUREMENT = 0.5;

/**
 * True when the model's body fat is further from the measurement than 2.5 standard deviations of their difference. A second
 * answer of the model is judged the same way as the first.
 */
export function disagrees(seen: VisualRange, measured: Estimate): boolean {
  const visual = visualEstimate(seen);
  const shared = 2 * LOOK_AND_MEASUREMENT * visual.sd * measured.sd;
  const sd = Math.sqrt(visual.sd ** 2 + measured.sd ** 2 - shared);
  return Math.abs(visual.percent - measured.percent) > DISAGREEMENT * sd;
}
