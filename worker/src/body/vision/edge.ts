/** Finds an outline to a part of a pixel near where it is expected: the strongest unbroken edge in a band. */

import type { PicturePixels } from '@reddyfit/shared/gate/picture';

/** A line of expected places (px), one for each step along the outline, and the direction that leads out of the body. */
export interface Expected {
  readonly places: readonly { readonly x: number; readonly y: number }[];
  /** One step outwards (px): (1, 0) for a right side, (0, -1) for a crown. */
  readonly outwards: readonly [x: number, y: number];
  /** How far to both sides of the expected place to look (px). */
  readonly reach: number;
}

/** The outline at one step: how far outwards of the expected place (px), and how clear it is (0–255). */
export interface EdgePoint {
  readonly offset: number;
  readonly contrast: number;
}

/** Pixels to each side that are averaged before they are compared. */
const SIDE_PX = 3;

/** What a pixel's jump from step to step costs, in units of contrast. */
const JUMP_COST = 10;

/** What a pixel away from the expected place costs, in units of contrast. */
const DISTANCE_COST = 0.35;

/** Furthest jump from step to step (px). */
const MAX_JUMP = 3;

/** Traces the edge by dynamic programming over the band. */
export function traceEdge(picture: PicturePixels, { places, outwards, reach }: Expected): EdgePoint[] {
  const span = 2 * reach + 1;
  const colours = places.map((place) => line(picture, place, outwards, reach + SIDE_PX));
  const contrast = contrasts(colours, span);
  const total = new Float64Array(places.length * span);
  const from = new Int32Array(places.length * span);
  for (let step = 0; step < places.length; step++) {
    for (let i = 0; i < span; i++) {
      const own = contrast[step * span + i]! - DISTANCE_COST * Math.abs(i - reach);
      let [best, bestFrom] = [0, i];
      if (step > 0) {
        best = -Infinity;
        for (let j = Math.max(0, i - MAX_JUMP); j <= Math.min(span - 1, i + MAX_JUMP); j++) {
          const before = total[(step - 1) * span + j]! - JUMP_COST * Math.abs(i - j);
          if (before > best) [best, bestFrom] = [before, j];
        }
      }
      total[step * span + i] = own + best;
      from[step * span + i] = bestFrom;
    }
  }
  const result: EdgePoint[] = Array.from({ length: places.length });
  const last = (places.length - 1) * span;
  let i = 0;
  for (let j = 1; j < span; j++) if (total[last + j]! > total[last + i]!) i = j;
  for (let step = places.length - 1; step >= 0; step--) {
    const offset = i - reach + partOfPixel(colours[step]!, i + SIDE_PX);
    result[step] = { offset, contrast: contrast[step * span + i]! };
    i = from[step * span + i]!;
  }
  return result;
}

/** Colours along one line across the outline, three numbers each, from inside to outside. */
function line(
  { width, height, pixels }: PicturePixels,
  place: { x: number; y: number },
  [outX, outY]: readonly [number, number],
  reach: number,
): Float32Array {
  const colours = new Float32Array((2 * reach + 1) * 3);
  for (let i = -reach; i <= reach; i++) {
    const x = Math.min(width - 1, Math.max(0, Math.round(place.x) + i * outX));
    const y = Math.min(height - 1, Math.max(0, Math.round(place.y) + i * outY));
    const at = (y * width + x) * 3;
    for (let channel = 0; channel < 3; channel++) colours[(i + reach) * 3 + channel] = pixels[at + channel]!;
  }
  return colours;
}

/** Distance between the mean colours before and after each place, evened out over three steps. */
function contrasts(colours: readonly Float32Array[], span: number): Float64Array {
  const raw = new Float64Array(colours.length * span);
  colours.forEach((row, step) => {
    for (let i = 0; i < span; i++) {
      let sum = 0;
      for (let channel = 0; channel < 3; channel++) {
        let difference = 0;
        for (let k = 1; k <= SIDE_PX; k++) {
          difference += row[(i + SIDE_PX + k) * 3 + channel]! - row[(i + SIDE_PX - k) * 3 + channel]!;
        }
        sum += (difference / SIDE_PX) ** 2;
      }
      raw[step * span + i] = Math.sqrt(sum);
    }
  });
  const even = new Float64Array(raw.length);
  for (let step = 0; step < colours.length; step++) {
    const [above, below] = [Math.max(0, step - 1), Math.min(colours.length - 1, step + 1)];
    for (let i = 0; i < span; i++) {
      even[step * span + i] = (raw[above * span + i]! + raw[step * span + i]! + raw[below * span + i]!) / 3;
    }
  }
  return even;
}

/** Where between its neighbours the colour is half way from inside to outside: -1.5 to 1.5 px from the place. */
function partOfPixel(row: Float32Array, at: number): number {
  const mean = (from: number, channel: number) => {
    let sum = 0;
    let count = 0;
    for (let i = Math.max(0, from); i <= Math.min(row.length / 3 - 1, from + 1); i++, count++) {
      sum += row[i * 3 + channel]!;
    }
    return sum / count;
  };
  // Share of the way out, along the line between the two colours; summed up it is the place of the step.
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
