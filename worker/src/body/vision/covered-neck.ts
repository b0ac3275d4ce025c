/**
 * Tells a neck that hair, a collar or a scarf covers, and what is known of its girth all the same: it is no more than what is
 * seen, and one of those that people of such a waist and seat have.
 */

import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import { DEVIATIONS_IN_95_PERCENT } from '../equations/interval.ts';
import type { Girth } from './body-measurement.ts';
import type { Outline } from './outline.ts';
import type { Silhouette } from './silhouette.ts';

/** A side of a neck is covered where at least this share of its rows is; bare ones have 0.62 at most (600 photos of 150 bodies of anny). */
const COVERED = 0.65;

/** Where one photo of a pair has this share, which none of them has, the other is covered from `other` on: a collar ends lower in it. */
const SURELY = { share: 0.8, other: 0.5 } as const;

const PAIRS = { width: ['front', 'back'], depth: ['left', 'right'] } as const;

/** What the photos show of a neck: it is bare, something covers it in both photos of a pair, or this is not known, as where one photo shows it covered. */
export type NeckSeen = 'bare' | 'covered' | 'unknown';

/**
 * Hair is told from skin by colour where it is at least this far from it in one of the photos (see face.ts): what covers a neck
 * counts from NOT_SKIN on, and light in its folds shifts it.
 */
const TOLD = 1.4;

/** What the colours of four photos say of the neck. */
export function neckSeen(silhouettes: Readonly<Record<Angle, Silhouette>>): NeckSeen {
  const covers = ANGLES.flatMap((angle) => silhouettes[angle].cover ?? []);
  // Older workers looked at no colours, and what they outlined is measured as it was then.
  if (covers.length === 0) return 'bare';
  const hides = (angle: Angle) => isCovered(silhouettes, angle);
  if (Object.values(PAIRS).some((pair) => pair.every(hides))) return 'covered';
  const isTold = covers.length === ANGLES.length && covers.some(({ hairFromSkin }) => hairFromSkin > TOLD);
  return isTold && !ANGLES.some(hides) ? 'bare' : 'unknown';
}

/** The outlines, of which a photo whose neck is covered shows none there, where the other photo of its pair shows a bare one. */
export function withoutCoveredNecks(
  outlines: Readonly<Record<Angle, Outline>>,
  silhouettes: Readonly<Record<Angle, Silhouette>>,
): Readonly<Record<Angle, Outline>> {
  const counting = { ...outlines };
  for (const [one, other] of Object.values(PAIRS)) {
    const [hidesOne, hidesOther] = [isCovered(silhouettes, one), isCovered(silhouettes, other)];
    if (hidesOne !== hidesOther) counting[hidesOne ? one : other] = UNSEEN;
  }
  return counting;
}

const UNSEEN: Outline = { at: () => null, sides: () => null };

function isCovered(silhouettes: Readonly<Record<Angle, Silhouette>>, angle: Angle): boolean {
  const share = (of: Angle) => {
    const { cover } = silhouettes[of];
    return cover ? Math.max(cover.neck.left, cover.neck.right) : 0;
  };
  const pair = Object.values(PAIRS).find((angles) => angles.some((each) => each === angle))!;
  const other = pair.find((each) => each !== angle)!;
  return share(angle) >= (share(other) >= SURELY.share ? SURELY.other : COVERED);
}

/**
 * The usual girth of a neck: `ofHeight` of the height, times the powers of waist and seat over the height; regression in logarithms over
 * 3,034 soldiers (ANSUR II: neck, waist at the navel, buttocks), of whom necks differ by 0.062, and none of a thousand by more than
 * 0.19. 700 bodies of anny 0.6.2 (seeds 12000–16099 and 20000–20199, by narrowest waist) have it, too, without bias, and differ by 0.088,
 * which is `sd` (share, one standard deviation); 99 of a hundred are less than 0.27 above it.
 */
const USUAL = { ofHeight: Math.exp(-1.3682), waist: 0.6849, seat: -0.5393, sd: 0.09 } as const;

/** The least standard uncertainty (share) of a neck that is covered: more than that of necks whose outline was seen well (UNCLEAR in range-reasons.ts). */
const LEAST_SD = 0.08;

/**
 * How much more than usual (in logarithms) a neck may be of which colours do not tell whether it is bare: from `rare` on, which is that of
 * one soldier of a thousand, it is uncertain by half of that; from `none` on it is hair or the neck of a weightlifter
 * (15066 has 0.39 above it), which is no more than `most`, and both lie in its interval.
 */
const MORE = { rare: 0.19, none: 0.4, most: 0.5 } as const;

/** What is known of a neck of which `seen` was measured. */
export function coveredNeck(
  seen: Girth,
  shown: NeckSeen,
  { waist, hip, heightCm }: { readonly waist: Girth; readonly hip: Girth; readonly heightCm: number },
): Girth {
  if (shown === 'bare') return seen;
  const usualCm =
    heightCm * USUAL.ofHeight * (waist.cm / heightCm) ** USUAL.waist * (hip.cm / heightCm) ** USUAL.seat;
  const usualSd = Math.hypot(
    USUAL.sd,
    (USUAL.waist * waist.sdCm) / waist.cm,
    (USUAL.seat * hip.sdCm) / hip.cm,
  );
  const more = Math.log(seen.cm / usualCm);
  if (shown === 'unknown' && more < MORE.rare) return seen;
  if (shown === 'unknown' && more < MORE.none)
    return { cm: seen.cm, sdCm: Math.hypot(seen.sdCm, (seen.cm * more) / 2) };
  if (shown === 'unknown') {
    const half = Math.min(more, MORE.most) / 2;
    const between = usualCm * Math.exp(half);
    return { cm: between, sdCm: between * Math.hypot(USUAL.sd, half / DEVIATIONS_IN_95_PERCENT) };
  }
  return atMost(more, seen.sdCm / seen.cm, usualCm, usualSd);
}

/** Steps of the mean over the usual necks, and how far they reach (standard deviations). */
const MEAN = { from: -4, to: 4, step: 0.1 } as const;

/** The mean of the usual necks, of which each counts by how likely it is no more than the seen one, whose logarithm over the usual is `more`. */
function atMost(more: number, moreSd: number, usualCm: number, usualSd: number): Girth {
  let [weights, sum, squares] = [0, 0, 0];
  for (let z = MEAN.from; z <= MEAN.to; z += MEAN.step) {
    const value = z * usualSd;
    // The logistic curve is within 0.01 of the normal distribution's.
    const fits = 1 / (1 + Math.exp((-1.702 * (more - value)) / Math.max(moreSd, 0.02)));
    const weight = Math.exp((-z * z) / 2) * fits;
    weights += weight;
    sum += weight * value;
    squares += weight * value * value;
  }
  const mean = sum / weights;
  const sd = Math.sqrt(Math.max(0, squares / weights - mean * mean));
  const cm = usualCm * Math.exp(mean);
  return { cm, sdCm: cm * Math.max(LEAST_SD, sd) };
}
