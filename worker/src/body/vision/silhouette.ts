/** The outline of one person in one photo, as the ruler needs it: from crown to soles, and the trunk's two sides. */

import { correctedByColours } from './body-colours.ts';
import { believedSide, type SidePoint } from './believed-side.ts';
import { besideArms } from './beside-arms.ts';
import { traceEdge } from './edge.ts';
import { ARM_HALF, armOf, spineOf } from '@reddyfit/shared/gate/body-lines';
import { middle, type Person, tallness } from '@reddyfit/shared/gate/person';
import type { PersonMask } from '@reddyfit/shared/gate/person-mask';
import type { PicturePixels } from '@reddyfit/shared/gate/picture';
import { type Limbs, traceLimbs } from './limbs.ts';

/** One row of the trunk: columns (px, fractions count) of its two sides. */
export interface TrunkRow {
  readonly left: number;
  readonly right: number;
  /** How clear the less clear side is (0–255). */
  readonly contrast: number;
  /** Whether wall shows between trunk and arms. */
  readonly free: boolean;
  /**
   * Only from the side, and only where an arm lies near an edge: how far inside of each edge the middle of the nearer
   * arm lies by its joints (px).
   */
  readonly arm?: { readonly left: number; readonly right: number };
  /** Only from the side: what colours took away of the row where nothing shows whether it was body or wall (px). */
  readonly cut?: number;
}

/** What a belly's rows say of the navel, in a photo from the front or from behind (see navel.ts). */
export interface NavelSigns {
  /** Row of the first sign (px, fractions count), and the way from each to the next (px). */
  readonly firstRow: number;
  readonly step: number;
  /** The logarithm of how much likelier each row looks as it does where the navel lies in it than where it doesn't. */
  readonly signs: readonly number[];
}

/** What the colours of a photo say of hair and cloth over the body (see cover.ts). */
export interface Cover extends Covered {
  /** What they say where shins alone are taken for skin; absent where the forearms have their colour. */
  readonly byShins?: Covered;
  /** Whether hands tell that the forearms are in sleeves and the shins are bare. */
  readonly areSleeved?: boolean;
}

/** What covers neck and waist where certain colours are taken for skin. */
export interface Covered {
  /** The share of the neck's rows in which what lies inside of its left and its right side is not like skin. */
  readonly neck: { readonly left: number; readonly right: number };
  /** The share of the waist's rows in which neither side is like skin. */
  readonly waist: number;
  /** How far the colour above the head's middle is from skin (see face.ts): hair that is like skin is not told from it. */
  readonly hairFromSkin: number;
}

export interface Silhouette {
  /** Row of the crown, with hair, and of the lowest point of the feet (px, fractions count). */
  readonly crown: number;
  readonly soles: number;
  /** Row of the ankles by their keypoints (px). */
  readonly ankles: number;
  /** How many columns and how many rows lie between the two ankles' keypoints (px); absent in what older workers examined. */
  readonly anklesApart?: { readonly across: number; readonly down: number };
  /** Row of the hips and row of the shoulders by their keypoints (px); absent in what older workers examined. */
  readonly hips?: number;
  readonly shoulders?: number;
  /** Row of the photo's middle (px); absent in what older workers examined. */
  readonly photoMiddle?: number;
  /** Row of the first entry of `rows`; each next is one pixel lower. */
  readonly firstRow: number;
  readonly rows: readonly TrunkRow[];
  /** Absent in what older workers examined. */
  readonly limbs?: Limbs;
  /** Only from the front or from behind, and only where a belly is bare; absent in what older workers examined. */
  readonly navel?: NavelSigns;
  /** Absent in what older workers examined. */
  readonly cover?: Cover;
}

/** The levels between which the trunk is traced (share of the body above the soles). */
const TRUNK = { top: 0.9, bottom: 0.44 } as const;

/** From the side, dents of the mask that are shorter than twice this (share of the body) are holes in the mask. */
const CLOSING = 0.03;

/**
 * From the side, a place of the mask counts as body from this value on: trunks beside an arm often get only about half.
 */
const LIKELY = 0.35;

/** Width of an arm (share of the body). */
const ARM = 0.05;

/** From the front, the half of the widest gap between the legs that a row may have in its middle (share of the body). Assumed. */
const LEGS_APART = 0.04;

/** Below this value of the mask a place is wall, as surely as the network can tell. */
const WALL = 0.15;

