/**
 * Finds hems below the hips: of a long shirt, a coat or a robe, at which all that is seen becomes narrower at once, and of loose
 * shorts, at which both legs do. Bodies do neither: thighs taper.
 */

import type { Angle } from '@reddyfit/shared/scan/photos';
import { ASIDE, WITHIN } from './hem.ts';
import type { Outline } from './outline.ts';
import type { Scale } from './scale.ts';
import type { Silhouette } from './silhouette.ts';

/** The step of the search (share of the body's height); about each level it is looked at in steps of ASIDE / 4. */
const STEP = 0.004;

/**
 * A hem between these levels (shares of the body's height) makes what is seen narrower by at least so much (share of its width or depth).
 * Of 1,000 bodies of anny 0.6.2 (seeds 12000–18099 and 20000–20299), also where their scale is read 3 % too large or too small, none becomes narrower
 * in all four photos at one level by more than 0.085, none in front and back above 0.43 by more than 0.058, and seven of them in both
 * profiles by more than 0.15, beside hands. In front and back
 * both legs together become narrower by more than 0.21 in four of them, whose knees touch; no profile of these does by more than 0.07 there.
 * Drawn T-shirts, robes and coats that end on the thighs have 0.15 to 0.25 in four photos; the legs of loose shorts 0.25 to 0.46, and 0.15 to
 * 0.45 in one of the profiles.
 */
const LEAST = {
  all: { from: 0.25, to: 0.5, step: 0.085 },
  fronts: { from: 0.43, to: 0.56, step: 0.085 },
  profiles: { from: 0.43, to: 0.56, step: 0.15 },
  legs: { from: 0.28, to: 0.35, step: 0.21, profile: 0.11 },
} as const;

/** Outlines of trunks end below this level (share of the body's height), and legs are looked at where they are not seen. */
const LEGS_BELOW = 0.43;

type Shown = Readonly<Record<Angle, Silhouette>>;

/** What ends in a hem. */
export interface LowHem {
  /** Whether something that hangs over the hips ends so in all four photos. */
  readonly isInAll: boolean;
  /** Whether it ends so in front and back or in both profiles, where only cloth over the waist tells it from hands. */
  readonly isInPair: boolean;
  /** Whether the legs of loose shorts end so. */
  readonly isOnLegs: boolean;
}

export function lowHem(
  outlines: Readonly<Record<Angle, Outline>>,
  silhouettes: Shown,
  scales: Readonly<Record<Angle, Scale>>,
): LowHem {
  const over = (angle: Angle) => (level: number) => {
    const seen = outlines[angle].at(level);
    if (seen) return seen.bridged || seen.sd > 0 ? null : seen.extent;
    const legs = level < LEGS_BELOW && legsAt(silhouettes[angle], scales[angle], level);
    if (!legs) return null;
    return (Math.max(...legs.map(({ right }) => right)) - Math.min(...legs.map(({ left }) => left))) / scales[angle].bodyPx; // prettier-ignore
  };
  const each = (angle: Angle) => (level: number) => {
    const legs = legsAt(silhouettes[angle], scales[angle], level);
    return legs?.length === 2 ? legs.reduce((sum, { left, right }) => sum + right - left, 0) : null;
  };
  const [front, back, left, right] = [over('front'), over('back'), over('left'), over('right')];
  const isAt = (extents: readonly Extent[], step: number) => (level: number) =>
    extents.every((extent) => isNear(extent, level, step));
  const { all, fronts, profiles, legs } = LEAST;
  const bothLegs = isAt([each('front'), each('back')], legs.step);
  const inProfile = [left, right].map((profile) => isAt([profile], legs.profile));
  return {
    isInAll: isSomewhere(all, isAt([front, back, left, right], all.step)),
    isInPair:
      isSomewhere(fronts, isAt([front, back], fronts.step)) ||
      isSomewhere(profiles, isAt([left, right], profiles.step)),
    isOnLegs: isSomewhere(legs, (level) => bothLegs(level) && inProfile.some((isThere) => isThere(level))),
  };
}

type Extent = (level: number) => number | null;

function isSomewhere(
  { from, to }: { readonly from: number; readonly to: number },
  isHem: (level: number) => boolean,
): boolean {
  for (let level = from; level <= to + 1e-9; level += STEP) if (isHem(level)) return true;
  return false;
}

/** Whether an extent becomes narrower by this share near a level. */
function isNear(extent: Extent, level: number, step: number): boolean {
  for (let away = -ASIDE; away <= ASIDE + 1e-9; away += ASIDE / 4) {
    const above = extent(level + away + WITHIN / 2);
    const below = extent(level + away - WITHIN / 2);
    if (above && below && above - below >= step * above) return true;
  }
  return false;
}

/** The legs at a level (columns, px): both, or in profiles one where the other is not seen; null where none is. */
function legsAt({ limbs, rows, firstRow }: Silhouette, { soles, bodyPx }: Scale, level: number) {
  const y = Math.round(soles - level * bodyPx);
  const legs = (limbs?.legs ?? []).flatMap((leg) => leg.rows[y - leg.firstRow] ?? []);
  return legs.length === 2 || (legs.length === 1 && !rows?.[y - firstRow]) ? legs : null;
}
