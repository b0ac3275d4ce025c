/** Girths from four outlines and a known height: widths from front and back, depths from the sides, ellipses between. */

import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import type { BodyMeasurement, Girth, GirthName } from './body-measurement.ts';
import { ellipseCircumference } from './ellipse.ts';
import { measureLimbs } from './limb-girths.ts';
import { neckExtents } from './neck.ts';
import { type Outline, outlineOf } from './outline.ts';
import { scalesOf } from './scale.ts';
import type { Silhouette } from './silhouette.ts';
import { measureVolume } from './volume.ts';

/** Where a tape is laid, and what it is there. */
interface Tape {
  /** Between which heights (share of the body's) it is moved, and what it looks for. */
  readonly from: number;
  readonly to: number;
  readonly seek: 'narrowest' | 'widest';
  /** By how much the place may be off (share of the body's height, one standard deviation); what that does to the girth is measured. */
  readonly placeSd: number;
}

const TAPE: Record<Exclude<GirthName, 'neck'>, Tape> = {
  chest: { from: 0.72, to: 0.72, seek: 'widest', placeSd: 0.01 },
  // Of 27 bodies of anny the narrowest lies at 0.574 to 0.697 (share): sought from 0.6 to 0.68, 5 % of them come out 3 % wide, here 1.3 %.
  waist: { from: 0.58, to: 0.69, seek: 'narrowest', placeSd: 0.012 },
  // The navel's height (share): 0.601 ± 0.013 (ANSUR II, n = 3,034); of women of anny 0.61.
  navel: { from: 0.604, to: 0.604, seek: 'widest', placeSd: 0.013 },
  // Of 105 bodies of anny 21 have their seat below 0.488 (share); further down than this, thighs count for it.
  hip: { from: 0.48, to: 0.55, seek: 'widest', placeSd: 0.012 },
};

/** How sections vary from body to body (share of the girth, one standard deviation): a neck's across its axis. */
export const SECTION_SD: Readonly<Record<GirthName, number>> = {
  neck: 0.034,
  chest: 0.01,
  waist: 0.022,
  navel: 0.015,
  hip: 0.022,
};

/**
 * Girth of a body's section over that of the ellipse between its width and depth: a tape spans hollows, and seats are no ellipses. Waist, navel
 * and hip by convex hull on 14 bodies of anny 0.6.2 (means; their deviations are 0.013, 0.015, 0.018), neck by what ten others measured.
 * Calipers that press (ANSUR II) have other ratios: these are for outlines.
 */
export const SECTION: Readonly<Record<GirthName, number>> = {
  neck: 1.008,
  chest: 1,
  waist: 1.016,
  navel: 1.008,
  hip: 1.042,
};

/** Steps in which a tape is moved (share of the body's height). */
const STEP = 0.002;

/** Down to here a chest hidden by arms is looked for (share of the body's height). */
const FREE_CHEST_FROM = 0.6;

/** Two photos that differ by more than this (share of the greater) do not show the same: in one of them something was taken for body. */
const FAILED = 0.07;

/**
 * How far above and below a hidden level the outline must be seen again (share of the body's height), and what that costs from one side: a share
 * of the girth, and one for a body's height. Assumed.
 */
const BRIDGED = { within: 0.12, oneSidedSd: 0.04, oneSided: 0.6 } as const;

/** Below this height (share of the body's) a hidden level lies at the seat, which stands out of a straight bridge over it. */
const SEAT = 0.56;

/**
 * A straight bridge from both sides, by the true sections of 52 bodies of anny: standard deviation (share of the extent for a span of a body's
 * height), and by how much a seat stands out of it (share of the extent, for the product of the ways up and down).
 */
const BRIDGE = {
  width: { sd: 0.5, seatSd: 0.3, seatOut: 6.5 },
  depth: { sd: 0.5, seatSd: 0.85, seatOut: 20 },
} as const;

/** Two photos of one neck differ by up to a seventh, more is hair over it (share of the greater); n 18 bodies of anny. */
const HAIR = 0.2;

/** A neck deeper or wider by more than this ratio holds hair or a collar in both photos of a pair (18 bodies of anny: 0.87 to 1.2); what that adds, assumed. */
const ODD_NECK = { ratio: 1.4, sd: 0.12 } as const;

/** What only one photo shows is less certain (share, one standard deviation). */
const ALONE_SD = 0.015;