/** An arm is reported where its middle lies within this distance of an edge (share of the body). */
const ARM_NEAR = 0.04;

/**
 * The part of the photo whose colours are judged: `aside` to both sides of the hips, from the ears down to the level
 * `downTo`. `middle`: half the width about the trunk's middle in which colours add, but take nothing away (shares of the
 * body). Assumed.
 */
const COLOURED = { aside: 0.4, downTo: 0.33, middle: 0.04 } as const;

/** Rows above and below a row (places of the network) that are judged with it where colours move a side. Assumed. */
const JUDGED = 3;

/**
 * The most contrast that it costs an outline above the shoulders' joints not to have wall just outside. Under a jaw the skin lies in
 * a shade whose border is clearer than the skin's own edge before a wall as dark, and by less (UNLIKE_WALL in edge.ts) the outline
 * ran along that border, in 34 of 356 profiles of anny 0.6.2 by more than 0.005 of the height inside of the throat. On 298 bodies
 * (seeds 12000–12099, 13000–13099 and 14000–14099) depths err by 3.5 % (one standard deviation), and erred by 3.9; by 30, 60 and
 * 120 alike.
 */
const UNLIKE_WALL_AT_NECK = 40;

/** How far from the mask's edge the true one is looked for, in pixels of the network. */
const REACH = 2.3;

/** The corrected mask; within `half` px of the trunk's middle, what is surer of the two, so that no gap opens there. */
class ShutLegsMask implements PersonMask {
  readonly #network: PersonMask;
  readonly #byColours: PersonMask;
  readonly #spine: (row: number) => number;
  readonly #half: number;
  /** The row that was asked for last, and the trunk's middle in it: places are asked for row by row. */
  #row = Number.NaN;
  #middle = 0;
  readonly coarseness: number;

  constructor(network: PersonMask, byColours: PersonMask, spine: (row: number) => number, half: number) {
    this.#network = network;
    this.#byColours = byColours;
    this.#spine = spine;
    this.#half = half;
    this.coarseness = network.coarseness;
  }

