/** The extents of one outline by height, and which of its rows can be believed. */

import type { Silhouette } from './silhouette.ts';
import type { Scale } from './scale.ts';

/** Half the height of the band over which a width is averaged (share of the body's height). */
const BAND = 0.0015;

/** Below this contrast (0–255) no edge is there: the trace ran where the guess was wrong. */
const NO_EDGE = 9;

/** What stands out for less than twice this height, by more than that (shares of the body), is no trunk: a hand, a strand of hair. */
const BULGE = { reach: 0.05, out: 0.011 } as const;

/** Above it (share of the body's height) nothing is taken off: a chin stands out of a neck, and who looks for the narrowest is not misled. */
const NECK_FROM = 0.8;

/** One width or depth (share of the body's height). */
export interface Band {
  readonly extent: number;
  /** How clear the outline is there (0–255). */
  readonly contrast: number;
}

export interface Outline {
  /** Null where the outline can't be believed, or does not reach. */
  at(level: number): Band | null;
  /** The two sides (shares of the body's height, from any column), nearest row; null as above. */
  sides(level: number): { readonly left: number; readonly right: number } | null;
}

/** Levels are shares of the body's height above the soles. */
export function outlineOf({ rows, firstRow }: Silhouette, { soles, bodyPx }: Scale): Outline {
  const reach = Math.round(BULGE.reach * bodyPx);
  const left = bulges(rows.map((row) => -row.left), reach, BULGE.out * bodyPx); // prettier-ignore
  const right = bulges(rows.map((row) => row.right), reach, BULGE.out * bodyPx); // prettier-ignore
  const neckRow = soles - NECK_FROM * bodyPx - firstRow;
  const believed = rows.map(
    ({ contrast, free, left: a, right: b }, i) =>
      free && contrast >= NO_EDGE && b > a && (i < neckRow || (!left[i] && !right[i])),
  );
  const indexOf = (level: number) => Math.round(soles - level * bodyPx) - firstRow;
  return {
    at(level) {
      const [from, to] = [indexOf(level + BAND), indexOf(level - BAND)];
      let [px, contrast, count] = [0, 0, 0];
      for (let i = from; i <= to; i++) {
        if (!believed[i]) continue;
        px += rows[i]!.right - rows[i]!.left;
        contrast += rows[i]!.contrast;
        count++;
      }
      return count > (to - from) / 2 ? { extent: px / count / bodyPx, contrast: contrast / count } : null;
    },
    sides(level) {
      const i = indexOf(level);
      return believed[i] ? { left: rows[i]!.left / bodyPx, right: rows[i]!.right / bodyPx } : null;
    },
  };
}

/** Where an edge stands out of what is left of it when short bulges are taken off. */
function bulges(edge: readonly number[], reach: number, out: number): boolean[] {
  const window = (of: readonly number[], i: number) => of.slice(Math.max(0, i - reach), i + reach + 1);
  const least = edge.map((_, i) => Math.min(...window(edge, i)));
  return edge.map((value, i) => value - Math.max(...window(least, i)) > out);
}
