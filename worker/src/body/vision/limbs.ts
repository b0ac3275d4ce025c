/**
 * The outlines of head, shoulders, arms and legs in one photo. Together with the trunk's they give the limbs' girths
 * and the volume.
 */

import { traceEdge } from './edge.ts';
import { type Joint, middle, type Person, tallness } from '@reddyfit/shared/gate/person';
import type { PersonMask } from '@reddyfit/shared/gate/person-mask';
import type { PicturePixels } from '@reddyfit/shared/gate/picture';

/** One row of a limb: columns (px, fractions count) of its two sides. */
export interface LimbRow {
  readonly left: number;
  readonly right: number;
  /** How clear the less clear side is (0–255). */
  readonly contrast: number;
}

export interface Limb {
  /** Row of the first entry of `rows`; each next is one pixel lower. */
  readonly firstRow: number;
  readonly rows: readonly LimbRow[];
  /** Cosine of how far the limb leans from upright: a row's width times this is the width across the limb. */
  readonly across: number;
}

/**
 * A list is empty where nothing can be followed. From the sides, arms lie in front of the trunk and have no outline,
 * and both legs have one.
 */
export interface Limbs {
  readonly head: readonly Limb[];
  readonly shoulders: readonly Limb[];
  readonly upperArms: readonly Limb[];
  readonly forearms: readonly Limb[];
  readonly legs: readonly Limb[];
}

/** How far from its axis a limb may reach (share of the body's height). */
const FURTHEST = { head: 0.12, shoulders: 0.25, arm: 0.06, leg: 0.13 } as const;

/** How far from the mask's edge the true one is looked for, in pixels of the network. */
const REACH = 1.6;

/** How far beside a joint its limb is looked for, in pixels of the network. */
const ASIDE = 6;

/**
 * The rows of the shoulders: from their joints down to almost where the arms leave the trunk (share of the body's
 * height).
 */
const SHOULDERS = { above: 0.0, below: 0.06 } as const;

/** A leg's outline ends this far above the ankle's joint (share of the body's height). */
const ANKLE = 0.005;

type Axis = (row: number) => number;

interface Traced {
  readonly from: number;
  readonly to: number;
  readonly axis: Axis;
  /** How far the limb may reach to each side of the axis (px), by row. */
  readonly leftMost: Axis;
  readonly rightMost: Axis;
  readonly across?: number;
  /** From this value on (0–1) a place of the mask counts as body. */
  readonly sure?: number;
}

