/**
 * Finds where loose clothes hide a body: above a shirt's hem, under a skirt or wide trousers, and under a dress. What such cloth
 * measures is more than the body, by how much is not known.
 */

import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import type { Girth } from './body-measurement.ts';
import { hemOf } from './hem.ts';
import { lowHem } from './low-hem.ts';
import type { Outline } from './outline.ts';
import type { Scale } from './scale.ts';
import type { Silhouette } from './silhouette.ts';

/**
 * How much more loose cloth measures than the body under it: `less` is what is taken off, `sd` how uncertain that is (shares, the
 * latter one standard deviation): from no more up to half as much again lies within two of them. Loose shirts, skirts, trousers, dresses
 * and jackets that were drawn on six bodies of anny 0.6.2 (seeds 30000–30005) measured 11 to 59 % more. Assumed of cloth that people wear.
 */
export const LOOSE = { less: 0.15, sd: 0.15 } as const;

/**
 * Between the legs of 788 bodies of anny 0.6.2 and of 100 mannequins wall shows from front or back somewhere between `from` and `to`; legs
 * that touch all the way there taper: from thighs to knees they lose more than a tenth of their width. A skirt does neither. `apart`: the
 * least wall (shares of the body's height); `step` is that of the search. `taper` is assumed.
 */
const SKIRT = {
  from: 0.3,
  to: 0.38,
  step: 0.02,
  apart: 0.004,
  thighs: 0.4,
  knees: 0.28,
  taper: 0.9,
} as const;

/**
 * A leg of these bodies and mannequins is 0.53 times as wide above the ankle as at the thigh at most, one of wide trousers 0.94 times at
 * least (six drawn ones). The levels are shares of the body's height.
 */
const TROUSERS = { ankle: [0.07, 0.08, 0.09], thigh: 0.38, ratio: 0.7 } as const;

/** Cloth covers the waist where at least two photos show this share of its rows so; bare waists have 0.43 at most (150 bodies of anny). */
const CLOTHED = { share: 0.6, photos: 2 } as const;

/**
 * Cloth that hangs over the hips makes them wider and deeper, and not the thighs below its hem: width and depth of the thighs are then
 * together less than `least` (shares of the hips', the lesser of two photos each; levels are shares of the body's height). So are 67 of 788
 * bodies of anny, which are bare, and all of 18 drawn bodies in shirts, jackets and hoods but one (1.554). What hangs is not waisted:
 * its narrowest width and depth are together 1.5 of the hips' and more (24 of the 67 bodies have less than `waisted`). And it ends in a
 * hem, at which the width steps inwards by 0.036 of the hips' and more over `within` steps (42 of the 67 by less). The three together leave
 * 18 of 800 bodies, of whom close-fitting clothes would be taken for such. Where cloth covers the waist, too, it is taken for one that hangs.
 */
const OVER_HIPS = {
  hips: { from: 0.46, to: 0.55 },
  thighs: { from: 0.36, to: 0.38 },
  least: 1.55,
  waist: { from: 0.58, to: 0.7 },
  waisted: 1.45,
  hem: { from: 0.36, to: 0.57, within: 4, step: 0.035 },
} as const;

/** The step between the levels that are looked at (share of the body's height). */
const STEP = 0.005;

/** Below this level (share of the body's height) a skirt or trousers cover the body. */
const WAISTBAND = 0.56;

/** Whether loose cloth hides the body at a level (share of its height). */
export function looseClothes(
  outlines: Readonly<Record<Angle, Outline>>,
  silhouettes: Readonly<Record<Angle, Silhouette>>,
  scales: Readonly<Record<Angle, Scale>>,
): (level: number) => boolean {
  const hem = hemOf(outlines);
  const [front, back] = (['front', 'back'] as const).map((angle) =>
    legsOf(silhouettes[angle], scales[angle]),
  );
  const both = (is: (legs: Legs) => boolean) => is(front!) && is(back!);
  const isSkirt = both(areUnderSkirt);
  const low = lowHem(outlines, silhouettes, scales);
  const isWide = isSkirt || both(areInWideTrousers) || low.isInAll || low.isOnLegs;
  const clothed = ANGLES.filter((angle) => (silhouettes[angle].cover?.waist ?? 0) >= CLOTHED.share);
  const overHips = isSkirt || low.isInAll || low.isInPair || hangsOverHips(outlines);
  const hangs = clothed.length >= CLOTHED.photos && overHips;
  return (level) => hangs || (isWide && level < WAISTBAND) || (hem !== null && level > hem);
}