/** One width or depth (share of the body's height) and its standard uncertainty, scale apart. */
interface Extent {
  readonly value: number;
  readonly sd: number;
}

/** Standard uncertainty (share) of the scale from afar, and what nearness 1 adds: of hair, feet and the ankles' keypoints. */
const SCALE_SD = { fromAfar: 0.006, nearnessAdds: 0.006 } as const;

/** Standard uncertainty of each side of an outline (px). */
const EDGE_SD_PX = 0.6;

/** Of the thinnest of a trunk's girths: more is no neck, and the tapes of that photo lie too low. */
const THICKEST_NECK = 0.75;

/** Standard uncertainty (share) of a chest whose width arms hide. */
const HIDDEN_CHEST_SD = 0.05;

/**
 * Measures a body of this height (cm). Throws a plain Error when an outline can't be believed where a tape would lie, nor near, or when no
 * body has such girths.
 */
export function measureGirths(
  silhouettes: Readonly<Record<Angle, Silhouette>>,
  heightCm: number,
): BodyMeasurement {
  const { scales, nearness } = scalesOf(silhouettes);
  const outlines = Object.fromEntries(
    ANGLES.map((angle) => [angle, outlineOf(silhouettes[angle], scales[angle])]),
  ) as Record<Angle, Outline>;
  const edgeSd = EDGE_SD_PX / Math.min(...ANGLES.map((angle) => scales[angle].bodyPx));
  const width = (level: number) => extentAt([outlines.front, outlines.back], level, edgeSd, BRIDGE.width);
  const depth = (level: number) => extentAt([outlines.left, outlines.right], level, edgeSd, BRIDGE.depth);
  const scaleSd = Math.hypot(SCALE_SD.fromAfar, SCALE_SD.nearnessAdds * nearness);

  /** Share of the body's height, without the scale's uncertainty. */
  const ellipse = (across: Extent, along: Extent): Extent => {
    const value = ellipseCircumference(across.value, along.value);
    // A side's share in the girth is near its share in the sum of both.
    const share = value / (across.value + along.value);
    return { value, sd: share * Math.hypot(across.sd, along.sd) };
  };
  const ellipseAt = (level: number) => ellipse(width(level), depth(level));
  const girth = (name: GirthName, { value, sd }: Extent, ...shares: number[]): Girth => {
    const cm = value * SECTION[name] * heightCm;
    return { cm, sdCm: cm * Math.hypot(sd / value, scaleSd, SECTION_SD[name], ...shares) };
  };

  const find = (name: Exclude<GirthName, 'neck'>): Girth => {
    const { from, to, seek, placeSd } = TAPE[name];
    let [found, place] = [ellipseAt(from), from];
    for (let level = from + STEP; level <= to + 1e-9; level += STEP) {
      const next = ellipseAt(level);
      if (seek === 'widest' ? next.value > found.value : next.value < found.value)
        [found, place] = [next, level];
    }
    if (from === to) {
      const { value, sd } = spread(ellipseAt, place, placeSd);
      return girth(name, { value, sd: found.sd }, sd / value);
    }
    // What the girth is where else the tape may lie: on the slope of a belly that is much, at a waist that was sought little.
    const [above, below] = [ellipseAt(place + placeSd), ellipseAt(place - placeSd)];
    const slope =
      (Math.abs(above.value - found.value) + Math.abs(below.value - found.value)) / 2 / found.value;
    return girth(name, found, slope);
  };

  /** Where arms hide the chest's width it is taken from below them, in proportion to the depth. */
  const chest = (): Girth => {
    const { from } = TAPE.chest;
    let level = from;
    while (level > FREE_CHEST_FROM && !(outlines.front.at(level) && outlines.back.at(level))) level -= STEP;
    if (level === from) return girth('chest', ellipseAt(from));
    const [below, at, shown] = [depth(level), depth(from), width(level)];
    const grown = at.value / below.value;
    return girth('chest', ellipse({ value: shown.value * grown, sd: shown.sd * grown }, at), HIDDEN_CHEST_SD);
  };

  const neck = (): Girth => {
    const seen = neckExtents(outlines);
    if (!seen) throw new Error('no outline shows a neck');
    const [across, along] = [neckExtent(seen.widths, edgeSd), neckExtent(seen.depths, edgeSd)];
    const ratio = along.value / across.value;
    const odd = Math.max(ratio, 1 / ratio) > ODD_NECK.ratio ? ODD_NECK.sd : 0;
    return girth('neck', ellipse(across, along), odd);
  };

  const girths = {
    neck: neck(),
    chest: chest(),
    waist: find('waist'),
    navel: find('navel'),
    hip: find('hip'),
  };
  const trunk = Math.min(girths.chest.cm, girths.waist.cm, girths.navel.cm, girths.hip.cm);
  if (girths.neck.cm > THICKEST_NECK * trunk) throw new Error('an outline is not that of a body');
  const volume = measureVolume(silhouettes, outlines, scales, heightCm, scaleSd);
  return {
    ...girths,
    limbs: measureLimbs(silhouettes, scales, heightCm, scaleSd),
    ...(volume && { volume }),
  };
}

