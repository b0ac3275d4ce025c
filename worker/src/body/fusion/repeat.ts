/**
 * What repeated scans of one body differ by, and so what a change must pass to be more than chance. What an equation gets wrong of a
 * person it gets wrong in each scan: that cancels, and what photos add anew is left.
 */

import { round } from '@reddyfit/shared/scan/measures';
import type { EstimateSource, EstimationResult, EstimationSource } from '@reddyfit/shared/scan/results';

/**
 * Standard deviation (points) of each source in repeated scans of one body. That of the measurement is pooled over 10 bodies of anny that were each
 * photographed ten times, by hand from 1.8 to 3.5 m (`npm run bench:vision -- --csv` prints it for such lines; 98 scans, Navy's equation, which
 * leads; 0.7 to 1.7 by body). The others are assumed: scales and heights hardly vary; a look varies by as much as a reader of photos may; the scan
 * before is the same for both.
 */
const REPEAT_SD: Readonly<Record<EstimateSource, number>> = {
  measurement: 1.3,
  anthropometry: 0.3,
  model: 2,
  history: 1.5,
};

/** Of a scan that does not say it, being older than this number (points); assumed. */
const UNSAID_SD = 1.8;

/** Half a 95 % interval in standard deviations. */
const DEVIATIONS_IN_95_PERCENT = 1.96;

/** Standard deviation (points) of a body fat made of these sources, in repeated scans of one body. */
export function repeatSdOf(sources: readonly EstimationSource[]): number {
  return round(Math.hypot(...sources.map(({ source, weight }) => weight * REPEAT_SD[source])), 2);
}

export interface BodyFatChange {
  /** 95 % interval of the change, later less earlier (points). */
  readonly interval: { readonly low: number; readonly high: number };
  /** Whether it leaves out 0. */
  readonly moreThanChance: boolean;
}

type Scanned = Pick<EstimationResult, 'bodyFatPercent' | 'repeatSd'>;

/** How the body fat of two scans differs, with its own interval. */
export function changeOf(later: Scanned, earlier: Scanned): BodyFatChange {
  const change = later.bodyFatPercent - earlier.bodyFatPercent;
  const half =
    DEVIATIONS_IN_95_PERCENT * Math.hypot(later.repeatSd ?? UNSAID_SD, earlier.repeatSd ?? UNSAID_SD);
  const interval = { low: round(change - half, 1), high: round(change + half, 1) };
  return { interval, moreThanChance: interval.low > 0 || interval.high < 0 };
}
