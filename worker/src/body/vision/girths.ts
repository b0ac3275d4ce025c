/** Girths from four outlines and a known height: widths from front and back, depths from the sides, ellipses between. */

import type { Angle } from '@reddyfit/shared/scan/photos';
import type { BodyMeasurement, Girth, GirthName } from './body-measurement.ts';
import { ellipseCircumference } from './ellipse.ts';
import { type Scale, scalesOf } from './scale.ts';
import type { Silhouette } from './silhouette.ts';

/** Where a tape is laid. */
interface Tape {
  /** Between which heights (share of the body's) it is moved, and what it looks for. */
  readonly from: number;
  readonly to: number;
  readonly seek: 'narrowest' | 'widest';
  /** Standard uncertainty (share of the girth) of that place: least where a body hardly changes from height to height. */
  readonly sd: number;
}

const TAPE: Record<GirthName, Tape> = {
  neck: { from: 0.842, to: 0.866, seek: 'narrowest', sd: 0.001 },
  chest: { from: 0.72, to: 0.72, seek: 'widest', sd: 0.003 },
  waist: { from: 0.605, to: 0.665, seek: 'narrowest', sd: 0.003 },
  navel: { from: 0.6, to: 0.6, seek: 'widest', sd: 0.004 },
  hip: { from: 0.48, to: 0.55, seek: 'widest', sd: 0.001 },
};

/** Steps in which a tape is moved (share of the body's height). */
const STEP = 0.002;

/** Half the height of the band over which a width is averaged (share of the body's height). */
const BAND = 0.0015;

/** Down to here a chest hidden by arms is looked for (share of the body's height). */
const FREE_CHEST_FROM = 0.6;

/** Two photos that differ by more than this (share of the greater) do not show the same: the less clear outline has failed. */
const FAILED = 0.07;

/** One width or depth (cm), and by how much the two photos that show it differ. */
interface Extent {
  readonly cm: number;
  readonly differCm: number;
  /** One pixel of outline (cm). */
  readonly pixelCm: number;
}

/**
 * Measures a body of this height (cm). Throws a plain Error when an outline does not reach where a tape would lie, or when no
 * body has such girths.
 */
export function measureGirths(
  silhouettes: Readonly<Record<Angle, Silhouette>>,
  heightCm: number,
): BodyMeasurement {
  const { scales, nearness } = scalesOf(silhouettes);
  const extent = (angles: readonly [Angle, Angle], level: number): Extent => {
    const [one, other] = angles.map((angle) => band(silhouettes[angle], scales[angle], level, heightCm)) as [
      Band,
      Band,
    ];
    const pixelCm = heightCm / Math.min(...angles.map((angle) => scales[angle].bodyPx));
    const differCm = Math.abs(one.cm - other.cm);
    const greater = Math.max(one.cm, other.cm);
    if (differCm <= FAILED * greater) return { cm: (one.cm + other.cm) / 2, differCm, pixelCm };
    return { cm: one.contrast > other.contrast ? one.cm : other.cm, differCm: FAILED * greater, pixelCm };
  };
  const width = (level: number) => extent(['front', 'back'], level);
  const depth = (level: number) => extent(['left', 'right'], level);
  const girthAt = (level: number) => girth(width(level), depth(level), nearness);
  const free = (level: number) =>
    (['front', 'back'] as const).every((angle) => rowAt(silhouettes[angle], scales[angle], level).free);

  const find = ({ from, to, seek, sd }: Tape): Girth => {
    let found = girthAt(from);
    for (let level = from + STEP; level <= to + 1e-9; level += STEP) {
      const next = girthAt(level);
      if (seek === 'widest' ? next.cm > found.cm : next.cm < found.cm) found = next;
    }
    return { cm: found.cm, sdCm: Math.hypot(found.sdCm, sd * found.cm) };
  };
  /** Where arms hide the chest's width it is taken from below them, in proportion to the depth. */
  const chest = (): Girth => {
    let level = TAPE.chest.from;
    while (level > FREE_CHEST_FROM && !free(level)) level -= STEP;
    if (level === TAPE.chest.from) return girthAt(level);
    const [below, at] = [depth(level), depth(TAPE.chest.from)];
    const shown = width(level);
    const { cm, sdCm } = girth({ ...shown, cm: shown.cm * (at.cm / below.cm) }, at, nearness);
    return { cm, sdCm: Math.hypot(sdCm, HIDDEN_CHEST_SD * cm) };
  };
  const girths = {
    neck: find(TAPE.neck),
    chest: chest(),
    waist: find(TAPE.waist),
    navel: find(TAPE.navel),
    hip: find(TAPE.hip),
  };
  const trunk = Math.min(girths.chest.cm, girths.waist.cm, girths.navel.cm, girths.hip.cm);
  if (girths.neck.cm > THICKEST_NECK * trunk) throw new Error('an outline is not that of a body');
  return girths;
}

/** Of the thinnest of a trunk's girths: more is no neck, and the tapes of that photo lie too low. */
const THICKEST_NECK = 0.75;

/** Standard uncertainty (share) of a chest whose width arms hide. */
const HIDDEN_CHEST_SD = 0.05;

/** Standard uncertainty (share) of the scale from afar, and what nearness 1 adds: of hair, feet and the ankles' keypoints. */
const SCALE_SD = { fromAfar: 0.0035, nearnessAdds: 0.0045 } as const;

/** Standard uncertainty of each side of an outline (px). */
const EDGE_SD_PX = 0.6;

/** The girth of an elliptical cross-section. */
function girth(width: Extent, depth: Extent, nearness: number): Girth {
  const cm = ellipseCircumference(width.cm, depth.cm);
  const parts = [width, depth].map((side) => {
    // A side's share in the girth is near its share in the sum of both.
    const share = cm / (width.cm + depth.cm);
    const edges = EDGE_SD_PX * side.pixelCm;
    // The mean of two that differ by d has a standard error of d/2.
    return share * Math.hypot(edges, side.differCm / 2);
  });
  const scale = cm * Math.hypot(SCALE_SD.fromAfar, SCALE_SD.nearnessAdds * nearness);
  return { cm, sdCm: Math.hypot(scale, ...parts) };
}

function rowAt({ rows, firstRow }: Silhouette, { soles, bodyPx }: Scale, level: number) {
  const row = rows[Math.round(soles - level * bodyPx) - firstRow];
  if (!row) throw new Error('an outline does not reach where it is to be measured');
  return row;
}

/** Width (cm) of the trunk about a height (share of the body's), and how clear its outline is there. */
interface Band {
  readonly cm: number;
  readonly contrast: number;
}

function band(silhouette: Silhouette, scale: Scale, level: number, heightCm: number): Band {
  const { soles, bodyPx } = scale;
  const from = Math.round(soles - (level + BAND) * bodyPx);
  const to = Math.round(soles - (level - BAND) * bodyPx);
  const count = to - from + 1;
  let [px, contrast] = [0, 0];
  for (let row = from; row <= to; row++) {
    const { left, right, contrast: here } = rowAt(silhouette, scale, (soles - row) / bodyPx);
    px += (right - left) / count;
    contrast += here / count;
  }
  return { cm: (px / bodyPx) * heightCm, contrast };
}