/**
 * Mean and standard deviation of a girth whose place is not seen but known to lie about `level`: by three levels (Gauss and Hermite), since girths
 * grow faster below a navel than they shrink above it.
 */
function spread(ellipseAt: (level: number) => Extent, level: number, placeSd: number): Extent {
  const away = Math.sqrt(3) * placeSd;
  const [up, here, down] = [level + away, level, level - away].map((each) => ellipseAt(each).value) as [
    number,
    number,
    number,
  ];
  const value = (up + 4 * here + down) / 6;
  const variance = ((up - value) ** 2 + 4 * (here - value) ** 2 + (down - value) ** 2) / 6;
  return { value, sd: Math.sqrt(variance) };
}

/** The mean of what two photos show, as uncertain as they differ; of one alone, less certain. */
function meanOf(values: readonly number[], edgeSd: number): Extent {
  const value = values.reduce((sum, each) => sum + each, 0) / values.length;
  if (values.length === 1) return { value, sd: Math.hypot(edgeSd, ALONE_SD * value) };
  // The mean of two that differ by d has a standard error of d/2.
  return { value, sd: Math.hypot(edgeSd, Math.abs(values[0]! - values[1]!) / 2) };
}

/** What a pair of photos shows of a neck: where they differ by more than necks do, hair lies over it in one of them, and the smaller counts. */
function neckExtent(values: readonly number[], edgeSd: number): Extent {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  if (most - least <= HAIR * most) return meanOf(values, edgeSd);
  return { value: least, sd: Math.hypot(edgeSd, (most - least) / 2) };
}

/**
 * What a pair of photos shows at a level. Where they differ by more than two looks at one body do, the smaller counts: arms, hair and
 * shadows only add. Where neither can be believed, what is seen above and below is bridged. Throws when that is too far away.
 */
function extentAt(
  pair: readonly [Outline, Outline],
  level: number,
  edgeSd: number,
  bridge: (typeof BRIDGE)[keyof typeof BRIDGE],
): Extent {
  const here = pair.flatMap((outline) => outline.at(level)?.extent ?? []);
  if (here.length === 2) {
    const [least, most] = [Math.min(...here), Math.max(...here)];
    return most - least <= FAILED * most
      ? meanOf(here, edgeSd)
      : { value: least, sd: Math.hypot(edgeSd, ((most - least) / most) * 0.25 * least) };
  }
  if (here.length === 1) return meanOf(here, edgeSd);
  const seenFrom = (direction: 1 | -1) => {
    for (let away = STEP; away <= BRIDGED.within; away += STEP) {
      const there = pair.flatMap((outline) => outline.at(level + direction * away)?.extent ?? []);
      if (there.length > 0) return { away, value: Math.min(...there) };
    }
    return null;
  };
  const [above, below] = [seenFrom(1), seenFrom(-1)];
  if (above && below) {
    const span = above.away + below.away;
    const straight = (above.value * below.away + below.value * above.away) / span;
    const isSeat = level < SEAT;
    const value = straight * (1 + (isSeat ? bridge.seatOut * above.away * below.away : 0));
    return { value, sd: Math.hypot(edgeSd, value * span * (isSeat ? bridge.seatSd : bridge.sd)) };
  }
  // Arms hide all above (or below): what is nearest stands in, the less certain the further it is.
  const near = above ?? below;
  if (!near) throw new Error('an outline cannot be followed where it is to be measured');
  return {
    value: near.value,
    sd: Math.hypot(edgeSd, near.value * (BRIDGED.oneSidedSd + BRIDGED.oneSided * near.away)),
  };
}