function hangsOverHips(outlines: Readonly<Record<Angle, Outline>>): boolean {
  const [wide, deep] = [shapeOf([outlines.front, outlines.back]), shapeOf([outlines.left, outlines.right])];
  const { least, waisted, hem } = OVER_HIPS;
  return wide.thighs + deep.thighs < least && wide.waist + deep.waist >= waisted && wide.hem >= hem.step;
}

/** What the lesser of two photos shows of thighs and waist, and its largest step inwards (shares of the hips'); Infinity and 0 where that is hidden. */
function shapeOf(pair: readonly Outline[]) {
  const seen = ({ from, to }: { readonly from: number; readonly to: number }) =>
    Array.from({ length: Math.round((to - from) / STEP) + 1 }, (_, i) =>
      Math.min(...pair.flatMap((outline) => outline.at(from + i * STEP)?.extent ?? [])),
    );
  const hips = Math.max(...seen(OVER_HIPS.hips).filter(Number.isFinite));
  const thighs = seen(OVER_HIPS.thighs).filter(Number.isFinite);
  const below = seen(OVER_HIPS.hem);
  const steps = below.map((extent, i) => (below[i + OVER_HIPS.hem.within] ?? Number.NaN) - extent);
  return {
    thighs: thighs.length > 0 && hips > 0 ? meanOf(thighs) / hips : Infinity,
    waist: Math.min(...seen(OVER_HIPS.waist)) / hips,
    hem: Math.max(0, ...steps.filter(Number.isFinite)) / hips,
  };
}

const meanOf = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;

/** What is known of a girth that loose cloth covers. */
export function underLoose({ cm, sdCm }: Girth): Girth {
  const less = 1 - LOOSE.less;
  return { cm: cm * less, sdCm: Math.hypot(sdCm * less, cm * LOOSE.sd) };
}

/** The two legs at a level (shares of the body's height): wall between them, the way over both, and the mean of their widths. */
interface LegsAt {
  readonly gap: number;
  readonly over: number;
  readonly each: number;
}

type Legs = (level: number) => LegsAt | null;

function legsOf({ limbs }: Silhouette, { soles, bodyPx }: Scale): Legs {
  const [one, other] = limbs?.legs ?? [];
  return (level) => {
    const y = Math.round(soles - level * bodyPx);
    const [a, b] = [one?.rows[y - one.firstRow], other?.rows[y - other.firstRow]];
    if (!a || !b) return null;
    return {
      gap: (Math.max(a.left, b.left) - Math.min(a.right, b.right)) / bodyPx,
      over: (Math.max(a.right, b.right) - Math.min(a.left, b.left)) / bodyPx,
      each: (a.right - a.left + (b.right - b.left)) / 2 / bodyPx,
    };
  };
}

function areUnderSkirt(legs: Legs): boolean {
  for (let level = SKIRT.from; level <= SKIRT.to + 1e-9; level += SKIRT.step) {
    const at = legs(level);
    if (!at || at.gap > SKIRT.apart) return false;
  }
  const [thighs, knees] = [legs(SKIRT.thighs), legs(SKIRT.knees)];
  return thighs !== null && knees !== null && knees.over >= SKIRT.taper * thighs.over;
}

function areInWideTrousers(legs: Legs): boolean {
  const thigh = legs(TROUSERS.thigh);
  const ankles = TROUSERS.ankle.flatMap((level) => legs(level)?.each ?? []);
  return thigh !== null && ankles.length > 0 && Math.min(...ankles) >= TROUSERS.ratio * thigh.each;
}
