/**
 * Which bars a handful of figures can miss. From 50 on a figure itself must meet its bar. Of fewer, 20 of 20 held are "100 %", and
 * one wild girth is the 95th percentile, whatever the ruler does: there a bar is missed only where that would hardly be chance.
 */

/** From this many figures on each bar is judged by the figure itself. */
export const ENOUGH = 50;

/** A bar is missed by few only where a ruler that just meets it would come out so, or worse, no oftener than this. */
const HARDLY = 0.025;

/** Half of a 95 % interval, in standard errors; of 20 figures by Student's t. */
const HALF_INTERVAL = 2.1;

/** How many figures a bar is about: the measured, and all that were shown, of whom the gate may have refused some. */
export interface Counted {
  readonly shown: number;
}

/** `few`: the figure misses the bar, which chance alone may do with so few. */
export type Verdict = 'reached' | 'missed' | 'few';

/** The worse of two verdicts on one line. */
export function worst(...verdicts: readonly Verdict[]): Verdict {
  return (['missed', 'few'] as const).find((each) => verdicts.includes(each)) ?? 'reached';
}

/** Probability that at least `count` of `n` come out in a way that each does with probability `share`. */
export function atLeast(count: number, n: number, share: number): number {
  let term = (1 - share) ** n;
  let below = 0;
  for (let k = 0; k < count; k++) {
    below += term;
    term *= ((n - k) / (k + 1)) * (share / (1 - share));
  }
  return 1 - below;
}

/** Whether `count` of `n` meet the bar that at least `least` and at most `most` (shares, 0 to 1) of all do. */
export function shareVerdict(
  count: number,
  n: number,
  { least = 0, most = 1, shown = n }: Partial<Counted> & { least?: number; most?: number },
): Verdict {
  const share = count / n;
  if (share >= least && share <= most) return 'reached';
  if (shown >= ENOUGH) return 'missed';
  const chance = share > most ? atLeast(count, n, most) : atLeast(n - count, n, 1 - least);
  return chance < HARDLY ? 'missed' : 'few';
}

/**
 * Whether the quantile of `sizes` is at most `bar`: that is, whether no more than a share of 1 − `share` lie beyond the bar. `figure`
 * is the quantile as it is told.
 */
export function quantileVerdict(
  sizes: readonly number[],
  share: number,
  { figure, bar, shown = sizes.length }: Partial<Counted> & { figure: number; bar: number },
): Verdict {
  if (figure <= bar) return 'reached';
  if (shown >= ENOUGH) return 'missed';
  const beyond = sizes.filter((size) => size > bar).length;
  return atLeast(beyond, sizes.length, 1 - share) < HARDLY ? 'missed' : 'few';
}

/** Whether the mean of `errors` is at most `bar` from 0. */
export function biasVerdict(
  errors: readonly number[],
  { bar, shown = errors.length }: Partial<Counted> & { bar: number },
): Verdict {
  const n = errors.length;
  const mean = errors.reduce((sum, each) => sum + each, 0) / n;
  if (Math.abs(mean) <= bar) return 'reached';
  if (shown >= ENOUGH) return 'missed';
  const variance = errors.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (n - 1);
  // One figure alone has no spread, and none has no mean.
  return Math.abs(mean) - HALF_INTERVAL * Math.sqrt(variance / n) > bar ? 'missed' : 'few';
}