  at(x: number, y: number): number {
    if (y !== this.#row) [this.#row, this.#middle] = [y, this.#spine(y)];
    const byColours = this.#byColours.at(x, y);
    return Math.abs(x - this.#middle) < this.#half ? Math.max(this.#network.at(x, y), byColours) : byColours;
  }
}

interface Sides {
  readonly left: readonly SidePoint[];
  readonly right: readonly SidePoint[];
}

/**
 * Measures the outline of `person`, who stands upright in `picture`. `profile` says whether it is seen from the side;
 * `correct` is what corrects the network's mask.
 */
export function traceSilhouette(
  picture: PicturePixels,
  mask: PersonMask,
  person: Person,
  profile: boolean,
  correct = correctedByColours,
): Silhouette {
  const tall = tallness(person);
  const crown = crownRow(picture, mask, person, tall);
  const soles = solesRow(picture, mask, person, tall);
  const body = soles - crown;
  const firstRow = Math.round(soles - TRUNK.top * body);
  const lastRow = Math.round(soles - TRUNK.bottom * body);
  const spine = spineOf(person, profile);
  const lines = (['left', 'right'] as const).map((side) => armOf(person, side));
  // From the side an arm hangs before the trunk, and no wall parts them.
  const arms = profile ? [] : lines;
  const [shoulders, hips] = [middle(person, SHOULDERS, 'y'), middle(person, HIPS, 'x')];
  const byColours = correct(picture, mask, {
    left: Math.max(0, hips - COLOURED.aside * body),
    right: Math.min(picture.width, hips + COLOURED.aside * body),
    top: middle(person, EARS, 'y'),
    bottom: soles - COLOURED.downTo * body,
  });
  // Colours do not open the gap between the legs where the network sees none: a row is not measured from there on.
  const seen = new ShutLegsMask(mask, byColours, spine, COLOURED.middle * body);
  const rowCount = lastRow - firstRow + 1;
  // The neck is a dent, too, but must not be filled.
  const neck = Math.max(0, Math.round(shoulders) - firstRow);
  const reach = Math.ceil(mask.coarseness * REACH);
  const mostUnlike = Array.from<number>({ length: neck }).fill(UNLIKE_WALL_AT_NECK);
  /** The trunk's two sides in each row, near where `by` ends the body. */
  const sidesBy = (by: PersonMask): Sides => {
    const coarse = Array.from({ length: rowCount }, (_, i) => {
      const row = firstRow + i;
      if (profile) return outermost(by, spine(row), row, body);
      return run(
        by,
        spine(row),
        row,
        body,
        arms.flatMap((arm) => arm(row) ?? []),
      );
    });
    const side = (name: 'left' | 'right') => {
      const sign = name === 'left' ? -1 : 1;
      const edge = coarse.map((each) => each[name] * sign);
      const filled = profile
        ? [...edge.slice(0, neck), ...closed(edge.slice(neck), Math.round(CLOSING * body))]
        : edge;
      const expected = evened(filled).map((x) => x * sign);
      const places = expected.map((x, i) => ({ x, y: firstRow + i }));
      // The network sees an arm or a hand that lies further out. A place that it surely does not take for the person is
      // wall.
      const endsInWall = places.map(({ x, y }) => by.at(x + sign * reach, y) < WALL);
      const edges = { places, outwards: [sign, 0], reach, endsInWall, mostUnlike } as const;
      return traceEdge(picture, edges).map(({ offset, contrast }, i) => ({
        x: Math.round(expected[i]!) + sign * offset + 0.5,
        contrast,
        endsInWall: endsInWall[i]!,
      }));
    };
    return { left: side('left'), right: side('right') };
  };
  const [byNetwork, byBoth] = [sidesBy(mask), sidesBy(seen)];
  const [left, right] = (['left', 'right'] as const).map((name) => {
    const outwards = name === 'left' ? -1 : 1;
    const place = { firstRow, outwards, near: Math.round(JUDGED * mask.coarseness), profile } as const;
    const believed = believedSide(picture, byNetwork[name], byBoth[name], place);
    const armsIn = (row: number) => arms.flatMap((arm) => arm(row) ?? []);
    return besideArms(picture, believed, { firstRow, outwards, spine, arms: armsIn, reach, body });
  });
  const { leftAnkle, rightAnkle } = person.joints;
  const rows = left!.map((a, i): TrunkRow => {
    const b = right![i]!;
    const armsAt = lines.flatMap((arm) => arm(firstRow + i) ?? []);
    const held = !profile && armsAt.some((x) => a.x <= x && x <= b.x);
    const inside = { left: Math.min(...armsAt.map((x) => x - a.x)), right: Math.min(...armsAt.map((x) => b.x - x)) }; // prettier-ignore
    const isNear = profile && Math.min(inside.left, inside.right) < ARM_NEAR * body;
    const contrast = Math.min(a.contrast, b.contrast);
    const cut = (a.cut ?? 0) + (b.cut ?? 0);
    return {
      left: a.x,
      right: b.x,
      contrast,
      free: !held,
      ...(isNear && { arm: inside }),
      ...(cut > 0 && { cut }),
    };
  });
  return {
    crown,
    soles,
    ankles: middle(person, ANKLES, 'y'),
    anklesApart: {
      across: Math.abs(leftAnkle.x - rightAnkle.x),
      down: Math.abs(leftAnkle.y - rightAnkle.y),
    },
    hips: middle(person, HIPS, 'y'),
    shoulders: middle(person, SHOULDERS, 'y'),
    photoMiddle: picture.height / 2,
    firstRow,
    rows,
    limbs: traceLimbs(picture, mask, person, { crown, soles }, profile),
  };
}

const EARS = ['leftEar', 'rightEar'] as const;
const SHOULDERS = ['leftShoulder', 'rightShoulder'] as const;
const HIPS = ['leftHip', 'rightHip'] as const;
const ANKLES = ['leftAnkle', 'rightAnkle'] as const;
/**
 * The mask's run of body in one row that contains the column `middleX`. Holes of two of the mask's pixels are bridged,
 * except when an arm lies beyond the hole (`arms`: their middle columns): that is the wall between trunk and arm.
 */
function run(mask: PersonMask, middleX: number, y: number, body: number, arms: readonly number[]) {
  const edge = (direction: 1 | -1, bridge: number) => {
    // Below the crotch the middle lies between the legs.
    let start = middleX;
    while (mask.at(start, y) <= 0.5 && Math.abs(start - middleX) < LEGS_APART * body) start += direction;
    if (mask.at(start, y) <= 0.5) start = middleX;
    let [edgeX, hole] = [start, 0];
    for (let x = start; Math.abs(x - middleX) < body / 2 && hole <= bridge; x += direction) {
      if (mask.at(x, y) > 0.5) [edgeX, hole] = [x, 0];
      else hole++;
    }
    return edgeX;
  };
  const side = (direction: 1 | -1) => {
    const bridged = edge(direction, mask.coarseness * 2);
    const reachesArm = arms.some(
      (arm) => direction * (arm - middleX) > 0 && direction * (bridged - arm) > -ARM_HALF * body,
    );
    return reachesArm ? edge(direction, 0) : bridged;
  };
  return { left: side(-1), right: side(1) };
}

/** The same as `run` from the side, where nothing stands beside the trunk: holes as wide as an arm are bridged. */
function outermost(mask: PersonMask, middleX: number, y: number, body: number) {
  const edge = (direction: 1 | -1) => {
    let [edgeX, hole] = [middleX, 0];
    for (let x = middleX; Math.abs(x - middleX) < 0.2 * body && hole <= ARM * body; x += direction) {
      if (mask.at(x, y) > LIKELY) [edgeX, hole] = [x, 0];
      else hole++;
    }
    return edgeX;
  };
  return { left: edge(-1), right: edge(1) };
}

/** Median over nine steps, which removes what stands out alone. */
function evened(values: readonly number[]): number[] {
  const near: number[] = [];
  return values.map((_, i) => {
    const last = Math.min(values.length - 1, i + 4);
    near.length = 0;
    // Sorted by insertion: sorting a slice for each step took a tenth of an outline's time.
    for (let from = Math.max(0, i - 4); from <= last; from++) {
      const value = values[from]!;
      let at = near.length;
      for (; at > 0 && near[at - 1]! > value; at--) near[at] = near[at - 1]!;
      near[at] = value;
    }
    return near[Math.floor(near.length / 2)]!;
  });
}

/**
 * Fills dents shorter than twice `reach` by a morphological closing: the maximum near each step, then the minimum of
 * those.
 */
function closed(values: readonly number[], reach: number): number[] {
  const near = (of: readonly number[], better: (a: number, b: number) => number) =>
    of.map((value, i) => {
      let best = value;
      const last = Math.min(of.length - 1, i + reach);
      for (let at = Math.max(0, i - reach); at <= last; at++) best = better(best, of[at]!);
      return best;
    });
  return near(near(values, Math.max), Math.min);
}

/** Row of the highest point of the head (px). */
function crownRow(picture: PicturePixels, mask: PersonMask, person: Person, tall: number): number {
  const [x, earRow] = [middle(person, EARS, 'x'), middle(person, EARS, 'y')];
  const half = Math.round(0.02 * tall);
  const tops = Array.from({ length: 2 * half + 1 }, (_, i) => {
    // The search begins above the head: hair of the wall's colour leaves holes in the head.
    let y = earRow - 0.16 * tall;
    while (y < earRow && mask.at(x + i - half, y) <= 0.5) y++;
    return y;
  });
  const rows = across(picture, mask, tops, x - half, -1).toSorted((a, b) => a - b);
  return rows[Math.floor(rows.length * 0.1)]!;
}

/** Row of the lowest point of the feet (px): the mean of both feet. */
function solesRow(picture: PicturePixels, mask: PersonMask, person: Person, tall: number): number {
  const feet = ANKLES.map((ankle) => {
    const { x, y } = person.joints[ankle];
    const half = Math.round(0.012 * tall);
    const bottoms = Array.from({ length: 2 * half + 1 }, (_, i) => {
      let row = y + 0.02 * tall;
      while (row < y + 0.11 * tall && mask.at(x + i - half, row + 1) > 0.35) row++;
      return row;
    });
    const rows = across(picture, mask, bottoms, x - half, 1).toSorted((a, b) => a - b);
    return rows[Math.floor(rows.length * 0.7)]!;
  });
  return (feet[0]! + feet[1]!) / 2;
}

/**
 * The rows of an outline that runs across, one for each column from `firstX` on. `down` is 1 when the body is above the
 * outline.
 */
function across(
  picture: PicturePixels,
  mask: PersonMask,
  coarse: readonly number[],
  firstX: number,
  down: 1 | -1,
) {
  const expected = evened(coarse);
  const places = expected.map((y, i) => ({ x: firstX + i, y }));
  const reach = Math.ceil(mask.coarseness * REACH);
  return traceEdge(picture, { places, outwards: [0, down], reach }).map(
    ({ offset }, i) => Math.round(expected[i]!) + down * offset + 0.5,
  );
}
