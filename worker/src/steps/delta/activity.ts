/** delta: the change against earlier scans, by arithmetic alone. */

import { round } from '@reddyfit/shared/scan/measures';
import { changeOf } from '../../body/fusion/repeat.ts';
import type { DeltaResult } from '@reddyfit/shared/scan/results';
import type { EarlierScan, ScanStore } from '../../ports.ts';
import type { Activities } from '../../scan/activities.ts';

const DAY_MS = 86_400_000;
const YEAR_DAYS = 366;
const TREND_DAYS = 90;
const TREND_MIN_SCANS = 3;

/** Most scans that the trend looks at, the newest: one a day of its 90 days, and some twice. So a long history costs no more. */
const RECENT_SCANS = 100;

/** Compares a scan with the user's completed scans of the year before it. */
export function createDelta(scans: ScanStore): Activities['delta'] {
  return async ({ scanId, userId, createdAt, subject, estimation }) => {
    const at = new Date(createdAt);
    const since = new Date(at.getTime() - YEAR_DAYS * DAY_MS);
    const recent = await scans.earlier(userId, since, at, RECENT_SCANS);
    const oldest = recent.length < RECENT_SCANS ? recent.at(-1) : await scans.oldest(userId, since, at);
    return compare({ scanId, createdAt: at, weightLb: subject.weightLb, estimation }, recent, oldest);
  };
}

/**
 * Change of `current` against `earlier` scans (newest first), of which `oldest` need not be one. Differences are later minus
 * earlier; slopes are per week.
 */
export function compare(
  current: EarlierScan,
  earlier: readonly EarlierScan[],
  oldest: EarlierScan | undefined = earlier.at(-1),
): DeltaResult {
  const previous = earlier[0];
  return {
    previous: previous ? against(current, previous) : null,
    year: oldest ? against(current, oldest) : null,
    trend: trend([current, ...earlier.filter((scan) => daysBetween(scan, current) <= TREND_DAYS)]),
  };
}

function daysBetween(from: EarlierScan, to: EarlierScan): number {
  return (to.createdAt.getTime() - from.createdAt.getTime()) / DAY_MS;
}

function against(current: EarlierScan, other: EarlierScan): NonNullable<DeltaResult['previous']> {
  const a = current.estimation;
  const b = other.estimation;
  const { interval, moreThanChance } = changeOf(a, b);
  return {
    scanId: other.scanId,
    days: round(daysBetween(other, current), 1),
    change: {
      bodyFatPercent: round(a.bodyFatPercent - b.bodyFatPercent, 1),
      weightLb: round(current.weightLb - other.weightLb, 1),
      leanMassLb: round(a.leanMassLb - b.leanMassLb, 1),
      fatMassLb: round(a.fatMassLb - b.fatMassLb, 1),
      bodyFatInterval: interval,
      moreThanChance,
    },
  };
}

function trend(scans: readonly EarlierScan[]): DeltaResult['trend'] {
  if (scans.length < TREND_MIN_SCANS) return null;
  const weeks = scans.map((scan) => daysBetween(scans[0]!, scan) / 7);
  const bodyFat = slope(
    weeks,
    scans.map((scan) => scan.estimation.bodyFatPercent),
  );
  const weight = slope(
    weeks,
    scans.map((scan) => scan.weightLb),
  );
  if (bodyFat === null || weight === null) return null;
  return {
    scans: scans.length,
    bodyFatPercentPerWeek: round(bodyFat, 2),
    weightLbPerWeek: round(weight, 2),
  };
}

/** Slope of the least-squares line through the points, or null when all x are the same. */
function slope(x: readonly number[], y: readonly number[]): number | null {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  const spread = x.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
  if (spread === 0) return null;
  return x.reduce((sum, value, index) => sum + (value - meanX) * (y[index]! - meanY), 0) / spread;
}
