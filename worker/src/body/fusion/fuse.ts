/** Combines the body fats of all sources (equations, a model's look, the previous scan) into one. */

import type { EstimateSource, EstimationSource } from '@reddyfit/shared/scan/results';
import { round } from '@reddyfit/shared/scan/measures';
import { withinBody } from '../equations/body-fat-bounds.ts';
import { combineEstimates, type Estimate } from '../equations/combine-estimates.ts';
import { DEVIATIONS_IN_95_PERCENT } from '../equations/interval.ts';
import type { Sex } from '../equations/sex.ts';
import { LOOK_AND_MEASUREMENT } from './visual.ts';

/** The estimate of each source; at least one source must be given. */
export type Sources = Readonly<Partial<Record<EstimateSource, Estimate>>>;

/**
 * The correlation of the previous scan's error with that of the model's look, or of the equation from height and weight. The
 * previous scan was made from such estimates by the same method, and what errs for a person errs the same way again. The mean
 * of two estimates whose errors correlate by r correlates with each by √((1 + r) / 2), which is .87 for r = 0.5; random error,
 * which each photo adds anew, lowers that to 0.85.
 */
const SCAN_BEFORE = 0.85;

const correlationOf = (one: EstimateSource, other: EstimateSource) =>
  one === 'history' || other === 'history' ? SCAN_BEFORE : LOOK_AND_MEASUREMENT;

/** Body fat (% of body mass), its 95 % interval, its standard deviation (points), and the sources it was made from. */
export interface Fused {
  readonly bodyFatPercent: number;
  readonly low: number;
  readonly high: number;
  readonly sd: number;
  readonly sources: EstimationSource[];
}

/**
 * The sources combined by their standard deviations (see combine-estimates.ts). The previous scan gets no weight beside a
 * measurement: the same equations from the same kind of photos made it, so it would count their errors twice, and would hide
 * what has changed since. Numbers are rounded to a tenth of a point, weights to a hundredth. Throws RangeError without a source.
 */
export function fuse(sources: Sources, sex: Sex): Fused {
  const given = Object.entries(sources) as [EstimateSource, Estimate][];
  const counted = given.filter(([source]) => source !== 'history' || !sources.measurement);
  const { percent, sd, weights } = combineEstimates(
    counted.map(([, estimate]) => estimate),
    (one, other) => correlationOf(counted[one]![0], counted[other]![0]),
  );
  const shown = (value: number) => round(withinBody(value, sex), 1);
  return {
    bodyFatPercent: shown(percent),
    low: shown(percent - DEVIATIONS_IN_95_PERCENT * sd),
    high: shown(percent + DEVIATIONS_IN_95_PERCENT * sd),
    sd,
    sources: given.map((each) => ({
      source: each[0],
      bodyFatPercent: round(each[1].percent, 1),
      sd: round(each[1].sd, 1),
      weight: round(weights[counted.indexOf(each)] ?? 0, 2),
    })),
  };
}
