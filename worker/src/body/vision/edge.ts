/** Finds an outline to a part of a pixel near where it is expected: the strongest unbroken edge in a band. */

import type { PicturePixels } from '@reddyfit/shared/gate/picture';

/** A line of expected places (px), one for each step along the outline, and the direction that leads out of the body. */
export interface Expected {
  readonly places: readonly { readonly x: number; readonly y: number }[];
  /** One step outwards (px): (1, 0) for a right side, (0, -1) for a crown. */
  readonly outwards: readonly [x: number, y: number];
  /** How far to look to both sides of the expected place (px). */
  readonly reach: number;
  /**
   * For each place, whether its line is known to end outside in wall rather than in another part of the body. Absent:
   * false for all.
   */
  readonly endsInWall?: readonly boolean[];
  /**
   * For the first places, the most contrast (0–255) that it costs not to have wall just outside, where their lines end in wall. For
   * places beyond its end, and for all where it is absent: UNLIKE_WALL.most.
   */
  readonly mostUnlike?: readonly number[];
}

/** The outline at one step: how far outwards of the expected place (px), and how clear it is (0–255). */
export interface EdgePoint {
  readonly offset: number;
  readonly contrast: number;
}

/** Below this contrast (0–255) there is no edge: the trace ran along a wrong guess. */
export const NO_EDGE = 9;

/** Pixels to each side that are averaged before they are compared. */
const SIDE_PX = 3;

/** From the first number that is averaged before a place to the first that is averaged after it. */
const AFTER = (SIDE_PX + 1) * 3;

/** The cost of a jump by one pixel from step to step, in units of contrast. */
const JUMP_COST = 10;

/** The cost of each pixel of distance from the expected place, in units of contrast. */
const DISTANCE_COST = 0.35;

/** Furthest jump from step to step (px). */
const MAX_JUMP = 3;

/**
 * Where a line ends in wall, the place just outside of the outline is wall, too. Outside of the edge of a shade on skin
 * lies skin instead. So a place whose outer neighbours do not have the wall's colour costs as much contrast as the
 * colours differ, less `noise`, and at most `most` where nothing else is said, since there may be things on a wall.
 */
const UNLIKE_WALL = { noise: 5, most: 15 } as const;

/** Traces the edge by dynamic programming over the band. */
export function traceEdge(
  picture: PicturePixels,
  { places, outwards, reach, endsInWall, mostUnlike }: Expected,
): EdgePoint[] {
  const span = 2 * reach + 1;
  const colours = lines(picture, places, outwards, reach + SIDE_PX);
  const contrast = contrasts(colours, places.length, span);
  const unlike = endsInWall && unlikeWall(colours, endsInWall, span, mostUnlike);
  const from = new Uint16Array(places.length * span);
  let before = new Float64Array(span);
  let total = new Float64Array(span);
  for (let step = 0; step < places.length; step++) {
    [before, total] = [total, before];
    for (let i = 0; i < span; i++) {
      const own =
        contrast[step * span + i]! - DISTANCE_COST * Math.abs(i - reach) - (unlike?.[step * span + i] ?? 0);
      let best = 0;
      let bestFrom = i;
      if (step > 0) {
        best = -Infinity;
        const last = Math.min(span - 1, i + MAX_JUMP);
        for (let j = Math.max(0, i - MAX_JUMP); j <= last; j++) {
          const sum = before[j]! - JUMP_COST * Math.abs(i - j);
          if (sum > best) {
            best = sum;
            bestFrom = j;
          }
        }
      }
      total[i] = own + best;
      from[step * span + i] = bestFrom;
    }
  }
  const result: EdgePoint[] = Array.from({ length: places.length });
  let i = 0;
  for (let j = 1; j < span; j++) if (total[j]! > total[i]!) i = j;
  const across = span + 2 * SIDE_PX;
  for (let step = places.length - 1; step >= 0; step--) {
    const row = colours.subarray(step * across * 3, (step + 1) * across * 3);
    const offset = i - reach + partOfPixel(row, i + SIDE_PX);
    result[step] = { offset, contrast: contrast[step * span + i]! };
    i = from[step * span + i]!;
  }
  return result;
}

