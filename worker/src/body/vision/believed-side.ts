/**
 * Judges by the photo whether colours have moved a side of an outline rightly. Skin in shade passes through the wall's
 * colour, and then colours alone would cut a trunk where its shade is as dark as the wall, the sooner the darker the skin.
 */

import type { PicturePixels } from '@reddyfit/shared/gate/picture';
import { rgbDistance } from '@reddyfit/shared/gate/rgb-distance';
import { NO_EDGE } from './edge.ts';

/** One side of an outline in one row: its column (px, fractions count) and how clear its edge is (0–255). */
export interface SidePoint {
  readonly x: number;
  readonly contrast: number;
  /** Whether what lies further out is wall rather than an arm or a hand, by the mask that led to it. */
  readonly endsInWall: boolean;
  /**
   * What colours took away where the network's side was no edge (px): wall that fills a hollow, or skin in a shade of the
   * wall's colour, which one photo cannot tell apart. Absent elsewhere.
   */
  readonly cut?: number;
}

/** Where a side lies in the picture. */
export interface Place {
  /** Row of the side's first entry (px); each next is one lower. */
  readonly firstRow: number;
  /** 1 for a right side, -1 for a left one. */
  readonly outwards: 1 | -1;
  /** How many rows above and below a row are judged with it. */
  readonly near: number;
  /** Whether it is a profile, in which the network fills the hollow of a back with wall, and then ends in no edge. */
  readonly profile: boolean;
}

/** Sides that lie at most so far apart (px) follow the same edge. Assumed: less than the band in which an edge is blurred. */
const SAME_PX = 2;

/**
 * What lies beside an outline is read from so many pixels, beginning so far from it, to leave out what is blurred. Assumed.
 */
const BESIDE = { from: 3, count: 8 } as const;

/**
 * The side that is believed in each row: that of `colours` where the two are the same edge, or where it is an edge at which
 * what the colours took away ends, otherwise that of `network`.
 *
 * An edge is where the picture jumps, by at least what a row needs to be believed (NO_EDGE): a shade changes as fast before
 * and behind any line as on it, and does not jump. What is taken away before the wall must be wall: where the network's
 * side is an edge, it must not be nearer to what lies inside of that edge than to what lies outside; where that is no edge,
 * nothing tells it from body in shade: from front and back the row stays as uncertain as it is, and from the side it says what
 * was cut, so that the other side's photo can judge it (`together` in girths.ts).
 */
export function believedSide(
  picture: PicturePixels,
  network: readonly SidePoint[],
  colours: readonly SidePoint[],
  { firstRow, outwards, near, profile }: Place,
): SidePoint[] {
  const moved = network.map(({ x }, i) => (colours[i]!.x - x) * outwards);
  if (moved.every((by) => Math.abs(by) <= SAME_PX)) return [...colours];
  const [before, after] = [network, colours].map((side) => besides(picture, side, firstRow, outwards));
  return network.map((own, i) => {
    const by = moved[i]!;
    if (Math.abs(by) <= SAME_PX) return colours[i]!;
    const rows: number[] = [];
    for (let j = Math.max(0, i - near); j <= Math.min(moved.length - 1, i + near); j++)
      if (Math.abs(moved[j]!) > SAME_PX && moved[j]! > 0 === by > 0) rows.push(j);
    const [was, is] = [meanOf(before!, rows), meanOf(after!, rows)];
    if (rgbDistance(is.inside, is.outside) < NO_EDGE) return own;
    if (by > 0 || !own.endsInWall) return colours[i]!;
    const edge = rgbDistance(was.inside, was.outside);
    const isBody =
      rgbDistance(is.outside, was.inside) < edge / 2 && rgbDistance(is.outside, was.outside) > edge / 2;
    if (edge < NO_EDGE) return profile ? { ...colours[i]!, cut: -by } : own;
    return isBody ? own : colours[i]!;
  });
}

/** Colours (three channels, 0–255) on both sides of an outline. */
interface Beside {
  readonly inside: readonly number[];
  readonly outside: readonly number[];
}

/**
 * The colours just inside and just outside of each row's place, as straight lines through what lies beside it have them at
 * the place itself.
 */
function besides(
  { width, height, pixels }: PicturePixels,
  side: readonly SidePoint[],
  firstRow: number,
  outwards: 1 | -1,
): Beside[] {
  const middle = BESIDE.from + (BESIDE.count - 1) / 2;
  const squares = (BESIDE.count * (BESIDE.count ** 2 - 1)) / 12;
  return side.map(({ x }, i) => {
    const row = Math.max(0, Math.min(height - 1, firstRow + i)) * width;
    const to = (direction: number) => {
      const colour = [0, 0, 0];
      for (let k = BESIDE.from; k < BESIDE.from + BESIDE.count; k++) {
        // The weights of a line's value at 0, fitted by least squares.
        const weight = 1 / BESIDE.count - (middle * (k - middle)) / squares;
        const column = Math.max(0, Math.min(width - 1, Math.floor(x + direction * k)));
        for (let channel = 0; channel < 3; channel++)
          colour[channel]! += weight * pixels[(row + column) * 3 + channel]!;
      }
      return colour;
    };
    return { inside: to(-outwards), outside: to(outwards) };
  });
}

function meanOf(of: readonly Beside[], rows: readonly number[]): Beside {
  const mean = (name: keyof Beside) =>
    [0, 1, 2].map((channel) => rows.reduce((sum, row) => sum + of[row]![name][channel]!, 0) / rows.length);
  return { inside: mean('inside'), outside: mean('outside') };
}