/** Traces the limbs of `person`, who stands upright in `picture`, between the rows of the crown and the soles (px). */
export function traceLimbs(
  picture: PicturePixels,
  mask: PersonMask,
  person: Person,
  { crown, soles }: { readonly crown: number; readonly soles: number },
  profile: boolean,
): Limbs {
  const tall = tallness(person);
  const at = (joint: Joint) => person.joints[joint];
  const follow = (limb: Traced): Limb[] => trace(picture, mask, limb);
  const everywhere = (share: number) => () => share * tall;
  const column =
    (x: number): Axis =>
    () =>
      x;

  const shoulderRow = middle(person, ['leftShoulder', 'rightShoulder'], 'y');
  const head = follow({
    from: crown + 0.004 * tall,
    to: soles - 0.9 * (soles - crown),
    axis: column(middle(person, ['leftEar', 'rightEar'], 'x')),
    leftMost: everywhere(FURTHEST.head),
    rightMost: everywhere(FURTHEST.head),
  });
  const legOf = (side: 'left' | 'right' | 'both'): Traced => {
    const sides = side === 'both' ? (['left', 'right'] as const) : [side];
    const place = (joint: 'Hip' | 'Knee' | 'Ankle', axis: 'x' | 'y') =>
      middle(person, sides.map((each) => `${each}${joint}` as const), axis); // prettier-ignore
    const points = (['Hip', 'Knee', 'Ankle'] as const).map((joint) => ({
      x: place(joint, 'x'),
      y: place(joint, 'y'),
    }));
    const axis = lineThrough(points);
    const far = everywhere(FURTHEST.leg);
    if (side === 'both')
      return {
        from: soles - 0.44 * (soles - crown),
        to: points[2]!.y - ANKLE * tall,
        axis,
        leftMost: far,
        rightMost: far,
        sure: 0.35,
      };
    // Thighs that touch are divided halfway between the legs.
    const other = lineThrough(
      (['Hip', 'Knee', 'Ankle'] as const).map((joint) => at(`${side === 'left' ? 'right' : 'left'}${joint}`)),
    );
    const half =
      (direction: 1 | -1): Axis =>
      (row) => {
        const gap = (other(row) - axis(row)) * direction;
        return gap > 0 ? Math.min(gap / 2, FURTHEST.leg * tall) : FURTHEST.leg * tall;
      };
    return {
      from: soles - 0.46 * (soles - crown),
      to: points[2]!.y - ANKLE * tall,
      axis,
      leftMost: half(-1),
      rightMost: half(1),
    };
  };
  if (profile) return { head, shoulders: [], upperArms: [], forearms: [], legs: follow(legOf('both')) };

  const arm = (side: 'left' | 'right', upper: boolean): Traced => {
    const [a, b] = upper
      ? [at(`${side}Shoulder`), at(`${side}Elbow`)]
      : [at(`${side}Elbow`), at(`${side}Wrist`)];
    const along = Math.hypot(b.x - a.x, b.y - a.y);
    return {
      // Above the middle the arm is one with the trunk.
      from: a.y + (upper ? 0.4 : 0.1) * (b.y - a.y),
      to: a.y + 0.95 * (b.y - a.y),
      axis: lineThrough([a, b]),
      leftMost: everywhere(FURTHEST.arm),
      rightMost: everywhere(FURTHEST.arm),
      across: along > 0 ? Math.max(0, (b.y - a.y) / along) : 0,
      sure: 0.4,
    };
  };
  const both = (of: (side: 'left' | 'right') => Traced) =>
    (['left', 'right'] as const).flatMap((side) => follow(of(side)));
  return {
    head,
    shoulders: follow({
      from: shoulderRow - SHOULDERS.above * tall,
      to: shoulderRow + SHOULDERS.below * tall,
      axis: column(middle(person, ['leftShoulder', 'rightShoulder'], 'x')),
      leftMost: everywhere(FURTHEST.shoulders),
      rightMost: everywhere(FURTHEST.shoulders),
    }),
    upperArms: both((side) => arm(side, true)),
    forearms: both((side) => arm(side, false)),
    legs: both(legOf),
  };
}

/**
 * Returns the column, at a row, of the line through `points`, which are ordered from top to bottom. The line goes on
 * beyond them.
 */
function lineThrough(points: readonly { readonly x: number; readonly y: number }[]): Axis {
  return (row) => {
    const below = points.findIndex(({ y }) => row < y);
    const next = Math.max(1, below < 0 ? points.length - 1 : below);
    const [from, to] = [points[next - 1]!, points[next]!];
    return from.x + ((to.x - from.x) * (row - from.y)) / (to.y - from.y || 1);
  };
}

/** Traces both sides of a limb. Empty when the limb has fewer than nine rows. */
function trace(picture: PicturePixels, mask: PersonMask, limb: Traced): Limb[] {
  const { axis, leftMost, rightMost, across = 1, sure = 0.5 } = limb;
  const [firstRow, lastRow] = [Math.round(limb.from), Math.round(limb.to)];
  if (!(lastRow - firstRow >= 8)) return [];
  const count = lastRow - firstRow + 1;
  // A joint may lie beside its limb.
  const starts = Array.from({ length: count }, (_, i) => {
    const [x, y] = [axis(firstRow + i), firstRow + i];
    for (let aside = 0; aside <= mask.coarseness * ASIDE; aside++) {
      if (mask.at(x + aside, y) > sure) return x + aside;
      if (mask.at(x - aside, y) > sure) return x - aside;
    }
    return x;
  });
  const [left, right] = ([-1, 1] as const).map((sign) => {
    const most = sign < 0 ? leftMost : rightMost;
    const places = Array.from({ length: count }, (_, i) => {
      const y = firstRow + i;
      const [middleX, far] = [starts[i]!, most(y)];
      let out = 0;
      while (out < far && mask.at(middleX + sign * (out + 1), y) > sure) out++;
      return { x: middleX + sign * out, y, cut: out >= far };
    });
    const reach = Math.ceil(mask.coarseness * REACH);
    return traceEdge(picture, { places, outwards: [sign, 0], reach }).map(({ offset, contrast }, i) => {
      const { x, cut } = places[i]!;
      return cut ? { x, contrast: 255 } : { x: Math.round(x) + sign * offset + 0.5, contrast };
    });
  });
  const rows = left!.map((a, i): LimbRow => {
    const b = right![i]!;
    return { left: a.x, right: b.x, contrast: Math.min(a.contrast, b.contrast) };
  });
  return [{ firstRow, rows, across }];
}
