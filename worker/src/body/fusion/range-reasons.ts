/** Explains why the interval of a body fat is wide, in codes and in a sentence. */

import type { RangeReason } from '@reddyfit/shared/scan/results';
import type { Speaker } from '@reddyfit/shared/words/speaker';
import { type BodyMeasurement, type GirthName } from '../vision/body-measurement.ts';

/** An interval that is wider than this (points) is explained. */
const WIDE = 8;

/**
 * A girth whose standard uncertainty (share of the girth) is greater than this belongs to an outline that was not seen well.
 * Usual are 0.043 for the neck and 0.033 for the trunk (285 bodies of the body model anny).
 */
const UNCLEAR = { neck: 0.07, trunk: 0.065 } as const;

const TRUNK: readonly GirthName[] = ['waist', 'navel', 'hip'];

/** The reasons, the most important first; empty when the interval is not wide. `girths` is null when nothing was measured. */
export function rangeReasons(
  { low, high }: { readonly low: number; readonly high: number },
  girths: BodyMeasurement | null,
): RangeReason[] {
  if (high - low <= WIDE) return [];
  const share = (name: GirthName) => girths![name].sdCm / girths![name].cm;
  return [
    ...(girths === null ? (['not_measured'] as const) : []),
    ...(girths !== null && share('neck') > UNCLEAR.neck ? (['neck_unclear'] as const) : []),
    ...(girths !== null && TRUNK.some((name) => share(name) > UNCLEAR.trunk)
      ? (['trunk_unclear'] as const)
      : []),
    'people_differ',
  ];
}

/** A sentence that says that the range is wide, then one for each reason, in the words of `speaker`. */
export function rangeSentence(reasons: readonly RangeReason[], speaker: Speaker): string {
  return [speaker.say('ranges', 'wide'), ...reasons.map((reason) => speaker.say('ranges', reason))].join(' ');
}
