/** The step delta: computes the change since earlier scans. No model is asked. */

import { DAY_MS } from '@reddyfit/shared/durations';
import { medianOf } from '@reddyfit/shared/median';
import { round } from '@reddyfit/shared/scan/measures';
import { DEVIATIONS_IN_95_PERCENT } from '../../body/equations/interval.ts';
import { isOtherHeight, shiftToHeightOf } from '../../body/fusion/height-change.ts';
import { changeOf, sdOfTerms, type Term } from '../../body/fusion/repeat.ts';
import { unfolded } from '../../body/fusion/unfolded.ts';
import type { DeltaResult } from '@reddyfit/shared/scan/results';
import type { EarlierScan } from '../../scan/scan-store.ts';
import type { StepPorts, StepWork } from '../step.ts';

const YEAR_DAYS = 366;
const TREND_DAYS = 90;
const TREND_MIN_DAYS_WITH_SCANS = 3;
/**
 * Least span of a trend (days). Body water alone changes a weight by about 1 % from day to day (Orsama et al. 2014,
 * PLoS ONE 9:e87873, show the weekly rhythm), so a rate over a shorter span is mostly water.
 */
const TREND_LEAST_DAYS = 14;
/**
 * A point is left out when its distance from the line through the others is more than this many median absolute
 * deviations (Leys et al. 2013, J Exp Soc Psychol 49:764, who advise 2.5 to 3). No point is left out within the error
 * that a scale and a scan have anyway: 1 lb and 1 percentage point, both assumed.
 */
const OUTLIER_DEVIATIONS = 3;
const LEAST_DEVIATION = 1;

/** Compares a scan with the user's completed scans before it. */
export function createDelta({
  scans,
}: {
  readonly scans: Pick<StepPorts['scans'], 'earlier'>;
}): StepWork<'delta'> {
  return async ({ scanId, userId, createdAt, subject, estimation }) => {
    const at = new Date(createdAt);
    const earlier = await scans.earlier(userId, new Date(0), at);
    const isWeightDoubtful = estimation.flags?.includes('weight_doubtful') ?? false;
    return compare(
      { scanId, createdAt: at, weightLb: subject.weightLb, estimation },
      earlier,
      isWeightDoubtful,
    );
  };
}

/**
 * Change of `current` against `earlier` scans (newest first). Differences are later minus earlier; slopes are per week. The scan
 * before counts however old it is; after a pause of more than a year there is none of the last 12 months beside it. A doubtful
 * weight leaves no change that could be told from chance, and no trend: it is in the masses, and in all that was not measured.
 */
export function compare(
  current: EarlierScan,
  earlier: readonly EarlierScan[],
  isWeightDoubtful = false,
): DeltaResult {
  const [today, ...before] = unfolded([current, ...earlier]) as [EarlierScan, ...EarlierScan[]];
  const within = (days: number) => before.filter((scan) => daysBetween(scan, today) <= days);
  const since = (scan: EarlierScan | undefined) => (scan ? against(today, scan, isWeightDoubtful) : null);
  return {
    previous: since(before[0]),
    year: since(within(YEAR_DAYS).at(-1)),
    trend: isWeightDoubtful ? null : trend([today, ...within(TREND_DAYS)]),
  };
}

function daysBetween(from: EarlierScan, to: EarlierScan): number {
  return (to.createdAt.getTime() - from.createdAt.getTime()) / DAY_MS;
}

function against(
  current: EarlierScan,
  other: EarlierScan,
  isWeightDoubtful: boolean,
): NonNullable<DeltaResult['previous']> {
  const a = current.estimation;
  const b = other.estimation;
  const { interval, moreThanChance } = changeOf(a, b, shiftToHeightOf(current, other));
  return {
    scanId: other.scanId,
    days: round(daysBetween(other, current), 1),
    change: {
      bodyFatPercent: round(a.bodyFatPercent - b.bodyFatPercent, 1),
      weightLb: round(current.weightLb - other.weightLb, 1),
      leanMassLb: round(a.leanMassLb - b.leanMassLb, 1),
      fatMassLb: round(a.fatMassLb - b.fatMassLb, 1),
      ...(isWeightDoubtful
        ? { moreThanChance: false, weightDoubtful: true }
        : { bodyFatInterval: interval, moreThanChance }),
      ...(isOtherHeight(current, other) && { heightChanged: true }),
    },
  };
}

/**
 * The trend over one scan a day, the newest of each day (UTC); null with fewer than three days, or with a span of less
 * than two weeks.
 */
