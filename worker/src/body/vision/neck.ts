/**
 * The neck's girth. A neck leans forward, and the tape lies across its axis (ISO 8559-1:2017, 5.3.2), so that in profile the shortest way from
 * throat to nape is its depth, not a row.
 */

import type { Angle } from '@reddyfit/shared/scan/photos';
import type { Outline } from './outline.ts';

/** Between these heights (share of the body's) a neck is looked for; the front's narrowest row says where it is. */
const FROM = 0.82;
const TO = 0.893;

/** From the narrowest row down and up to where throat and nape are looked for (share of the body's height). */
const BELOW = 0.055;
const ABOVE = 0.03;

/** Steps (share of the body's height). */
const STEP = 0.002;

/** Most lean (degrees) of the tape, front lower. */
const MOST_LEAN = 40;
const LEAST_LEAN = -12;

/** Width and depth (shares of the body's height) from each photo that shows it. */
export interface NeckExtents {
  readonly widths: readonly number[];
  readonly depths: readonly number[];
}

/** Null when no photo of one of the pairs shows a neck. */
export function neckExtents(outlines: Readonly<Record<Angle, Outline>>): NeckExtents | null {
  const fronts = (['front', 'back'] as const).flatMap((angle) => narrowest(outlines[angle]) ?? []);
  if (fronts.length === 0) return null;
  const level = fronts.reduce((sum, each) => sum + each.level, 0) / fronts.length;
  const depths = (['left', 'right'] as const).flatMap((angle) => across(outlines[angle], angle, level) ?? []);
  if (depths.length === 0) return null;
  return { widths: fronts.map(({ width }) => width), depths };
}

/**
 * Below the larynx, where the tape lies, of most people; of those with short necks and large heads, higher up. The lower place counts where the neck is
 * hardly wider there.
 */
const USUAL = { from: 0.842, to: 0.866, wider: 1.12 } as const;

function narrowest(outline: Outline): { level: number; width: number } | null {
  const any = narrowestBetween(outline, FROM, TO);
  const usual = narrowestBetween(outline, USUAL.from, USUAL.to);
  return usual && any && usual.width <= USUAL.wider * any.width ? usual : any;
}

function narrowestBetween(
  outline: Outline,
  from: number,
  to: number,
): { level: number; width: number } | null {
  let found: { level: number; width: number } | null = null;
  for (let level = from; level <= to + 1e-9; level += STEP) {
    const band = outline.at(level);
    if (band && (!found || band.extent < found.width)) found = { level, width: band.extent };
  }
  return found;
}

/** The shortest way from the throat to the nape (share of the body's height). */
function across(outline: Outline, angle: 'left' | 'right', level: number): number | null {
  const throat: { x: number; y: number }[] = [];
  const nape: { x: number; y: number }[] = [];
  // Somebody whose left side is shown looks to the left.
  const out = angle === 'left' ? -1 : 1;
  for (let y = level - BELOW; y <= Math.min(level + ABOVE, TO); y += STEP) {
    const sides = outline.sides(y);
    if (!sides) continue;
    const [front, rear] = angle === 'left' ? [sides.left, sides.right] : [sides.right, sides.left];
    throat.push({ x: out * front, y });
    nape.push({ x: out * rear, y });
  }
  let best: number | null = null;
  for (const front of throat) {
    for (const rear of nape) {
      const [ahead, down] = [front.x - rear.x, rear.y - front.y];
      const lean = (Math.atan2(down, ahead) * 180) / Math.PI;
      if (lean < LEAST_LEAN || lean > MOST_LEAN) continue;
      const length = Math.hypot(ahead, down);
      if (best === null || length < best) best = length;
    }
  }
  return best;
}
