/** Estimates today's body fat from the previous scan. */

import { DAY_MS } from '@reddyfit/shared/durations';
import { type Part, sdOfSum } from './correlations.ts';
import type { SourceEstimate } from './fuse.ts';
import type { EarlierScan } from '../../scan/scan-store.ts';

const MONTH_DAYS = 30;

/**
 * The least standard deviation (points) of the previous scan's body fat as an estimate for its own day. A smaller one would
 * claim too much: the same method repeats its errors, so the previous scan confirms little.
 */
const LEAST_SD_ON_THE_DAY = 5;

/** That of a scan that was stored without its sources (points): a model's look, the least certain of them. */
const UNSAID_SD_ON_THE_DAY = 6;

/**
 * What the previous scan was made of, without the scans before it: these were made in the same ways and have the same errors,
 * so their weight goes to its own sources. Undefined where that is not known.
 */
function madeOf({ estimation: { sources = [] } }: EarlierScan): readonly Part[] | undefined {
  const own = sources.filter(({ source, weight }) => source !== 'history' && weight > 0);
  const total = own.reduce((sum, { weight }) => sum + weight, 0);
  return total > 0 ? own.map((each) => ({ ...each, weight: each.weight / total })) : undefined;
}

/** How much body fat may drift in a month at a constant weight (points, one standard deviation). */
const DRIFT_PER_MONTH = 1;

/**
 * Share of a change of weight that is fat, and its standard deviation: three quarters; the rest is lean (Heymsfield et al.
 * 2014, "Weight loss composition is one-fourth fat-free mass", Obes Rev 15:310–321; they find that the share varies widely).
 */
const FAT_SHARE = 0.75;
const FAT_SHARE_SD = 0.25;

/** The greatest age (days) of a previous scan that is used. At this age the drift alone is three points. */
export const HISTORY_DAYS = 90;

/**
 * Body fat (%) at `weightLb` (lb), from the fat mass of the previous scan and three quarters of the weight gained or lost
 * since. The standard deviation grows with the days and the pounds between the scans. Only the last scan is used, since its
 * result already contains those before it. Null when the weights give no possible body fat, when `before` is later than
 * `at`, or when a date is invalid. `heightShift` (points): by how much `before` would have been another at today's height, which
 * adds to the standard deviation, since it is not known which of the heights is right.
 */
export function bodyFatByHistory(
  before: EarlierScan,
  at: Date,
  weightLb: number,
  heightShift = 0,
): SourceEstimate | null {
  const months = (at.getTime() - before.createdAt.getTime()) / DAY_MS / MONTH_DAYS;
  const change = weightLb - before.weightLb;
  const fatLb = before.estimation.fatMassLb + FAT_SHARE * change;
  const percent = (100 * fatLb) / weightLb;
  const parts = madeOf(before);
  // With a smaller one, a look that was repeated from scan to scan would grow more certain than a look is.
  const sdOnTheDay = parts ? Math.max(LEAST_SD_ON_THE_DAY, sdOfSum(parts)) : UNSAID_SD_ON_THE_DAY;
  const sd = Math.hypot(
    sdOnTheDay,
    DRIFT_PER_MONTH * months,
    (100 * FAT_SHARE_SD * Math.abs(change)) / weightLb,
    heightShift,
  );
  const isKnown = percent > 0 && percent < 100 && months >= 0 && Number.isFinite(sd);
  return isKnown ? { percent, sd, madeOf: parts } : null;
}