/** Colours along the lines across the outline, one line after the other: three numbers a place, from inside to outside. */
function lines(
  { width, height, pixels }: PicturePixels,
  places: Expected['places'],
  [outX, outY]: readonly [number, number],
  reach: number,
): Uint8Array {
  // One array for all lines: with an array for each line, the allocations took most of the time.
  const colours = new Uint8Array(places.length * (2 * reach + 1) * 3);
  let to = 0;
  for (const place of places) {
    const [middleX, middleY] = [Math.round(place.x), Math.round(place.y)];
    for (let i = -reach; i <= reach; i++) {
      const x = Math.min(width - 1, Math.max(0, middleX + i * outX));
      const y = Math.min(height - 1, Math.max(0, middleY + i * outY));
      const at = (y * width + x) * 3;
      colours[to++] = pixels[at]!;
      colours[to++] = pixels[at + 1]!;
      colours[to++] = pixels[at + 2]!;
    }
  }
  return colours;
}

/** Distance between the mean colours before and after each place, evened out over three steps. */
function contrasts(colours: Uint8Array, steps: number, span: number): Float64Array {
  const raw = new Float64Array(steps * span);
  const across = (span + 2 * SIDE_PX) * 3;
  const end = span * 3;
  for (let step = 0; step < steps; step++) {
    for (let channel = 0; channel < 3; channel++) {
      // What lies after a place less what lies before it; from place to place, four of these pixels change sides.
      let at = step * across + channel;
      let difference = 0;
      for (let k = 0; k < SIDE_PX * 3; k += 3) difference += colours[at + k + AFTER]! - colours[at + k]!;
      for (let i = 0; i < end; i += 3, at += 3) {
        raw[step * span + i / 3]! += (difference / SIDE_PX) ** 2;
        if (i + 3 < end)
          difference +=
            colours[at + AFTER + SIDE_PX * 3]! -
            colours[at + AFTER]! -
            colours[at + SIDE_PX * 3]! +
            colours[at]!;
      }
    }
    for (let i = step * span; i < (step + 1) * span; i++) raw[i] = Math.sqrt(raw[i]!);
  }
  const even = new Float64Array(raw.length);
  for (let step = 0; step < steps; step++) {
    const [above, below] = [Math.max(0, step - 1), Math.min(steps - 1, step + 1)];
    for (let i = 0; i < span; i++) {
      even[step * span + i] = (raw[above * span + i]! + raw[step * span + i]! + raw[below * span + i]!) / 3;
    }
  }
  return even;
}

/** The cost of each place whose outer neighbours do not have the wall's colour. */
function unlikeWall(
  colours: Uint8Array,
  endsInWall: readonly boolean[],
  span: number,
  mostUnlike?: readonly number[],
): Float64Array {
  const cost = new Float64Array(endsInWall.length * span);
  const across = span + 2 * SIDE_PX;
  for (const [step, ends] of endsInWall.entries()) {
    if (!ends) continue;
    const most = mostUnlike?.[step] ?? UNLIKE_WALL.most;
    const line = colours.subarray(step * across * 3, (step + 1) * across * 3);
    const wall = [0, 0, 0];
    for (let k = (across - 2 * SIDE_PX) * 3; k < across * 3; k++) wall[k % 3]! += line[k]! / (2 * SIDE_PX);
    for (let i = 0; i < span; i++) {
      let squares = 0;
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let k = 1; k <= SIDE_PX; k++) sum += line[(i + SIDE_PX + k) * 3 + channel]!;
        squares += (sum / SIDE_PX - wall[channel]!) ** 2;
      }
      cost[step * span + i] = Math.min(most, Math.max(0, Math.sqrt(squares) - UNLIKE_WALL.noise));
    }
  }
  return cost;
}

/** Where the colour is halfway from inside to outside: -1.5 to 1.5 px from the place. */
function partOfPixel(row: Uint8Array, at: number): number {
  const mean = (from: number, channel: number) => {
    let sum = 0;
    let count = 0;
    for (let i = Math.max(0, from); i <= Math.min(row.length / 3 - 1, from + 1); i++, count++) {
      sum += row[i * 3 + channel]!;
    }
    return sum / count;
  };
  // Each pixel's share of the way from the inside colour to the outside colour, summed up, gives the place of the step.
  let [dot, length] = [0, 0];
  const inside = [0, 1, 2].map((channel) => mean(at - SIDE_PX, channel));
  const outside = [0, 1, 2].map((channel) => mean(at + SIDE_PX - 1, channel));
  for (let channel = 0; channel < 3; channel++) length += (outside[channel]! - inside[channel]!) ** 2;
  if (length === 0) return 0;
  let within = 0;
  for (let i = at - 1; i <= at + 1; i++) {
    dot = 0;
    for (let channel = 0; channel < 3; channel++) {
      dot += (row[i * 3 + channel]! - inside[channel]!) * (outside[channel]! - inside[channel]!);
    }
    within += 1 - Math.max(0, Math.min(1, dot / length));
  }
  return within - 1.5;
}
