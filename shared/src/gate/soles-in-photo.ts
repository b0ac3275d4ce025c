/**
 * Whether feet whose outline comes near the photo's lower edge are whole, by the photo's own pixels: the network's are several times
 * as large, and reach two of its own below a sole. A floor has shades where a wall has none, but shades are soft and feet have edges:
 * feet end at the lowest row that has an edge, if below it the floor goes on without one.
 */

import { middle, type Person, tallness } from './person.ts';
import type { PicturePixels } from './picture.ts';
import { rgbDistance } from './rgb-distance.ts';

/**
 * How far beyond the ankles' joints the strip about the feet reaches on both sides (share of the body's height). A foot is 0.15 of the
 * height long, a quarter of which lies behind the ankle, so that from the side the strip ends on floor.
 */
const BEYOND_ANKLES = 0.16;

/** The strip's ends of this width show floor (share of the body's height). */
const ENDS = 0.03;

/** A row is judged in parts of this width (share of the body's height), each by its mean colour in three rows, so that noise does not count. */
const PART = 0.005;

/** Parts that are two apart are compared, so that an edge within a part counts in full: up to this distance (0–441) it is a shade. */
const SHADE = 12;

/** A foot must have an edge of this (0–441): between the two nothing is told. */
const EDGE = 30;

/** The rows above the end of the feet in which that edge is looked for (shares of the body's height). */
const WITHIN = { from: 0.002, to: 0.015 } as const;

/**
 * The least distance from the ankles' joints to the soles of the lower foot (share of the body's height). The floor below the body's
 * middle is 0.041 to 0.062 below the joints (scale.ts of the worker), and the lower foot lies lower.
 */
const BELOW_ANKLES = 0.03;

/**
 * The most rows of floor below the feet (share of the body's height). The network's pixels are 0.008 of it high, and reach two or three
 * of them below a sole; where they reach further they show something.
 */
const MOST_FLOOR = 0.05;

/** Up to this distance (0–441) the floor below the feet is the floor beside them, and not a frame about the photo. */
const SAME_FLOOR = 30;

/**
 * The lowest row of the feet (px), where edges of feet are seen in it, and below it down to the photo's lower edge the floor that is
 * beside them. Null where that cannot be told: feet are cut off, have the floor's colour or a sharp shadow, or the floor has a pattern. Pure.
 */
export function solesInPhoto(picture: PicturePixels, person: Person): number | null {
  const tall = tallness(person);
  const ankles = middle(person, ['leftAnkle', 'rightAnkle'], 'y');
  const xs = [person.joints.leftAnkle.x, person.joints.rightAnkle.x];
  const left = Math.round(Math.min(...xs) - BEYOND_ANKLES * tall);
  const right = Math.round(Math.max(...xs) + BEYOND_ANKLES * tall);
  if (left < 0 || right >= picture.width) return null;
  const part = Math.max(2, Math.round(PART * tall));
  const partsOf = (y: number) => rowInParts(picture, left, right, y, part);
  const lowest = partsOf(picture.height - 2);
  const ends = Math.max(1, Math.round((ENDS * tall) / part));
  const unlikeFloor = (parts: readonly number[][]) =>
    [0, parts.length - ends].some(
      (from) => rgbDistance(meanOf(parts, from, ends), meanOf(lowest, from, ends)) > SAME_FLOOR,
    );
  const highest = Math.max(ankles + BELOW_ANKLES * tall, picture.height - MOST_FLOOR * tall);
  for (let y = picture.height - 2; y >= highest; y--) {
    const parts = partsOf(y);
    if (unlikeFloor(parts)) return null;
    if (steepest(parts) <= SHADE) continue;
    for (let above = y - WITHIN.from * tall; above >= y - WITHIN.to * tall; above--) {
      const inFeet = partsOf(Math.round(above));
      if (steepest(inFeet) >= EDGE) return unlikeFloor(inFeet) ? null : y;
    }
    return null;
  }
  return null;
}

/** The mean colours of three rows about `y` in parts of `part` columns. */
function rowInParts(
  { width, pixels }: PicturePixels,
  left: number,
  right: number,
  y: number,
  part: number,
): number[][] {
  const parts: number[][] = [];
  for (let from = left; from + part <= right; from += part) {
    const sum = [0, 0, 0];
    for (let row = y - 1; row <= y + 1; row++)
      for (let x = from; x < from + part; x++)
        for (let c = 0; c < 3; c++) sum[c]! += pixels[(row * width + x) * 3 + c]!;
    parts.push(sum.map((each) => each / (3 * part)));
  }
  return parts;
}

/** The largest distance of two parts between which there is one. */
function steepest(parts: readonly number[][]): number {
  let most = 0;
  for (let i = 2; i < parts.length; i++) most = Math.max(most, rgbDistance(parts[i]!, parts[i - 2]!));
  return most;
}

/** The mean colour of `count` parts. */
function meanOf(parts: readonly number[][], from: number, count: number): number[] {
  return [0, 1, 2].map(
    (c) => parts.slice(from, from + count).reduce((sum, each) => sum + each[c]!, 0) / count,
  );
}
