/**
 * Tells from the four photos by how much narrower a level camera shows a neck than one that looks down. A camera that looks down
 * has the neck nearer before it than the rest of the body, and shows it larger than the way from crown to ankles says.
 */

import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
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
