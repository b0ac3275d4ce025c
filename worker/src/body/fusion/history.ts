/** What the scan before says of today's body fat. */

import type { Estimate } from '../equations/combine-estimates.ts';
import type { EarlierScan } from '../../scan/scan-store.ts';

const DAY_MS = 86_400_000;
const MONTH_DAYS = 30;

/**
 * Standard deviation (points) of the scan before on its own day. It was about 3 then; but what the same means got wrong, they
 * got wrong again, so it confirms little.
 */
const SD_ON_THE_DAY = 5;

/** What body fat may drift in a month at one weight (points, one standard deviation). */
const DRIFT_PER_MONTH = 1;

/**
 * Share of a change of weight that is fat, and its standard deviation: three quarters, the rest lean (Heymsfield et al.
 * 2014, "Weight loss composition is one-fourth fat-free mass", Obes Rev 15:310–321, who find it to vary widely).
 */
const FAT_SHARE = 0.75;
const FAT_SHARE_SD = 0.25;

/** How far back (days) a scan still says something: beyond it the drift alone is three points. */
export const HISTORY_DAYS = 90;

/**
 * Body fat (%) at `weightLb` by the scan before: its fat, and three quarters of the weight gained or lost since. The more
 * days and pounds lie between, the less certain. Only one scan is asked, the last, since those before it are in it. Null
 * when the weights make no body of it, or the days are no days.
 */
export function bodyFatByHistory(before: EarlierScan, at: Date, weightLb: number): Estimate | null {
  const months = (at.getTime() - before.createdAt.getTime()) / DAY_MS / MONTH_DAYS;
  const change = weightLb - before.weightLb;
  const fatLb = before.estimation.fatMassLb + FAT_SHARE * change;
  const percent = (100 * fatLb) / weightLb;
  const sd = Math.hypot(
    SD_ON_THE_DAY,
    DRIFT_PER_MONTH * months,
    (100 * FAT_SHARE_SD * Math.abs(change)) / weightLb,
  );
  return percent > 0 && percent < 100 && months >= 0 && Number.isFinite(sd) ? { percent, sd } : null;
}
