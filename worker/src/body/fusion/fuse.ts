/** Combines the body fats of all sources (equations, a model's look, the previous scan) into one. */

import type { EstimateSource, EstimationSource } from '@reddyfit/shared/scan/results';
import { round } from '@reddyfit/shared/scan/measures';
import { withinBody } from '../equations/body-fat-bounds.ts';
import { combineEstimates, type Estimate } from '../equations/combine-estimates.ts';
import { DEVIATIONS_IN_95_PERCENT } from '../equations/interval.ts';
import type { Sex } from '../equations/sex.ts';
import { correlationOf, correlationWithHistory, type Part } from './correlations.ts';

/** An estimate with the method of an equation, or with what the previous scan was made of. */
export interface SourceEstimate extends Estimate {
  readonly method?: string;
  readonly madeOf?: readonly Part[] | undefined;
}

/** The estimate of each source; at least one source must be given. */
export type Sources = Readonly<Partial<Record<EstimateSource, SourceEstimate>>>;

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
  const given = Object.entries(sources) as [EstimateSource, SourceEstimate][];
  const counted = given.filter(([source]) => source !== 'history' || !sources.measurement);
  const { percent, sd, weights } = combineEstimates(
    counted.map(([, estimate]) => estimate),
    (one, other) => {
      const [a, b] = [counted[one]!, counted[other]!];
      if (a[0] === 'history') return correlationWithHistory(a[1], b[0]);
      return b[0] === 'history' ? correlationWithHistory(b[1], a[0]) : correlationOf(a[0], b[0]);
    },
  );
  const shown = (value: number) => round(withinBody(value, sex), 1);
  return {
    bodyFatPercent: shown(percent),
    low: shown(percent - DEVIATIONS_IN_95_PERCENT * sd),
    high: shown(percent + DEVIATIONS_IN_95_PERCENT * sd),
    sd,
    sources: given.map((each) => ({
      source: each[0],
      ...(each[1].method && { method: each[1].method }),
      bodyFatPercent: round(each[1].percent, 1),
      sd: round(each[1].sd, 1),
      weight: round(weights[counted.indexOf(each)] ?? 0, 2),
    })),
  };
}
