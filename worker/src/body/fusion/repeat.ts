/**
 * How much repeated scans of one body differ, and so how large a change must be to be more than chance. An equation's error
 * for a person is the same in each scan and cancels in a difference; only the error that each set of photos adds is left. Where
 * two scans were made by different methods (a neck that was hidden, a look that was missing, a body that was not measured, an
 * 15th or an 18th birthday), the methods' errors do not cancel, and count.
 */

import { round } from '@reddyfit/shared/scan/measures';
import type { EstimateSource, EstimationResult, EstimationSource } from '@reddyfit/shared/scan/results';
import { type Part, sdOfSum } from './correlations.ts';
import { sexOf } from './method-sex.ts';
import { DEVIATIONS_IN_95_PERCENT } from '../equations/interval.ts';

/**
 * Standard deviation (points) of each source in repeated scans of one body. That of the measurement is pooled over 10
 * bodies of the body model anny, each photographed ten times, hand-held, from 1.8 to 3.5 m (98 scans, by the Navy's
 * equation, which leads; 0.7 to 1.7 by body; `npm run bench:vision -- --csv` prints it for such lines). Relative fat mass, which
 * moves by 0.46 points for a centimetre of an 88 cm waist where the Navy's equation moves by 0.73, is taken for no steadier. The
 * others are assumed: weights and heights hardly vary; a model's look varies as much as a human reader of photos may; the history is
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

type Scanned = Pick<EstimationResult, 'bodyFatPercent' | 'repeatSd' | 'sources'>;

/**
 * Standard deviation (points) of what the equations of men and of women differ by for one person: 12 by relative fat mass, 11
 * by the others. Two scans between which somebody's profile has changed its sex tell nothing of a change.
 */
const SEXES_DIFFER = 12;

/** One of several scans of a person, and the factor by which its body fat counts in a sum: 1 and −1 in a difference. */
export interface Term {
  readonly scan: Scanned;
  readonly factor: number;
}

/**
 * Standard deviation (points) of a sum of body fats whose factors sum to 0, for a body that does not change: what each set of
 * photos adds, and what the methods of the scans differ by for one person. The first term is the scan of today.
 */
export function sdOfTerms(terms: readonly [Term, ...Term[]]): number {
  const photos = terms.map(({ scan, factor }) => factor * (scan.repeatSd ?? UNSAID_SD));
  // What older results do not tell, the method of an equation or all sources, is taken to be as it is today.
  const today = terms[0].scan.sources ?? [];
  const methodOf = ({ source, method }: EstimationSource) =>
    method ?? today.find((each) => each.source === source)?.method ?? '';
  const sexes = terms.map(({ scan }) => sexOf((scan.sources ?? today).map(methodOf)));
  // A model's look alone does not say for which sex it was made.
  const sex = sexes.find((each) => each !== '');
  const parts = new Map<string, Part>();
  let ofOtherSex = 0;
  for (const [i, { scan, factor }] of terms.entries()) {
    const sources = scan.sources ?? today;
    if (sexes[i] !== '' && sexes[i] !== sex) ofOtherSex += factor;
    for (const each of sources) {
      const key = `${each.source} ${methodOf(each)}`;
      const { sd = 0, weight = 0 } = parts.get(key) ?? {};
      const part = { source: each.source, sd: Math.max(sd, each.sd), weight: weight + factor * each.weight };
      parts.set(key, part);
    }
  }
  return Math.hypot(...photos, sdOfSum([...parts.values()]), SEXES_DIFFER * ofOtherSex);
}

/**
 * The change of body fat between two scans. `shift` (points): by how much the earlier would have been another at the height of the
 * later. Whether the body has grown or its height was mended is not known, so the interval holds both.
 */
export function changeOf(later: Scanned, earlier: Scanned, shift = 0): BodyFatChange {
  const change = later.bodyFatPercent - earlier.bodyFatPercent;
  const sd = sdOfTerms([
    { scan: later, factor: 1 },
    { scan: earlier, factor: -1 },
  ]);
  const half = DEVIATIONS_IN_95_PERCENT * sd;
  const interval = {
    low: round(change - Math.max(0, shift) - half, 1),
    high: round(change - Math.min(0, shift) + half, 1),
  };
  return { interval, moreThanChance: interval.low > 0 || interval.high < 0 };
}
