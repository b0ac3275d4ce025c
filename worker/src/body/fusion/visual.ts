/** What a model's look at the photos is worth beside a measurement. */

import type { Estimate } from '../equations/combine-estimates.ts';

/** Body fat (%) that a model sees, and the ends of the range it is 80 % sure of. */
export interface VisualRange {
  readonly bodyFatPercent: number;
  readonly low: number;
  readonly high: number;
}

/** Half the width of an 80 % range in standard deviations, were the errors normal. */
const DEVIATIONS_IN_80_PERCENT = 1.2816;

/**
 * Least standard deviation (points) that a model is believed to have. Assumed: a little more than that of the equations on people whom they
 * were not made of. A network that was trained on X-ray measurements comes to 3.0 from photos (Majmudar et al. 2022, npj Digit Med
 * 5:79: mean error 2.3 ± 1.8); a general model was not.
 */
const LEAST_SD = 6;

/** By how much a model that had to be shown the measurement is less certain: it counts for a quarter or less. */
const SECOND_LOOK = 2;

/** From how many standard deviations of the difference on a model and a measurement disagree. */
const DISAGREEMENT = 2.5;

/** The model's estimate with a standard deviation from its own range, but not below the least. */
export function visualEstimate({ bodyFatPercent, low, high }: VisualRange, lookedTwice = false): Estimate {
  const own = (high - low) / (2 * DEVIATIONS_IN_80_PERCENT);
  return { percent: bodyFatPercent, sd: Math.max(LEAST_SD, own) * (lookedTwice ? SECOND_LOOK : 1) };
}

/**
 * How much a look and a measurement err together, 0 to 1: they see the same photos. An assumption; less than between
 * equations (.74 to .98), since the model sees muscle where they know only girths.
 */
export const LOOK_AND_MEASUREMENT = 0.5;

/**
 * Whether what a model saw is further from the measurement than 2.5 standard deviations of their difference. The second
 * answer is judged by the same measure as the first.
 */
export function disagrees(seen: VisualRange, measured: Estimate): boolean {
  const visual = visualEstimate(seen);
  const shared = 2 * LOOK_AND_MEASUREMENT * visual.sd * measured.sd;
  const sd = Math.sqrt(visual.sd ** 2 + measured.sd ** 2 - shared);
  return Math.abs(visual.percent - measured.percent) > DISAGREEMENT * sd;
}
