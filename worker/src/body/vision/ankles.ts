/**
 * Tells by how much too low the network places the ankles in a body's four photos. It does so the more, the more steeply the
 * cameras look at the feet, and the way from crown to ankles, which is the scale, is then read too long.
 */

import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import type { Silhouette } from './silhouette.ts';

/**
 * How steeply the cameras see the floor between the feet is the way by which the nearer ankle is shown lower in the profiles, for
 * each unit by which both stand apart in front and back photo: `usual` are 0.306, which is 17°, on 447 bodies of anny 0.6.2 (seeds
 * 12000–12099, 13000–13099, 14000–14099, 15000–15099 and 16000–16049), whose cameras stood 0.29 to 0.63 as high above the floor as
 * they were away; it follows that with a correlation of 0.85. Toes and heels are shown by `toes` (share of the body's height, mean of the
 * four photos) below the ankles: where they are shown by less, the ankles were placed too low. `bySteep` and `byToes` are how much
 * too long (share) crown to ankles is read for a unit of the two: the regression on these bodies, of whom the true cameras are
 * known. By all of it the scale (mean of four photos) errs by 0.0055 instead of 0.0062 (found on one half, judged on the other), by half by
 * 0.0057; that of 50 mannequins, photographed by level cameras 0.32 to 0.74 as high as away, is 0.013 and 0.015 too large instead of 0.018.
 * `most` (share) is assumed: 95 % of these bodies have less than 0.003 by half.
 */
const FEET = { usual: 0.306, bySteep: 0.031, toes: 0.0811, byToes: 0.276, most: 0.01 } as const;

/**
 * What counts of that. A camera that sees the feet steeply is near, and mostly looks down, which shows the trunk larger: on bodies the
 * two nearly cancel out. By all of it their girths err by 1 to 2 % more than by none (994 bodies, seeds 12000–18099 and 20000–20299; the best
 * share is 0.3 ± 0.1 for necks, −0.2 ± 0.2 for waists and −0.1 ± 0.2 for hips), those of mannequins, whose cameras are level, least.
 */
const COUNTS = 0.5;

/** Feet that stand nearer to each other than this (share of the body's height) tell nothing of how steeply they are seen. Assumed. */
const LEAST_APART = 0.05;

/**
 * By how much (share) the way from crown to ankles is too long in these photos, compared with the usual; negative where it is too short.
 * `bodyPx`: how tall each photo shows the body by that way (px). 0 where a photo does not say where both ankles are.
 */
export function anklesReadTooLow(
  silhouettes: Readonly<Record<Angle, Silhouette>>,
  bodyPx: Readonly<Record<Angle, number>>,
): number {
  const mean = (angles: readonly Angle[], px: (silhouette: Silhouette) => number) =>
    angles.reduce((sum, angle) => sum + px(silhouettes[angle]) / bodyPx[angle], 0) / angles.length;
  const apart = mean(['front', 'back'], ({ anklesApart }) => anklesApart?.across ?? Number.NaN);
  const lower = mean(['left', 'right'], ({ anklesApart }) => anklesApart?.down ?? Number.NaN);
  if (Number.isNaN(lower) || !(apart >= LEAST_APART)) return 0;
  const toes = mean(ANGLES, ({ soles, ankles }) => soles - ankles);
  const low = COUNTS * (FEET.bySteep * (lower / apart - FEET.usual) - FEET.byToes * (toes - FEET.toes));
  return Math.max(-FEET.most, Math.min(FEET.most, low));
}
