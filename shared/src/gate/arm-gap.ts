/** Whether wall shows between trunk and arms, from the front and from behind: by the network, by the joints, and by the colour of the wall. */

import { middle, type Person, tallness } from './person.ts';
import type { PersonMask } from './person-mask.ts';
import { ARM_HALF, armOf, spineOf } from './body-lines.ts';
import type { PicturePixels } from './picture.ts';

/** From the hips' keypoints up to the elbows, and down to where hips are widest (share of the body). */
const ABOVE_HIPS = 0.09;
const BELOW_HIPS = 0.02;

/** Rows in which a gap is looked for, and how far out an arm is (share of the body). */
const ROWS = 12;
const REACH = 0.35;

/** From here on a place beside the trunk counts as arm: thin limbs are seen less surely. */
const ARM_SURE = 0.3;

/** By how much a place must be surer than the one before it that is least sure: the outer edge of an arm falls from sure to unsure and is no gap. */
const RISE = 0.1;

/** Where the wall is looked at: how far beyond the outermost that is body, from and to (pixels of the network). */
const WALL = { from: 1.5, to: 4 } as const;

/** Nearer to the wall's colour than this (0–441), a pixel shows wall; so many in a row make a gap (share of the body: 7 mm). */
const WALL_COLOUR = 20;
const WALL_WIDTH = 0.004;

/** From the spine out, a gap lies beyond this share of the way to the arm's outer edge: a shirt may have the colour of the wall. */
const GAP_FROM = 0.4;

/**
 * Share (0–1) of the rows from elbows to below the hips in which wall shows between trunk and arm, on the worse side. It does not depend on the
 * photo's size. On 122 mannequins whose arms touch (600 to 2400 px wide) 0.58 at most; in 240 good photos (140 clean and 80 by hand of mannequins,
 * 20 of anny) 0.83 at least.
 */
export function armGap(picture: PicturePixels, person: Person, mask: PersonMask): number {
  return Math.min(...(['left', 'right'] as const).map((arm) => gapOf(picture, person, mask, arm)));
}

function gapOf(picture: PicturePixels, person: Person, mask: PersonMask, arm: 'left' | 'right'): number {
  const tall = tallness(person);
  const spine = spineOf(person, false);
  const hips = middle(person, ['leftHip', 'rightHip'], 'y');
  const { joints } = person;
  const side = Math.sign(joints[`${arm}Shoulder`].x - spine(joints[`${arm}Shoulder`].y)) || 1;
  const armX = armOf(person, arm);
  let free = 0;
  for (let i = 0; i < ROWS; i++) {
    const y = hips - (ABOVE_HIPS - (ABOVE_HIPS + BELOW_HIPS) * (i / (ROWS - 1))) * tall;
    const x = (out: number) => spine(y) + side * out;
    const sure = Array.from({ length: Math.max(1, Math.ceil(REACH * tall)) }, (_, out) => mask.at(x(out), y));
    const place = armX(y);
    if (
      armFollows(sure) ||
      (place !== null && (place - x(trunkEnd(sure))) * side > ARM_HALF * tall) ||
      wallWithin(picture, sure, x, y, mask.coarseness) >= WALL_WIDTH * tall
    )
      free++;
  }
  return free / ROWS;
}

/** Whether the trunk ends and an arm follows, going out. */
function armFollows(sure: readonly number[]): boolean {
  let least = 1;
  return sure.some((each) => {
    least = Math.min(least, each);
    return least < 0.5 && each > ARM_SURE && each >= least + RISE;
  });
}

/** Where the trunk ends (px from the spine). Beyond it an arm may lie that the network has not seen, but whose joints it has. */
function trunkEnd(sure: readonly number[]): number {
  const end = sure.findIndex((each) => each < 0.5);
  return end < 0 ? sure.length : end;
}

/** The longest run of the wall's colour within what the network takes for body (px): it sees no gap that is narrower than its own pixels. */
function wallWithin(
  { width, height, pixels }: PicturePixels,
  sure: readonly number[],
  x: (out: number) => number,
  y: number,
  coarse: number,
): number {
  const end = sure.findLastIndex((each) => each > ARM_SURE) + 1;
  const row = Math.round(y);
  const colour = (out: number): number[] | null => {
    const column = Math.round(x(out));
    if (column < 0 || column >= width || row < 0 || row >= height) return null;
    const i = (row * width + column) * 3;
    return [pixels[i]!, pixels[i + 1]!, pixels[i + 2]!];
  };
  const outside: number[][] = [];
  for (let out = Math.round(end + WALL.from * coarse); out < end + WALL.to * coarse; out++)
    outside.push(...[colour(out)].filter((each) => each !== null));
  if (outside.length < 2) return 0;
  const wall = [0, 1, 2].map((i) => outside.reduce((sum, each) => sum + each[i]!, 0) / outside.length);
  let [run, longest] = [0, 0];
  for (let out = Math.round(GAP_FROM * end); out < end - WALL.from * coarse; out++) {
    const seen = colour(out);
    run = seen && Math.hypot(...seen.map((each, i) => each - wall[i]!)) < WALL_COLOUR ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