function trend(scans: readonly EarlierScan[]): DeltaResult['trend'] {
  const newestOfDay = new Map<string, EarlierScan>();
  for (const scan of scans) {
    const day = scan.createdAt.toISOString().slice(0, 10);
    const known = newestOfDay.get(day);
    if (!known || known.createdAt < scan.createdAt) newestOfDay.set(day, scan);
  }
  const daily = [...newestOfDay.values()].toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  const [today] = daily.slice(-1);
  const bodyFat = rate(daily, (scan) => scan.estimation.bodyFatPercent, sdOfBodyFat);
  // The same as if today's height had always been the profile's.
  const atHeight = rate(
    daily,
    (scan) => scan.estimation.bodyFatPercent + shiftToHeightOf(today!, scan),
    sdOfBodyFat,
  );
  const weight = rate(
    daily,
    (scan) => scan.weightLb,
    () => 0,
  );
  if (!bodyFat || !atHeight || !weight) return null;
  return {
    scans: daily.length,
    days: round(daysBetween(daily[0]!, daily.at(-1)!), 1),
    bodyFatPercentPerWeek: round(bodyFat.perWeek, 2),
    bodyFatPercentPerWeekError: round(bodyFat.standardError, 2),
    moreThanChance: directionOf(bodyFat) !== 0 && directionOf(bodyFat) === directionOf(atHeight),
    weightLbPerWeek: round(weight.perWeek, 2),
    weightLbPerWeekError: round(weight.standardError, 2),
  };
}

interface Rate {
  perWeek: number;
  standardError: number;
}

/** −1 or 1 for a rate that is more than chance, 0 for any other. */
function directionOf({ perWeek, standardError }: Rate): number {
  return Math.abs(perWeek) > DEVIATIONS_IN_95_PERCENT * standardError ? Math.sign(perWeek) : 0;
}

/**
 * Change of `of` per week over scans of different days, oldest first, without outliers; null when too few days or too
 * short a span remain. `sdOf` says by what the slope errs where nothing changes.
 */
function rate(
  daily: readonly EarlierScan[],
  of: (scan: EarlierScan) => number,
  sdOf: (points: readonly Point[], factors: readonly number[]) => number,
): Rate | null {
  const points = daily.map((scan) => ({ scan, week: daysBetween(daily[0]!, scan) / 7, value: of(scan) }));
  const kept = withoutOutliers(points);
  const span = (kept.at(-1)?.week ?? 0) - (kept[0]?.week ?? 0);
  if (kept.length < TREND_MIN_DAYS_WITH_SCANS || span * 7 < TREND_LEAST_DAYS) return null;
  return leastSquares(kept, sdOf);
}

interface Point {
  scan: EarlierScan;
  week: number;
  value: number;
}

/** What a sum of body fats, each times its factor, errs by where nothing changes (points). */
function sdOfBodyFat(points: readonly Point[], factors: readonly number[]): number {
  const terms = points.map(({ scan }, i): Term => ({ scan: scan.estimation, factor: factors[i]! }));
  return sdOfTerms(terms.toReversed() as [Term, ...Term[]]);
}

/** The points near the line of the median slope (Theil 1950, Sen 1968), which up to 29 % of outliers cannot turn. */
function withoutOutliers(points: readonly Point[]): readonly Point[] {
  const slopes = points.flatMap((one, index) =>
    points
      .slice(index + 1)
      .filter((other) => other.week > one.week)
      .map((other) => (other.value - one.value) / (other.week - one.week)),
  );
  if (slopes.length === 0) return points;
  const slope = medianOf(slopes)!;
  const start = medianOf(points.map(({ week, value }) => value - slope * week))!;
  const off = points.map(({ week, value }) => Math.abs(value - start - slope * week));
  // For normally distributed deviations, 1.4826 times their median is the standard deviation.
  const limit = OUTLIER_DEVIATIONS * Math.max(1.4826 * medianOf(off)!, LEAST_DEVIATION);
  return points.filter((_, index) => off[index]! <= limit);
}

/**
 * Slope of the least-squares line, and its standard error: that from the residuals, but at least `sdOf`, since few points may
 * lie on a line by chance.
 */
function leastSquares(
  points: readonly Point[],
  sdOf: (points: readonly Point[], factors: readonly number[]) => number,
): Rate {
  const mean = (of: (point: Point) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [meanWeek, meanValue] = [mean(({ week }) => week), mean(({ value }) => value)];
  const sum = (of: (point: Point) => number) => points.reduce((total, point) => total + of(point), 0);
  const spread = sum(({ week }) => (week - meanWeek) ** 2);
  const perWeek = sum(({ week, value }) => (week - meanWeek) * (value - meanValue)) / spread;
  const off = sum(({ week, value }) => (value - meanValue - perWeek * (week - meanWeek)) ** 2);
  const factors = points.map(({ week }) => (week - meanWeek) / spread);
  const standardError = Math.max(Math.sqrt(off / (points.length - 2) / spread), sdOf(points, factors));
  return { perWeek, standardError };
}
