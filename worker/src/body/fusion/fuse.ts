/** One body fat from what was measured, seen and known before. */

import type { EstimateSource, EstimationSource } from '@reddyfit/shared/scan/results';
import { round } from '@reddyfit/shared/scan/measures';
import { withinBody } from '../equations/body-fat-bounds.ts';
import { combineEstimates, type Estimate } from '../equations/combine-estimates.ts';
import type { Sex } from '../equations/sex.ts';
import { LOOK_AND_MEASUREMENT } from './visual.ts';

/** What each source says; one at least. */
export type Sources = Readonly<Partial<Record<EstimateSource, Estimate>>>;

/**
 * How much the scan before errs with either. It was made of both by the same means, and what an equation gets wrong of a person it gets
 * wrong again: the mean of two estimates that err together by r errs with each by √((1 + r) / 2), which is .87. The rest is
 * chance, which a photo adds anew. So beside a measurement the scan before counts for nothing, and is not counted twice.
 */
const SCAN_BEFORE = 0.85;

const correlationOf = (one: EstimateSource, other: EstimateSource) =>
  one === 'history' || other === 'history' ? SCAN_BEFORE : LOOK_AND_MEASUREMENT;

/** Half a 95 % interval in standard deviations. */
export const DEVIATIONS_IN_95_PERCENT = 1.96;

/** Body fat (% of body mass), its 95 % interval and standard deviation (points), and where it came from. */
export interface Fused {
  readonly bodyFatPercent: number;
  readonly low: number;
  readonly high: number;
  readonly sd: number;
  readonly sources: EstimationSource[];
}

/**
 * The sources combined by their standard deviations (see combine-estimates.ts). Numbers are rounded to a tenth of a point,
 * weights to a hundredth. Throws RangeError without a source.
 */
export function fuse(sources: Sources, sex: Sex): Fused {
  const given = Object.entries(sources) as [EstimateSource, Estimate][];
  const { percent, sd, weights } = combineEstimates(
    given.map(([, estimate]) => estimate),
    (one, other) => correlationOf(given[one]![0], given[other]![0]),
  );
  const shown = (value: number) => round(withinBody(value, sex), 1);
  return {
    bodyFatPercent: shown(percent),
    low: shown(percent - DEVIATIONS_IN_95_PERCENT * sd),
    high: shown(percent + DEVIATIONS_IN_95_PERCENT * sd),
    sd,
    sources: given.map(([source, estimate], index) => ({
      source,
      bodyFatPercent: round(estimate.percent, 1),
      sd: round(estimate.sd, 1),
      weight: round(weights[index]!, 2),
    })),
  };
}
