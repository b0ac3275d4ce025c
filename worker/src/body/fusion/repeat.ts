/**
 * How much repeated scans of one body differ, and so how large a change must be to be more than chance. An equation's error
 * for a person is the same in each scan and cancels in a difference; only the error that each set of photos adds is left.
 */

import { round } from '@reddyfit/shared/scan/measures';
import type { EstimateSource, EstimationResult, EstimationSource } from '@reddyfit/shared/scan/results';
import { DEVIATIONS_IN_95_PERCENT } from '../equations/interval.ts';

/**
 * Standard deviation (points) of each source in repeated scans of one body. That of the measurement is pooled over 10
 * bodies of the body model anny, each photographed ten times, hand-held, from 1.8 to 3.5 m (98 scans, by the Navy's
 * equation, which leads; 0.7 to 1.7 by body; `npm run bench:vision -- --csv` prints it for such lines). The others are
 * assumed: weights and heights hardly vary; a model's look varies as much as a human reader of photos may; the history is
 * the same previous scan for each of the repeated scans.
 */
const REPEAT_SD: Readonly<Record<EstimateSource, number>> = {
  measurement: 1.3,
  anthropometry: 0.3,
  model: 2,
  history: 1.5,
};

/** `repeatSd` (points) for a scan that was stored before that field existed; assumed. */
const UNSAID_SD = 1.8;

/** Standard deviation (points), in repeated scans of one body, of a body fat made from these sources. */
export function repeatSdOf(sources: readonly EstimationSource[]): number {
  return round(Math.hypot(...sources.map(({ source, weight }) => weight * REPEAT_SD[source])), 2);
}

export interface BodyFatChange {
  /** 95 % interval of the change (points), later minus earlier. */
  readonly interval: { readonly low: number; readonly high: number };
  /** True when the interval does not contain 0. */
  readonly moreThanChance: boolean;
}

type Scanned = Pick<EstimationResult, 'bodyFatPercent' | 'repeatSd'>;

/** The change of body fat between two scans. */
export function changeOf(later: Scanned, earlier: Scanned): BodyFatChange {
  const change = later.bodyFatPercent - earlier.bodyFatPercent;
  const half =
    DEVIATIONS_IN_95_PERCENT * Math.hypot(later.repeatSd ?? UNSAID_SD, earlier.repeatSd ?? UNSAID_SD);
  const interval = { low: round(change - half, 1), high: round(change + half, 1) };
  return { interval, moreThanChance: interval.low > 0 || interval.high < 0 };
}
