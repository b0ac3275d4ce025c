/** Where a navel lies: by the body's joints, and by what the front photo shows of it. */

import { DEVIATIONS_IN_95_PERCENT } from '../equations/interval.ts';
import type { Outline } from './outline.ts';
import { ANKLES_ABOVE_FLOOR, CROWN_TO_ANKLES, type Scale } from './scale.ts';
import type { NavelSigns, Silhouette } from './silhouette.ts';

/**
 * The level (share of the body's height) at which a front photo shows the navel of a body whose hips and shoulders it shows at `hips` and `shoulders`,
 * means of 298 bodies of anny 0.6.2 (seeds as in navel.ts). It moves with them by MOVES, and lies within ± 0.0112 of there.
 */
const SHOWN = { level: 0.5973, hips: 0.5404, shoulders: 0.822 } as const;
const MOVES = { hips: 0.6, shoulders: 0.4 } as const;

/** The row (px) in which a front photo is likely to show the navel, and the body's height (px) in it; null where joints are not known. */
export function levelByJoints({
  crown,
  ankles,
  hips,
  shoulders,
}: Silhouette): { readonly row: number; readonly bodyPx: number } | null {
  if (hips === undefined || shoulders === undefined) return null;
  const bodyPx = (ankles - crown) / CROWN_TO_ANKLES.front;
  const soles = ankles + ANKLES_ABOVE_FLOOR.front * bodyPx;
  const higher = (joints: 'hips' | 'shoulders', row: number) =>
    MOVES[joints] * ((soles - row) / bodyPx - SHOWN[joints]);
  const level = SHOWN.level + higher('hips', hips) + higher('shoulders', shoulders);
  return { row: soles - level * bodyPx, bodyPx };
}

/**
 * A navel lies before the body's middle, where cameras that look down show it lower than the outline at its level: by `lower` (share of the body's height) on
 * these bodies, ± 0.0027. `sd`: how far what the front and the back photo show of its level is from the mean of all four, one standard deviation.
 */
const SEEN = { lower: 0.0014, sd: 0.0045 } as const;

/** What a front photo says of the navel, by level (share of the body's height) as all four photos are read. */
export interface SignsByLevel {
  readonly levels: readonly number[];
  readonly signs: readonly number[];
}

/** The signs of a front photo, whose back photo shows the trunk higher by `backHigher` (share of the body's height). */
export function signsByLevel(
  { firstRow, step, signs }: NavelSigns,
  { soles, bodyPx, up = 0 }: Scale,
  backHigher: number,
): SignsByLevel {
  const shift = backHigher / 2 + SEEN.lower - up;
  return { levels: signs.map((_, i) => (soles - firstRow - i * step) / bodyPx + shift), signs };
}

/**
 * Front and back photo show the same widths. `from` to `to`, every `every`: where they are compared; `most`: how much higher or lower one may show
 * them than the other; `sd`: by how much one does, one standard deviation, and `noise`: how much the logarithms of two widths differ otherwise, both of
 * the 298 bodies; `odd`: a difference from which on it counts no more. The true levels of a navel in both differ by 0.0071, less what is found so by 0.0038.
 */
const ALIKE = { from: 0.54, to: 0.7, every: 0.004, fewest: 15, most: 0.024, step: 0.001, sd: 0.0071, noise: 0.005, odd: 0.02 } as const; // prettier-ignore

/** By how much the back photo shows the trunk higher than the front photo (share of the body's height); 0 where too little is seen in both. */
export function backHigherThan(front: Outline, back: Outline): number {
  const seen = (outline: Outline, level: number) => {
    const band = outline.at(level);
    return band && band.sd === 0 ? Math.log(band.extent) : null;
  };
  let [best, least] = [0, Infinity];
  for (let higher = -ALIKE.most; higher <= ALIKE.most + 1e-9; higher += ALIKE.step) {
    const differ: number[] = [];
    for (let level = ALIKE.from; level <= ALIKE.to + 1e-9; level += ALIKE.every) {
      const [one, other] = [seen(front, level), seen(back, level + higher)];
      if (one !== null && other !== null) differ.push(one - other);
    }
    if (differ.length < ALIKE.fewest) continue;
    const mean = differ.reduce((sum, each) => sum + each, 0) / differ.length;
    const squares = differ.reduce((sum, each) => sum + Math.min((each - mean) ** 2, ALIKE.odd ** 2), 0);
    const cost = squares / differ.length / ALIKE.noise ** 2 + (higher / ALIKE.sd) ** 2 / 2;
    if (cost < least) [best, least] = [higher, cost];
  }
  return best;
}

/** A level (share of the body's height) at which a navel may lie, and how likely; the weights of all are 1 together. */
export interface LikelyLevel {
  readonly level: number;
  readonly weight: number;
}

/** Levels are judged this far apart, up to so many standard deviations from where they are expected. */
const JUDGED = { every: 0.001, deviations: 4 } as const;

/** The levels at which a navel may lie that is expected at `level`, ± `sd`, by what the front photo shows of it, if it shows its belly. */
export function likelyLevels(level: number, sd: number, seen: SignsByLevel | null): readonly LikelyLevel[] {
  const steps = Math.ceil((JUDGED.deviations * sd) / JUDGED.every);
  const judged = Array.from({ length: 2 * steps + 1 }, (_, i) => {
    const away = (i - steps) * JUDGED.every;
    const expected = Math.exp(-0.5 * (away / sd) ** 2);
    return { level: level + away, weight: expected * (seen ? likelihoodAt(seen, level + away) : 1) };
  });
  const sum = judged.reduce((total, { weight }) => total + weight, 0);
  return judged.map((each) => ({ level: each.level, weight: each.weight / sum }));
}

/** The mean likelihood of the rows that may show this level. */
function likelihoodAt({ levels, signs }: SignsByLevel, level: number): number {
  const highest = Math.max(...signs);
  // The nearest row counts wherever the level lies.
  const nearest = Math.min(...levels.map((each) => Math.abs(each - level)));
  let [sum, weights] = [0, 0];
  for (const [i, each] of levels.entries()) {
    const weight = Math.exp(-0.5 * (((each - level) ** 2 - nearest ** 2) / SEEN.sd ** 2));
    sum += weight * Math.exp(signs[i]! - highest);
    weights += weight;
  }
  return sum / weights;
}

/** A girth (of any unit) whose place is not known for sure. */
export interface OverLevels {
  /** Its standard uncertainty by that of the level. */
  readonly sd: number;
  /** The mean level (share of the body's height). */
  readonly level: number;
}

/**
 * A girth over the levels at which it may lie. Its uncertainty is made of the ends of the level's 95 % interval, of half of the way
 * between the distances of their girths from that at the mean, since girths grow faster below a navel than they shrink above it.
 */
export function overLevels(likely: readonly LikelyLevel[], girthAt: (level: number) => number): OverLevels {
  const level = likely.reduce((sum, each) => sum + each.weight * each.level, 0);
  const [lowest, highest] = [endOf(likely), endOf(likely.toReversed())];
  const [below, here, above] = [girthAt(lowest), girthAt(level), girthAt(highest)];
  const away = Math.abs(below - here) + Math.abs(above - here);
  return {
    sd: away / 2 / DEVIATIONS_IN_95_PERCENT,
    level,
  };
}

/** The level beyond which, in the order given, as much of the weight lies as beyond one end of a 95 % interval. */
function endOf(likely: readonly LikelyLevel[]): number {
  let sum = 0;
  return likely.find(({ weight }) => (sum += weight) >= TAIL)!.level;
}

/** Share of the weight beyond one end of a 95 % interval. */
const TAIL = 0.025;
