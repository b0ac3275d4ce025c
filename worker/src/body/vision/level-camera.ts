/**
 * Tells from the four photos by how much narrower a level camera shows a neck than one that looks down. A camera that looks down
 * has the neck nearer before it than the rest of the body, and shows it larger than the way from crown to ankles says.
 */

import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import type { GirthName } from './body-measurement.ts';
import type { Elevations } from './known-camera.ts';
import type { Scale } from './scale.ts';
import type { Silhouette } from './silhouette.ts';

/**
 * Cameras of 444 bodies of anny 0.6.2 (seeds 12000–12099, 13000–13099, 14000–14099, 15000–15099 and 16000–16049) looked down by
 * 3.5° ± 3, and showed necks `most` (share) larger, ± 0.0095 from body to body; measured necks err by 1.03 ± 0.15 of that. Ten bodies
 * of the same model whose cameras were level, by all that their photos show, come out 2.1 % smaller than these. A level camera shows
 * hips higher between crown and ankles (those of the ten by 0.012, of the 444 by 0.009 had their cameras been level), and, as it is
 * held at the breast, it shows the body below the photo's middle (the ten by 0.115, these by 0.01). `forHips` and `forPhoto` are how
 * much less such a camera shows (share of the girth, for a unit of these), where the hips' joints lie above the level `hips`, and the
 * middle between crown and ankles further below the photo's middle than `photo` (shares of the body's height; means of 641 bodies):
 * the regression on these bodies and, each counting a quarter, on themselves as by level cameras. Long legs lift hips, too, and hips
 * that lie low or a body above the middle are no sign of more pitch: mannequins have both before level cameras. So only what
 * is less counts, at most `most`.
 */
const LEVEL = { hips: 0.534, forHips: 0.4, photo: 0.01, forPhoto: 0.08, most: 0.018 } as const;

/**
 * By how much less these cameras show of a neck than others (share of its girth). A photo whose middle is not known shows the usual,
 * and so does one whose camera is known: its outline was turned to what the usual camera shows.
 */
export function lessByLevelCameras(
  silhouettes: Readonly<Record<Angle, Silhouette>>,
  scales: Readonly<Record<Angle, Scale>>,
  elevations: Elevations = {},
): number {
  const signs = ANGLES.map((angle) => {
    const { crown, ankles, hips, photoMiddle } = silhouettes[angle];
    if (elevations[angle] !== undefined) return 0;
    const { soles, bodyPx } = scales[angle];
    const higher = hips === undefined ? 0 : (soles - hips) / bodyPx - LEVEL.hips;
    const below = photoMiddle === undefined ? 0 : ((crown + ankles) / 2 - photoMiddle) / bodyPx - LEVEL.photo;
    return LEVEL.forHips * higher + LEVEL.forPhoto * below;
  });
  const mean = signs.reduce((sum, each) => sum + each, 0) / signs.length;
  return Math.max(0, Math.min(LEVEL.most, mean));
}

/**
 * How level these cameras are: 0 where they look down as the usual ones do, 1 where they show as much less of a neck as level ones
 * do. `less` is what `lessByLevelCameras` says.
 */
export const howLevel = (less: number): number => less / LEVEL.most;

/**
 * Level cameras show shoulders, too, higher between crown and ankles, by at least this share of what they show less of a neck: joints of 120 bodies
 * of anny 0.6.2 by cameras that look down are seen at 0.8215, of 72 by level cameras at 0.8300 and of ten of another renderer at 0.8302, where
 * these cameras show 0.0030, 0.0127 and 0.0128 less: 0.9 times as much. So much would leave the necks of weightlifters outside their
 * intervals (20162, by 0.5 and more), whose shoulders do lie high.
 */
const SHOULDERS_HIGHER = 0.4;

/** By how much these cameras show shoulders higher than others (share of the body's height). `less` is what `lessByLevelCameras` says. */
export const shouldersShownHigher = (less: number): number => SHOULDERS_HIGHER * less;

/**
 * What a girth's usual uncertainty loses where cameras are level (share, by `howLevel`), since it holds what pitch does to girths and
 * pitch is what level cameras don't have. Of 128 bodies of anny by level cameras, rendered as those ten are, necks err by 2.0 and hips by 1.2 %
 * (root mean square), of 994 whose cameras look up and down by 3.1 and 2.0; of 38 of the latter that seem level (from 0.6 on) by 1.5 (median,
 * scaled) instead of 2.5 and by 1.1 instead of 1.8. What jaws, shoulders and other risks add stays. With it 98 and 99 % are held of the 128 (100 and 99
 * without, in intervals a third and a fifth longer), 96 % of the 994.
 */
const SURER: Partial<Record<GirthName, number>> = { neck: 0.4, hip: 0.4 };

/** The share of a girth's uncertainty that is left with cameras that show so much less of a neck. */
export const uncertainByLevel = (name: GirthName, less: number): number =>
  1 - (SURER[name] ?? 0) * howLevel(less);
