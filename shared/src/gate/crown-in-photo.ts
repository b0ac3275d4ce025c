/**
 * Whether a head whose outline comes near the photo's upper edge is whole, by the photo's own pixels: the network's are several
 * times as large, and reach up to the edge where 1 % of the photo's height above a crown is wall.
 */

import { middle, type Person, tallness } from './person.ts';
import type { PicturePixels } from './picture.ts';
import { rgbDistance } from './rgb-distance.ts';

/** Half the width of the strip above a head, with hair, and where the wall beside it is read (shares of the body's height). */
const HEAD_HALF = 0.06;
const BESIDE = { from: 0.07, to: 0.13 } as const;

/** The strip's rows are judged in this many parts, each by its mean colour, so that noise does not count and a crown's tip does. */
const PARTS = 10;

/** Up to this distance (0–441) of a part's mean colour from the wall's it is wall. */
const ALIKE = 12;

/** A head must differ from the wall by this (0–441): between the two nothing is told. */
const UNLIKE = 24;

/**
 * The least distance from the eyes' joints to a crown (share of the body's height). It is 0.058 from the front and 0.064 from the
 * side (medians, 775 bodies of anny); 0.037 and 0.036 for one in forty, who stay refused. Assumed: a hairline lies lower than this,
 * so that where hair of the wall's colour ends is not taken for a crown.
 */
const ABOVE_EYES = 0.05;

/** The depth below the crown at which the head's colour is read, and half the width (shares of the body's height). */
const WITHIN = { from: 0.004, to: 0.012, half: 0.012 } as const;

/**
 * The row of the crown (px), where wall like that beside the head is seen above it from the photo's upper edge on, and it is unlike
 * the wall. Null where that cannot be told: the head is cut off, its hair has the wall's colour, or there is no plain wall. Pure.
 */
export function crownInPhoto(picture: PicturePixels, person: Person): number | null {
  const tall = tallness(person);
  const head = middle(person, ['leftEar', 'rightEar'], 'x');
  const eyes = middle(person, ['leftEye', 'rightEye'], 'y');
  const lowest = Math.floor(eyes - ABOVE_EYES * tall);
  const mean = (from: number, to: number, top: number, bottom = top) =>
    meanOf(picture, from, to, top, bottom);
  let crown = 0;
  for (; crown <= lowest; crown++) {
    const left = mean(head - BESIDE.to * tall, head - BESIDE.from * tall, crown);
    const right = mean(head + BESIDE.from * tall, head + BESIDE.to * tall, crown);
    if (!left || !right) return null;
    const part = (2 * HEAD_HALF * tall) / PARTS;
    const isWall = Array.from({ length: PARTS }, (_, i) => {
      const from = head - HEAD_HALF * tall + i * part;
      const seen = mean(from, from + part, crown);
      const share = (i + 0.5) / PARTS;
      const wall = left.map((channel, c) => channel + share * (right[c]! - channel));
      return seen !== null && rgbDistance(seen, wall) <= ALIKE;
    });
    if (isWall.includes(false)) break;
  }
  if (crown > lowest) return null;
  const wall = mean(head - BESIDE.to * tall, head - BESIDE.from * tall, crown);
  const [top, bottom] = [crown + WITHIN.from * tall, crown + WITHIN.to * tall];
  const inside = mean(head - WITHIN.half * tall, head + WITHIN.half * tall, top, bottom);
  return wall && inside && rgbDistance(inside, wall) >= UNLIKE ? crown : null;
}

/** The mean colour of a part of the picture; null where that is not wholly in it. */
function meanOf(
  { width, height, pixels }: PicturePixels,
  left: number,
  right: number,
  top: number,
  bottom: number,
): number[] | null {
  const [x0, x1, y0, y1] = [left, right, top, bottom].map(Math.round) as [number, number, number, number];
  if (x0 < 0 || y0 < 0 || x1 >= width || y1 >= height) return null;
  const sum = [0, 0, 0];
  for (let y = y0; y <= y1; y++)
    for (let x = x0; x <= x1; x++) for (let c = 0; c < 3; c++) sum[c]! += pixels[(y * width + x) * 3 + c]!;
  return sum.map((each) => each / ((x1 - x0 + 1) * (y1 - y0 + 1)));
}
