/**
 * Finds wall between a trunk and an arm at the photo's full resolution, where the gap is narrower than the network's pixels: a
 * valley of colours towards the wall's between two sides of body, followed over neighbouring rows.
 */

import type { PicturePixels } from './picture.ts';
import { rgbDistance } from './rgb-distance.ts';

/** What is searched in one row of a photo: outwards from a trunk's middle, towards an arm. */
export interface GapSearch {
  /** The photo's row (px). */
  readonly row: number;
  /** Column of the trunk's middle (px), and the direction of the arm from there. */
  readonly middle: number;
  readonly side: 1 | -1;
  /** The nearest and the furthest distance from the middle at which a gap may lie (px). */
  readonly from: number;
  readonly to: number;
  /** The wall's colour beyond the arm (red, green, blue, 0–255). */
  readonly wall: readonly number[];
}

/** A gap in one row: the column where the trunk ends (px, fractions count) and how clear that is (0–255). */
export interface Gap {
  readonly x: number;
  readonly contrast: number;
}

/**
 * A gap is searched for by colour only beyond this share of the way from the spine to the arm's outer edge, since a shirt may
 * have the colour of the wall.
 */
export const GAP_FROM = 0.4;

/** How far beyond a gap the colours of trunk and arm are read (share of the body's height): edges in a photo are blurred. */
const BESIDE = 0.005;

/** A pixel that is nearer to the wall's colour than this (0–441) surely shows wall. */
export const WALL_COLOUR = 20;

/**
 * Share (0–1) of the way from the body's colour to the wall's that a valley's deepest pixel must go, seen from both of its sides.
 * A gap of one pixel under a blur of 0.7 px (one standard deviation) goes half of the way.
 */
const DEEP = 0.45;

/**
 * Colours of body and wall that are nearer than this (0–441) tell nothing, nor do walls that are nearer than `SHADE` to a shade of
 * the body: where an arm touches a trunk the crease is dark, and before a dark wall only the hue tells one from the other.
 */
const UNLIKE = 40;
const SHADE = 14;

/** Rows above and below a row that are looked at with it, how many of all must show the gap, and how far it may move (px a row). */
const NEAR_ROWS = 2;
const LEAST_ROWS = 4;
const SLANT_PX = 2;

/**
 * The innermost gap in a row of a photo of somebody `tall` px high, null when no gap is seen or it cannot be told from a crease.
 * It must go on in the rows above and below. `at` gives the search in a row. Pure.
 */
export function narrowGap(
  picture: PicturePixels,
  row: number,
  tall: number,
  at: (row: number) => GapSearch | null,
): Gap | null {
  const found = valley(picture, at(row), tall);
  if (!found) return null;
  let rows = 1;
  for (const direction of [-1, 1]) {
    let last = found.x;
    for (let away = 1; away <= NEAR_ROWS; away++) {
      const search = at(row + direction * away);
      const next = search && valley(picture, search, tall, last);
      if (!next) break;
      last = next.x;
      rows++;
    }
  }
  return rows >= LEAST_ROWS ? found : null;
}

/** The innermost valley of one row, or only one whose trunk ends within SLANT_PX of the column `near`. */
function valley(picture: PicturePixels, search: GapSearch | null, tall: number, near?: number): Gap | null {
  if (!search) return null;
  const { row, middle, side, wall } = search;
  if (row < 0 || row >= picture.height) return null;
  const reach = Math.ceil(BESIDE * tall);
  const first = Math.round(search.from);
  const count = Math.round(search.to) - first;
  // The search is the inner part of a line that reaches far enough to both sides for the body's colours.
  const columns = Array.from({ length: Math.max(0, count) + 2 * reach }, (_, i) =>
    Math.round(middle + side * (first - reach + i)),
  );
  if (count < 1 || columns.some((x) => x < 0 || x >= picture.width)) return null;
  const colourOf = (i: number) => {
    const at = (row * picture.width + columns[i]!) * 3;
    return [picture.pixels[at]!, picture.pixels[at + 1]!, picture.pixels[at + 2]!];
  };
  const unlike = columns.map((x) => {
    let squares = 0;
    for (let c = 0; c < 3; c++)
      squares += (picture.pixels[(row * picture.width + x) * 3 + c]! - wall[c]!) ** 2;
    return Math.sqrt(squares);
  });
  for (let i = reach; i < reach + count; i++) {
    const deepest = unlike[i]!;
    if (deepest > unlike[i - 1]! || deepest > unlike[i + 1]!) continue;
    let [start, end] = [i, i];
    while (unlike[start - 1]! < WALL_COLOUR) start--;
    while (unlike[end + 1]! < WALL_COLOUR) end++;
    // Wall that goes on as far as the search does has no body beside it.
    if (start < reach || end >= unlike.length - reach) continue;
    const inner = furthest(unlike, start, -reach);
    const outer = furthest(unlike, end, reach);
    if (![inner, outer].every((body) => isWall(colourOf(i), colourOf(body), wall))) continue;
    const half = (deepest + unlike[inner]!) / 2;
    let before = start;
    while (before > inner && unlike[before]! < half) before--;
    const part = (unlike[before]! - half) / (unlike[before]! - unlike[before + 1]! || 1);
    // From the middles of two pixels to the columns' own count, in which a pixel's middle is half a pixel further.
    const x = columns[before]! + side * part + 0.5;
    if (near !== undefined && Math.abs(x - near) > SLANT_PX) continue;
    return { x, contrast: unlike[inner]! - deepest };
  }
  return null;
}

/** The place within `reach` of `from` whose colour is furthest from the wall's. */
function furthest(unlike: readonly number[], from: number, reach: number): number {
  let best = from;
  for (let k = 1; k <= Math.abs(reach); k++) {
    const at = from + Math.sign(reach) * k;
    if (unlike[at]! > unlike[best]!) best = at;
  }
  return best;
}

/** True when a colour is rather the wall's than that of the body or of a shade of it. */
function isWall(colour: readonly number[], body: readonly number[], wall: readonly number[]): boolean {
  const apart = rgbDistance(body, wall);
  const shade = fromShade(wall, body);
  return (
    apart >= UNLIKE &&
    shade >= SHADE &&
    rgbDistance(colour, wall) <= (1 - DEEP) * apart &&
    fromShade(colour, body) >= DEEP * shade
  );
}

/** The distance of a colour from the nearest shade of the body's: that colour with less light. */
function fromShade(colour: readonly number[], body: readonly number[]): number {
  const light = dot(colour, body) / (dot(body, body) || 1);
  const share = Math.max(0, Math.min(1, light));
  return rgbDistance(
    colour,
    body.map((channel) => channel * share),
  );
}

const dot = (a: readonly number[], b: readonly number[]) => a[0]! * b[0]! + a[1]! * b[1]! + a[2]! * b[2]!;
