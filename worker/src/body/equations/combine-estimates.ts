/** Combines several estimates of one quantity, whose errors correlate, into one. */

/** A body fat (%) and its standard deviation (points). */
export interface Estimate {
  readonly percent: number;
  readonly sd: number;
}

export interface Combined extends Estimate {
  /** The weight of each estimate, in the order of the estimates. The weights sum to 1. */
  readonly weights: readonly number[];
}

/**
 * The correlation of the errors of two estimates, from 0 to below 1. The arguments are the indexes of the estimates in
 * the list, the lower index first.
 */
export type Correlation = (one: number, other: number) => number;

/**
 * The weighted mean of the estimates that has the least variance, with no weight below 0: generalised least squares
 * (Aitken 1936, Proc R Soc Edinb 55:42–48). Without correlation the weights are the inverse variances. With correlation, an
 * estimate that is worse than the others gets less weight than its variance alone gives it, down to 0, because it shares
 * part of its error with them. An additional estimate therefore never makes the result less certain. Throws RangeError
 * without an estimate, for more than eight estimates, and for an estimate that is not finite or whose standard deviation
 * is not above 0.
 */
export function combineEstimates(estimates: readonly Estimate[], correlation: Correlation): Combined {
  for (const { percent, sd } of estimates) {
    if (!(Number.isFinite(percent) && Number.isFinite(sd) && sd > 0)) throw new RangeError('not an estimate');
  }
  if (estimates.length === 0) throw new RangeError('no estimate');
  if (estimates.length > MOST) throw new RangeError('too many estimates');
  const covariance = estimates.map((a, i) =>
    estimates.map((b, j) => a.sd * b.sd * (i === j ? 1 : correlation(Math.min(i, j), Math.max(i, j)))),
  );
  // Tries every subset of the estimates, since there are at most eight. The best of the subsets whose weights are all
  // positive is the optimum.
  let best: { variance: number; weights: number[] } | undefined;
  for (let choice = 1; choice < 1 << estimates.length; choice++) {
    const taken = estimates.map((_, i) => i).filter((i) => choice & (1 << i));
    const precisions = solve(taken.map((i) => taken.map((j) => covariance[i]![j]!)));
    if (!precisions || precisions.some((each) => !(each > 0))) continue;
    const total = precisions.reduce((sum, each) => sum + each, 0);
    if (best && best.variance <= 1 / total) continue;
    const weights = estimates.map((_, i) => (taken.includes(i) ? precisions[taken.indexOf(i)]! / total : 0));
    best = { variance: 1 / total, weights };
  }
  const { variance, weights } = best!;
  return {
    percent: estimates.reduce((sum, { percent }, i) => sum + percent * weights[i]!, 0),
    sd: Math.sqrt(variance),
    weights,
  };
}

/** The most estimates that can be combined: trying every subset of more takes long. */
const MOST = 8;

/** Row sums of a matrix's inverse, by elimination with pivots; null when it has none. */
function solve(matrix: readonly (readonly number[])[]): number[] | null {
  const rows = matrix.map((row) => [...row, 1]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row;
    }
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    const lead = rows[column]![column]!;
    if (Math.abs(lead) < Number.EPSILON) return null;
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      const factor = rows[row]![column]! / lead;
      for (let k = column; k <= size; k++) rows[row]![k] = rows[row]![k]! - factor * rows[column]![k]!;
    }
  }
  return rows.map((row, i) => row[size]! / row[i]!);
}
