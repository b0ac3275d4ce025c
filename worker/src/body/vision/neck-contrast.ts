/**
 * Tells by how much a neck's outlines lie inside of its skin where the skin has nearly the wall's colour, by how faint the edges
 * are that they follow: there the border of a shade on the skin is often the clearer edge.
 */

import { medianOf } from '@reddyfit/shared/median';
import type { Angle } from '@reddyfit/shared/scan/photos';
import type { Scale } from './scale.ts';
import type { Silhouette } from './silhouette.ts';

/**
 * An edge of the contrast `none` (of 255) or more is not faint, one of `all` or less is wholly so. Where the front photo's is, necks
 * come out `front` too small, where the fainter profile's is, `sides` (shares of the girth): 1.6 and 1.1 % among 494 bodies of anny 0.6.2
 * (seeds as for FRONT_NECK_SD in girths.ts), 0.9 and 1.3 % among 294 that were not looked at before (20000–20299). `sd`: how much more
 * uncertain a girth is by a faint front. Of all these, the twentieth with the faintest fronts (below 29) errs by 4.7 % (root mean
 * square), the three fifths above 60 by 2.3 to 2.9. The two of ten bodies of another renderer that came out 3 % too small have 26 to 46.
 */
const FAINT = { none: 60, all: 25, front: 0.013, sides: 0.011, sd: 0.02 } as const;

/** The neck's rows whose edges count: about `above` the shoulders' joints, up to `reach` away (shares of the body's height). */
const ROWS = { above: 0.049, reach: 0.02, step: 0.004 } as const;

/** By how much such outlines are too small, and how uncertain that is (shares of the neck's girth). */
export interface Inside {
  readonly less: number;
  readonly sd: number;
}

/** `shoulders` is the level of their joints (share of the body's height). */
export function insideOfFaintSkin(
  silhouettes: Readonly<Record<Angle, Silhouette>>,
  scales: Readonly<Record<Angle, Scale>>,
  shoulders: number,
): Inside {
  const faint = (angle: Angle) => faintness(silhouettes[angle], scales[angle], shoulders + ROWS.above);
  const [front, sides] = [faint('front'), Math.max(faint('left'), faint('right'))];
  return { less: FAINT.front * front + FAINT.sides * sides, sd: FAINT.sd * front };
}

/** How faint the edges about a level are (0 to 1), by the median of their rows; 0 where there is no row. */
function faintness({ rows, firstRow }: Silhouette, { soles, bodyPx }: Scale, middle: number): number {
  const contrasts: number[] = [];
  for (let away = -ROWS.reach; away <= ROWS.reach + 1e-9; away += ROWS.step) {
    const row = rows[Math.round(soles - (middle + away) * bodyPx) - firstRow];
    if (row) contrasts.push(row.contrast);
  }
  const median = medianOf(contrasts);
  if (median === undefined) return 0;
  return Math.max(0, Math.min(1, (FAINT.none - median) / (FAINT.none - FAINT.all)));
}
