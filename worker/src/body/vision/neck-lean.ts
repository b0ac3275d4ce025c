/**
 * Finds by how much a person's neck leans forward, from the middle line between throat and nape in the two profiles. A tape
 * lies across the neck's axis (ISO 8559-1:2017, 5.3.2), and axes differ: those of 298 bodies of anny lean by 6 to 28°.
 */

import type { Angle } from '@reddyfit/shared/scan/photos';
import type { Outline } from './outline.ts';

/** The lean of necks (degrees, positive forward): mean of 298 bodies of anny 0.6.2 (seeds 12000–12099, 13000–13099 and 14000–14099), ± 4.5. */
const USUAL = 17.6;

/**
 * The middle line is a straight line by least squares through the middles of a profile's rows, `from` to `to` above the
 * shoulders' joints (shares of the body's height). Chin and back make it lean more than the neck does: by `usual` on average of
 * these bodies (degrees). `tells`: by how much more a neck leans for each degree by which its line does, as the regression of
 * the 298 leans on their lines has it. By it a lean is known to 3.3° instead of 4.5 (with ends 0.02 to 0.01 nearer to each other
 * to 3.4 to 3.8°), by the line from the shoulders' to the ears' joints to 3.6°. Of mannequins, which stand upright, the line
 * leans by 17°.
 */
const LINE = { from: 0.005, to: 0.065, usual: 35.2, tells: 0.5 } as const;

/** Rows are read in these steps (share of the body's height). */
const STEP = 0.001;

/** A line through fewer rows than this says nothing. Assumed. */
const LEAST_ROWS = 8;

/** The least and the greatest lean (degrees): a little beyond what was seen. */
const LEAST = 0;
const MOST = 30;

/** The lean of the neck's axis (radians, positive forward). `shoulders` is the level of their joints (share of the body's height). */
export function neckLean(outlines: Readonly<Record<Angle, Outline>>, shoulders: number): number {
  const lines = (['left', 'right'] as const).flatMap(
    (angle) => middleLine(outlines[angle], angle, shoulders) ?? [],
  );
  const degrees =
    lines.length === 0
      ? USUAL
      : USUAL + LINE.tells * (lines.reduce((sum, each) => sum + each, 0) / lines.length - LINE.usual);
  return (Math.max(LEAST, Math.min(MOST, degrees)) * Math.PI) / 180;
}

/** By how much the middle line of a profile leans (degrees); null where throat and nape are seen in too few rows. */
function middleLine(outline: Outline, angle: 'left' | 'right', shoulders: number): number | null {
  // Somebody whose left side is shown looks to the left.
  const ahead = angle === 'left' ? -1 : 1;
  let [count, sumX, sumY, sumXY, sumYY] = [0, 0, 0, 0, 0];
  for (let y = LINE.from; y <= LINE.to + 1e-9; y += STEP) {
    const sides = outline.sides(shoulders + y);
    if (!sides) continue;
    const x = (ahead * (sides.left + sides.right)) / 2;
    count++;
    sumX += x;
    sumY += y;
    sumXY += x * y;
    sumYY += y * y;
  }
  if (count < LEAST_ROWS) return null;
  const slope = (count * sumXY - sumX * sumY) / (count * sumYY - sumY * sumY);
  return (Math.atan(slope) * 180) / Math.PI;
}
