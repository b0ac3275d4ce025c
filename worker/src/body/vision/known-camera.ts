/**
 * Turns an outline whose camera's pitch is known to the one that the usual camera would show from the same place. The ruler's
 * constants are those of cameras that look down by USUAL; one that looks further down shows the neck larger and levels lower.
 */

import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import type { Limb, LimbRow } from './limbs.ts';
import { CROWN_TO_ANKLES } from './scale.ts';
import type { Silhouette, TrunkRow } from './silhouette.ts';

/** How far above the horizon the camera looked at each photo (degrees), where that is known. */
export type Elevations = Readonly<Partial<Record<Angle, number | undefined>>>;

const DEGREE = Math.PI / 180;

/** Elevation (degrees) of the cameras of which the ruler's constants were made: the mean of 1,000 bodies of anny 0.6.2. */
const USUAL = -3.5;

/**
 * The way from the camera to the body (m), which tells the focal length: the middle of 1.8 to 3.5 m. By the true focal length of each
 * photo no girth of 994 bodies errs less by more than 0.02 % (root mean square).
 */
const AWAY_M = 2.65;

/**
 * A camera that looks further from the horizon than this (degrees) does not show a whole body from there, or was not told rightly: it
 * is taken for one of which nothing is known. Assumed.
 */
const MOST = 20;

/** Those elevations that the ruler goes by: a photo whose middle is not known does not tell where its camera looked. */
export function knownElevations(
  elevations: Elevations,
  silhouettes: Readonly<Record<Angle, Silhouette>>,
): Elevations {
  const known = ANGLES.flatMap((angle) => {
    const elevation = elevations[angle];
    const isKnown = elevation !== undefined && Math.abs(elevation) <= MOST;
    return isKnown && silhouettes[angle].photoMiddle !== undefined ? [[angle, elevation] as const] : [];
  });
  return Object.fromEntries(known);
}

/** The outlines of a body of this height (cm); those whose elevation is there as the usual camera would show them. */
export function asByUsualCameras(
  silhouettes: Readonly<Record<Angle, Silhouette>>,
  elevations: Elevations,
  heightCm: number,
): Readonly<Record<Angle, Silhouette>> {
  return Object.fromEntries(
    ANGLES.map((angle) => {
      const [shown, elevation] = [silhouettes[angle], elevations[angle]];
      const { crown, ankles, photoMiddle } = shown;
      if (elevation === undefined || photoMiddle === undefined) return [angle, shown];
      const seen = { from: crown - photoMiddle, to: ankles - photoMiddle };
      const focalPx = focalOf(seen, -elevation * DEGREE, (CROWN_TO_ANKLES[angle] * heightCm) / 100 / AWAY_M);
      const up = (USUAL - elevation) * DEGREE;
      return [angle, turned(shown, { middle: photoMiddle, focalPx, up })];
    }),
  ) as Record<Angle, Silhouette>;
}

/**
 * The focal length (px) of a camera that looks down by `pitch` (radians) and shows what is `tall` times as tall as it is far away between
 * these rows below its axis (px). Each step brings it six times nearer or more.
 */
function focalOf({ from, to }: { from: number; to: number }, pitch: number, tall: number): number {
  const down = (below: number, focalPx: number) => Math.tan(Math.atan(below / focalPx) + pitch);
  let focalPx = (to - from) / tall;
  for (let step = 0; step < 6; step++) focalPx *= (down(to, focalPx) - down(from, focalPx)) / tall;
  return focalPx;
}

/** A turn of the camera `up` (radians), about the horizontal axis through itself. `middle` is the row of its optical axis. */
interface Turn {
  readonly middle: number;
  readonly focalPx: number;
  readonly up: number;
}

/**
 * What a turn adds to a girth's uncertainty (share, for the square of each degree), since the way from the camera is not AWAY_M. When
 * the outlines of 994 bodies of anny were turned as if their cameras had looked up by 8° and 12°, and back (11.5° and 15.5°), what their
 * errors had more then (as a root of squares) was of necks 0.00013 and 0.00012 for each degree's square, of waists 0.00009 and 0.00008,
 * of navels 0.00007 and of hips 0.00005 and 0.00006.
 */
