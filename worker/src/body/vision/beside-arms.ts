/** Ends a trunk at the wall between it and an arm where the network's pixels are too large to see that wall. */

import { GAP_FROM, type Gap, narrowGap } from '@reddyfit/shared/gate/narrow-gap';
import type { PicturePixels } from '@reddyfit/shared/gate/picture';
import type { SidePoint } from './believed-side.ts';

/** Where a side of a trunk lies in the picture. */
export interface Beside {
  /** Row of the side's first entry (px); each next is one lower. */
  readonly firstRow: number;
  /** 1 for a right side, -1 for a left one. */
  readonly outwards: 1 | -1;
  /** Row → column of the trunk's middle (px). */
  readonly spine: (row: number) => number;
  /** Row → columns of the arms' middles (px). */
  readonly arms: (row: number) => readonly number[];
  /** How far beyond the outermost place wall begins for sure (px). */
  readonly reach: number;
  /** The body's height (px). */
  readonly body: number;
}

/** The wall's colour is the mean of so many pixels. Assumed: what averages out noise, and is narrower than any wall beside an arm. */
const WALL_PX = 8;

/**
 * The side, with another end in each row in which an arm's middle lies within it, and yet wall is seen between trunk and arm at the
 * photo's full resolution (narrow-gap.ts). Where none is seen the row stays as it is. Pure.
 */
export function besideArms(
  picture: PicturePixels,
  side: readonly SidePoint[],
  { firstRow, outwards, spine, arms, reach, body }: Beside,
): SidePoint[] {
  return side.map((point, i) => {
    const row = firstRow + i;
    const middle = spine(row);
    const end = (point.x - middle) * outwards;
    const within = arms(row)
      .map((x) => (x - middle) * outwards)
      .filter((out) => out > 0 && out <= end);
    if (within.length === 0 || !point.endsInWall) return point;
    const wall = meanColour(picture, row, point.x + outwards * reach, outwards);
    if (!wall) return point;
    const search = { side: outwards, from: GAP_FROM * end, to: Math.min(...within), wall } as const;
    const gap: Gap | null = narrowGap(picture, row, body, (near) => ({
      ...search,
      row: near,
      middle: spine(near),
    }));
    return gap ? { ...point, x: gap.x, contrast: gap.contrast } : point;
  });
}

/** The mean colour of WALL_PX pixels from a column outwards; null where the photo ends before. */
function meanColour(
  { width, pixels }: PicturePixels,
  row: number,
  from: number,
  outwards: 1 | -1,
): number[] | null {
  const first = Math.floor(from);
  const last = first + outwards * (WALL_PX - 1);
  if (Math.min(first, last) < 0 || Math.max(first, last) >= width) return null;
  const sum = [0, 0, 0];
  for (let k = 0; k < WALL_PX; k++)
    for (let c = 0; c < 3; c++) sum[c]! += pixels[(row * width + first + outwards * k) * 3 + c]!;
  return sum.map((each) => each / WALL_PX);
}
