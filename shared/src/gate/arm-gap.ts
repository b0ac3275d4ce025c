/**
 * Finds out whether wall shows between trunk and arms in a photo from the front or from behind, by three signs: the
 * network's mask, the joints, and the colour of the wall.
 */

import { middle, type Person, tallness } from './person.ts';
import type { PersonMask } from './person-mask.ts';
import { ARM_HALF, armOf, spineOf } from './body-lines.ts';
import { GAP_FROM, narrowGap, WALL_COLOUR } from './narrow-gap.ts';
import type { PicturePixels } from './picture.ts';
import { rgbDistance } from './rgb-distance.ts';

/**
 * The rows that are examined: from this far above the hips' keypoints, where the elbows are, to this far below them, where
 * hips are widest (shares of the body's height).
 */
const ABOVE_HIPS = 0.09;
const BELOW_HIPS = 0.02;

/** The number of rows that are examined, and how far from the spine an arm may be (share of the body's height). */
const ROWS = 12;
const REACH = 0.35;

/** A place beside the trunk counts as arm above this certainty (0–1): the network is less sure of thin limbs. */
const ARM_SURE = 0.3;

/**
 * By how much the certainty (0–1) of an arm must exceed the least certainty between it and the spine. At the outer edge of an
 * arm the certainty only falls, so that edge is not taken for a gap.
 */
const RISE = 0.1;

/** Where the wall's colour is taken: between these distances outside of the body's outermost place (pixels of the network). */
const WALL = { from: 1.5, to: 4 } as const;

/** A run of pixels that surely show wall (WALL_COLOUR) is a gap from this width on (share of the body's height: 7 mm). */
const WALL_WIDTH = 0.004;

/**
 * Share (0–1) of the rows from the elbows to below the hips in which wall shows between trunk and arm, on the side where it is
 * smaller. It does not depend on the photo's size. It was 0.58 at most on 122 mannequins whose arms touch the trunk (photos
 * 600 to 2400 px wide), and 0.83 at least in 240 good photos (140 clean and 80 hand-held of mannequins, 20 of the body model
 * anny). Since narrow gaps count (narrow-gap.ts) it was 0.58 at most on 72 mannequins whose arms touch (600 to 1200 px wide).
 */
export function armGap(picture: PicturePixels, person: Person, mask: PersonMask): number {
  return Math.min(...(['left', 'right'] as const).map((arm) => gapOf(picture, person, mask, arm)));
}

function gapOf(picture: PicturePixels, person: Person, mask: PersonMask, arm: 'left' | 'right'): number {
  const tall = tallness(person);
  const spine = spineOf(person, false);
  const hips = middle(person, ['leftHip', 'rightHip'], 'y');
  const { joints } = person;
  const side = joints[`${arm}Shoulder`].x < spine(joints[`${arm}Shoulder`].y) ? -1 : 1;
  const armX = armOf(person, arm);
  /** Whether wall shows within what the network takes for body: it cannot see a gap that is narrower than its own pixels. */
  const wallShows = (y: number, sure: readonly number[], place: number | null) => {
    const row = Math.round(y);
    const x = (out: number) => spine(y) + side * out;
    const end = sure.findLastIndex((each) => each > ARM_SURE) + 1;
    const wall = wallBeyond(picture, row, x, end, mask.coarseness);
    if (!wall) return false;
    const to = end - WALL.from * mask.coarseness;
    if (wallWithin(picture, row, x, end, to, wall) >= WALL_WIDTH * tall) return true;
    if (place === null) return false;
    const inside = Math.min(to, (place - spine(y)) * side);
    const search = { side, from: GAP_FROM * end, to: inside, wall } as const;
    return narrowGap(picture, row, tall, (near) => ({ ...search, row: near, middle: spine(near) })) !== null;
  };
  let free = 0;
  for (let i = 0; i < ROWS; i++) {
    const y = hips - (ABOVE_HIPS - (ABOVE_HIPS + BELOW_HIPS) * (i / (ROWS - 1))) * tall;
    const x = (out: number) => spine(y) + side * out;
    const sure = Array.from({ length: Math.max(1, Math.ceil(REACH * tall)) }, (_, out) => mask.at(x(out), y));
    const place = armX(y);
    if (
      armFollows(sure) ||
      (place !== null && (place - x(trunkEnd(sure))) * side > ARM_HALF * tall) ||
      wallShows(y, sure, place)
    )
      free++;
  }
  return free / ROWS;
}

/** True when, from the spine outwards, the trunk ends and an arm follows. */
function armFollows(sure: readonly number[]): boolean {
  let least = 1;
  return sure.some((each) => {
    least = Math.min(least, each);
    return least < 0.5 && each > ARM_SURE && each >= least + RISE;
  });
}

/** Where the trunk ends (px from the spine). Beyond it may be an arm that the mask lacks and whose joints are known. */
function trunkEnd(sure: readonly number[]): number {
  const end = sure.findIndex((each) => each < 0.5);
  return end < 0 ? sure.length : end;
}

/** The longest run of the wall's colour (px) within what the network takes for body. */
function wallWithin(
  picture: PicturePixels,
  row: number,
  x: (out: number) => number,
  end: number,
  to: number,
  wall: readonly number[],
): number {
  let [run, longest] = [0, 0];
  for (let out = Math.round(GAP_FROM * end); out < to; out++) {
    const seen = colourAt(picture, Math.round(x(out)), row);
    run = seen && rgbDistance(seen, wall) < WALL_COLOUR ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** The wall's colour beyond a body that ends at this distance from the spine; null where the photo ends. */
function wallBeyond(
  picture: PicturePixels,
  row: number,
  x: (out: number) => number,
  end: number,
  coarse: number,
): number[] | null {
  const outside: number[][] = [];
  for (let out = Math.round(end + WALL.from * coarse); out < end + WALL.to * coarse; out++)
    outside.push(...[colourAt(picture, Math.round(x(out)), row)].filter((each) => each !== null));
  if (outside.length < 2) return null;
  return [0, 1, 2].map((i) => outside.reduce((sum, each) => sum + each[i]!, 0) / outside.length);
}

function colourAt({ width, height, pixels }: PicturePixels, column: number, row: number): number[] | null {
  if (column < 0 || column >= width || row < 0 || row >= height) return null;
  const i = (row * width + column) * 3;
  return [pixels[i]!, pixels[i + 1]!, pixels[i + 2]!];
}