const TURN_SD = 0.00009;

/** What is uncertain of a girth because its outlines were turned by so much (share, one standard deviation). */
export function uncertainByTurns(known: Elevations): number {
  const squares = ANGLES.map((angle) => ((known[angle] ?? USUAL) - USUAL) ** 2);
  return (TURN_SD * squares.reduce((sum, each) => sum + each, 0)) / squares.length;
}

/** A turn moves whole rows, and makes each wider or narrower as a whole, whatever lies how far away in it. */
function turned(shown: Silhouette, { middle, focalPx, up }: Turn): Silhouette {
  const belowAxis = (row: number) => Math.atan((row - middle) / focalPx);
  const rowAt = (row: number) => middle + focalPx * Math.tan(belowAxis(row) + up);
  const rowBefore = (row: number) => middle + focalPx * Math.tan(belowAxis(row) - up);
  const wider = (row: number) => Math.cos(belowAxis(row)) / Math.cos(belowAxis(row) + up);
  /** The rows as they lie now, one for each pixel again. `as` has a row made wider. */
  const moved = <Row>(firstRow: number, rows: readonly Row[], as: (row: Row, by: number) => Row) => {
    // By the rows' borders, so that what lay one below the other still does.
    const first = Math.ceil(rowAt(firstRow - 0.5));
    const end = Math.ceil(rowAt(firstRow + rows.length - 0.5));
    const now = Array.from({ length: end - first }, (_, i) => {
      const before = rowBefore(first + i);
      const nearest = Math.max(0, Math.min(rows.length - 1, Math.round(before - firstRow)));
      return as(rows[nearest]!, wider(before));
    });
    return { firstRow: first, rows: now };
  };
  // Columns are counted from the trunk's middle: where they are counted from moves an outline, and changes no width.
  const column = middleColumn(shown.rows);
  const across = (x: number, by: number) => column + by * (x - column);
  const limbRow = <Row extends LimbRow>(row: Row, by: number): Row => ({
    ...row,
    left: across(row.left, by),
    right: across(row.right, by),
  });
  const trunkRow = (row: TrunkRow, by: number): TrunkRow => ({
    ...limbRow(row, by),
    ...(row.arm && { arm: { left: by * row.arm.left, right: by * row.arm.right } }),
    ...(row.cut !== undefined && { cut: by * row.cut }),
  });
  const limbs = (each: readonly Limb[]) =>
    each.map((limb) => ({ ...limb, ...moved(limb.firstRow, limb.rows, limbRow) }));
  const { hips, shoulders, navel } = shown;
  const signs = navel && { ...navel, ...steps(navel.firstRow, navel.step, navel.signs.length, rowAt) };
  return {
    ...shown,
    ...moved(shown.firstRow, shown.rows, trunkRow),
    crown: rowAt(shown.crown),
    soles: rowAt(shown.soles),
    ankles: rowAt(shown.ankles),
    ...(hips !== undefined && { hips: rowAt(hips) }),
    ...(shoulders !== undefined && { shoulders: rowAt(shoulders) }),
    ...(signs && { navel: signs }),
    ...(shown.limbs && {
      limbs: {
        head: limbs(shown.limbs.head),
        shoulders: limbs(shown.limbs.shoulders),
        upperArms: limbs(shown.limbs.upperArms),
        forearms: limbs(shown.limbs.forearms),
        legs: limbs(shown.limbs.legs),
      },
    }),
  };
}

/** Where `count` rows that lie `step` apart lie now, again at even steps: over a belly they differ by less than a twentieth of one. */
function steps(firstRow: number, step: number, count: number, rowAt: (row: number) => number) {
  const [from, to] = [rowAt(firstRow), rowAt(firstRow + step * (count - 1))];
  return { firstRow: from, step: count > 1 ? (to - from) / (count - 1) : step };
}

function middleColumn(rows: readonly TrunkRow[]): number {
  const middle = rows[Math.floor(rows.length / 2)];
  return middle ? (middle.left + middle.right) / 2 : 0;
}
