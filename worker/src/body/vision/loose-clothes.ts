/**
 * Finds where loose clothes hide a body: above a shirt's hem, under a skirt or wide trousers, and under a dress. What such cloth
 * measures is more than the body, by how much is not known.
 */

import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import type { Girth } from './body-measurement.ts';
import { hemOf } from './hem.ts';
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
 * together less than `least` (shares of the hips', the lesser of two photos each; levels are shares of the body's height). So are 8 % of 788
 * bodies of anny, which are bare, 1 of 100 mannequins, and all of 18 drawn bodies in shirts and jackets. Where cloth covers the waist, too,
 * it is taken for one that hangs.
 */
const OVER_HIPS = { from: 0.46, to: 0.55, step: 0.01, thighs: [0.36, 0.37, 0.38], least: 1.55 } as const;

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
  const isWide = isSkirt || both(areInWideTrousers);
  const clothed = ANGLES.filter((angle) => (silhouettes[angle].cover?.waist ?? 0) >= CLOTHED.share);
  const hangs = clothed.length >= CLOTHED.photos && (isSkirt || hangsOverHips(outlines));
  return (level) => hangs || (isWide && level < WAISTBAND) || (hem !== null && level > hem);
}

function hangsOverHips(outlines: Readonly<Record<Angle, Outline>>): boolean {
  const thighsOfHips = (pair: readonly Angle[]) => {
    const least = (level: number) =>
      Math.min(...pair.flatMap((angle) => outlines[angle].at(level)?.extent ?? []));
    const hips = [];
    for (let level = OVER_HIPS.from; level <= OVER_HIPS.to + 1e-9; level += OVER_HIPS.step)
      hips.push(least(level));
    const thighs = OVER_HIPS.thighs.map(least).filter(Number.isFinite);
    const mean = thighs.reduce((sum, each) => sum + each, 0) / thighs.length;
    return mean / Math.max(...hips.filter(Number.isFinite));
  };
  return thighsOfHips(['front', 'back']) + thighsOfHips(['left', 'right']) < OVER_HIPS.least;
}

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
