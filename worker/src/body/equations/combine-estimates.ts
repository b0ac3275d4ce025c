/** One estimate from several of the same quantity, whose errors go together. */

/** A body fat (%) and its standard deviation (points). */
export interface Estimate {
  readonly percent: number;
  readonly sd: number;
}

export interface Combined extends Estimate {
  /** The share of each estimate, in their order; they sum to 1. */
  readonly weights: readonly number[];
}

/**
 * The mean of estimates with the least variance, all weights 0 or more, when any two of them err with this `correlation`
 * (0 to below 1): generalised least squares (Aitken 1936, Proc R Soc Edinb 55:42–48). Without correlation that is weighting by
 * inverse variance. With it, what is worse than the others counts for less than its variance says, down to nothing,
 * because its error is partly theirs; so another estimate never makes the result less certain than it was. Throws
 * RangeError without an estimate, or for one that is not finite with a standard deviation above 0.
 */
export function combineEstimates(estimates: readonly Estimate[], correlation: number): Combined {
  for (const { percent, sd } of estimates) {
    if (!(Number.isFinite(percent) && Number.isFinite(sd) && sd > 0)) throw new RangeError('not an estimate');
  }
  // Those with weight are the most certain ones: the least certain leaves as long as its weight would not be positive.
  let taken = [...estimates].sort((a, b) => a.sd - b.sd);
  if (taken.length === 0) throw new RangeError('no estimate');
  while (taken.length > 1 && precision(taken.at(-1)!, taken, correlation) <= 0) taken = taken.slice(0, -1);

  const precisions = estimates.map((estimate) =>
    taken.includes(estimate) ? precision(estimate, taken, correlation) : 0,
  );
  const total = precisions.reduce((sum, value) => sum + value, 0);
  const weights = precisions.map((value) => value / total);
  return {
    percent: estimates.reduce((sum, { percent }, index) => sum + percent * weights[index]!, 0),
    sd: Math.sqrt((1 - correlation) / total),
    weights,
  };
}

/**
 * Row sum of the inverse of the covariance matrix of `taken`, times 1 − correlation: for variances on the diagonal and one
 * correlation beside it, the inverse has a closed form (Sherman & Morrison 1950).
 */
function precision({ sd }: Estimate, taken: readonly Estimate[], correlation: number): number {
  const shared = correlation / (1 + correlation * (taken.length - 1));
  const sum = taken.reduce((total, each) => total + 1 / each.sd, 0);
  return (1 / sd) * (1 / sd - shared * sum);
}
