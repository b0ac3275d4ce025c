/** The belly in a photo from the front as a small grid of cells that are the same share of every body, and which of them are bare skin. */

import { distance } from '@reddyfit/shared/gate/face';
import type { PicturePixels } from '@reddyfit/shared/gate/picture';
import type { Silhouette } from './silhouette.ts';

/**
 * The grid: `ASIDE` columns to each side of the belly's middle, and `UP` rows above and below of where its navel is expected. A cell's side is
 * `CELL` (share of the body's height): 4 mm, so that a navel is two to five cells wide.
 */
export const CELL = 0.0025;
export const [UP, ASIDE] = [30, 22] as const;
export const [ROWS, COLUMNS] = [2 * UP + 1, 2 * ASIDE + 1] as const;

/** One number a cell, row by row. */
export type Grid = Float64Array;

export const emptyGrid = (): Grid => new Float64Array(ROWS * COLUMNS);

/**
 * The mean colours (red, green, blue, 0–255) of the cells about `row`, whose sides are `side` px; undefined where the trunk is not followed or
 * leaves the photo.
 */
export function coloursOf(
  { width, height, pixels }: PicturePixels,
  { firstRow, rows }: Silhouette,
  row: number,
  side: number,
): readonly Grid[] | undefined {
  const [top, bottom] = [Math.round(row - (UP + 0.5) * side), Math.round(row + (UP + 0.5) * side)];
  if (top < Math.max(0, firstRow) || bottom >= Math.min(height, firstRow + rows.length)) return undefined;
  // The middle is a straight line: a side that is not followed well for some rows moves it little.
  const middles = rows.slice(top - firstRow, bottom - firstRow).map(({ left, right }) => (left + right) / 2);
  const middle = lineThrough(middles);
  const colours = [emptyGrid(), emptyGrid(), emptyGrid()];
  for (let i = 0; i < ROWS; i++) {
    const from = Math.round(row + (i - UP - 0.5) * side);
    const to = Math.max(from + 1, Math.round(row + (i - UP + 0.5) * side));
    const x = middle((from + to) / 2 - top);
    for (let j = 0; j < COLUMNS; j++) {
      const left = Math.round(x + (j - ASIDE - 0.5) * side);
      const right = Math.max(left + 1, Math.round(x + (j - ASIDE + 0.5) * side));
      if (left < 0 || right > width) return undefined;
      const sum = [0, 0, 0];
      for (let y = from; y < to; y++)
        for (let at = (y * width + left) * 3; at < (y * width + right) * 3; at += 3)
          for (let channel = 0; channel < 3; channel++) sum[channel]! += pixels[at + channel]!;
      for (const [channel, grid] of colours.entries())
        grid[i * COLUMNS + j] = sum[channel]! / ((to - from) * (right - left));
    }
  }
  return colours;
}

function lineThrough(values: readonly number[]): (at: number) => number {
  const centre = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const across = values.reduce((sum, value, i) => sum + (i - centre) * (value - mean), 0);
  const squares = values.reduce((sum, _, i) => sum + (i - centre) ** 2, 0);
  return (at) => mean + (across / (squares || 1)) * (at - centre);
}

/**
 * Bare skin has the colour of the same person's forearms within `likeArms` (distances as in face.ts), and that of the rest of the belly within
 * `likeBelly`: cloth has an edge there, and shade hasn't. Of 57 navels of anny under shorts none lies in a cell that counts as bare, of 241 bare ones
 * 225 do. `core` and `near`: columns and rows from the middle in which skin is looked for first, and `fewest`, the fewest cells of it that are a belly;
 * `aside`: the furthest column that counts, since trunks are dark at their sides. These four are assumed.
 */
const BARE = { likeArms: 1, likeBelly: 0.6, core: 16, near: 15, fewest: 60, aside: 20 } as const;

/** A dark navel in bare skin is no cloth: holes that are less than twice this wide (cells) are filled. Assumed. */
const HOLE = 4;

/** 1 for each cell of bare skin, 0 for others; undefined where hardly any belly is bare. */
export function bareCells(
  colours: readonly Grid[],
  forearms: readonly (readonly number[])[],
): Grid | undefined {
  const colourAt = (at: number) => colours.map((grid) => grid[at]!);
  const like = (others: readonly (readonly number[])[], most: number, aside: number) =>
    emptyGrid().map((_, at) => {
      if (Math.abs((at % COLUMNS) - ASIDE) > aside) return 0;
      const colour = colourAt(at);
      return others.some((other) => distance(colour, other) < most) ? 1 : 0;
    });
  const likeArms = like(forearms, BARE.likeArms, BARE.core);
  if (nearMiddle(likeArms) < BARE.fewest) return undefined;
  const belly = colours.map((grid) => median(grid.filter((_, at) => likeArms[at] === 1)));
  const likeBelly = like([belly], BARE.likeBelly, BARE.aside);
  const filled = withinReach(withinReach(likeBelly, HOLE, 1), HOLE, 0);
  // Cells at an edge are partly cloth.
  const bare = withinReach(filled, 1, 0);
  return nearMiddle(bare) < BARE.fewest ? undefined : bare;
}

/** How many cells are 1 in the rows near the middle. */
function nearMiddle(grid: Grid): number {
  const from = (UP - BARE.near) * COLUMNS;
  return grid.subarray(from, grid.length - from).reduce((sum, each) => sum + each, 0);
}

/**
 * A grid of 0 and 1 in which `value` has grown by `reach` cells to all sides, as a disk; a single step grows into corners, too. What lies beyond the
 * first and last rows is like them, beyond the columns it is 0.
 */
function withinReach(grid: Grid, reach: number, value: 0 | 1): Grid {
  const steps: (readonly [number, number])[] = [];
  for (let y = -reach; y <= reach; y++)
    for (let x = -reach; x <= reach; x++)
      if (x * x + y * y <= reach * reach + 0.5 || reach === 1) steps.push([y, x]);
  return grid.map((own, at) => {
    if (own === value) return own;
    const [row, column] = [Math.floor(at / COLUMNS), at % COLUMNS];
    const meets = steps.some(([y, x]) => {
      const besides = column + x;
      const there = Math.max(0, Math.min(ROWS - 1, row + y)) * COLUMNS + besides;
      return (besides < 0 || besides >= COLUMNS ? 0 : grid[there]!) === value;
    });
    return meets ? value : own;
  });
}

/** The middle value; NaN of none. */
export function median(values: Float64Array): number {
  return values.toSorted()[Math.floor(values.length / 2)] ?? Number.NaN;
}
