/** How the errors of the sources of a body fat correlate. */

import type { EstimateSource, EstimationSource } from '@reddyfit/shared/scan/results';
import { LOOK_AND_MEASUREMENT } from './visual.ts';

/**
 * The correlation of the error of a scan with that of another source, where it is not known what the scan was made of: by what
 * errs for a person the same way again. The mean of two estimates whose errors correlate by r correlates with each by
 * √((1 + r) / 2), which is .87 for r = 0.5; random error, which each photo adds anew, lowers that to 0.85.
 */
const SCAN_BEFORE = 0.85;

/** The correlation of the errors of one source in two scans of a person: less than 1 by what each photo adds anew (0.85 / 0.87). */
const SAME_AGAIN = 0.98;

/**
 * The correlation of the errors of two equations for one person: the lowest of the pairs of equations of which one may lead
 * where the other does not (relative fat mass and CUN-BAE, 1,074 people by DXA, half of NHANES 2017–2018, public domain; the
 * others .79 to .94).
 */
const EQUATIONS = 0.71;

const isEquation = (source: EstimateSource) => source === 'measurement' || source === 'anthropometry';

/** The correlation of the errors of two different sources for one person (0 to 1). */
export function correlationOf(one: EstimateSource, other: EstimateSource): number {
  if (one === 'history' || other === 'history') return SCAN_BEFORE;
  return isEquation(one) && isEquation(other) ? EQUATIONS : LOOK_AND_MEASUREMENT;
}

/** A source with its part in a sum; parts may be negative, as in the difference of two body fats. */
export type Part = Pick<EstimationSource, 'source' | 'sd' | 'weight'>;

/**
 * The correlation of the error of the previous scan, whose body fat was made of `madeOf` and has the standard deviation `sd`
 * (points) today, with the error of a source of today's: what of it is the same source again counts as that.
 */
export function correlationWithHistory(
  { madeOf, sd }: { readonly madeOf?: readonly Part[] | undefined; readonly sd: number },
  other: EstimateSource,
): number {
  if (!madeOf) return SCAN_BEFORE;
  const shared = madeOf.reduce((sum, part) => {
    const r = part.source === other ? SAME_AGAIN : correlationOf(part.source, other);
    return sum + part.weight * part.sd * r;
  }, 0);
  return Math.min(SAME_AGAIN, shared / sd);
}

/** Standard deviation (points) of a sum of the errors of different sources, each times its weight. */
export function sdOfSum(parts: readonly Part[]): number {
  const variance = parts.flatMap((a, i) =>
    parts.map(
      (b, j) => a.weight * a.sd * b.weight * b.sd * (i === j ? 1 : correlationOf(a.source, b.source)),
    ),
  );
  return Math.sqrt(
    Math.max(
      0,
      variance.reduce((sum, each) => sum + each, 0),
    ),
  );
}
