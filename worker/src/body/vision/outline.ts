/** The extents of one outline by height: decides where each of its sides is believed, and bridges the rest. */

import type { Angle } from '@reddyfit/shared/scan/photos';
import { NO_EDGE } from './edge.ts';
import type { Silhouette, TrunkRow } from './silhouette.ts';
import type { Scale } from './scale.ts';

/** Half the height of the band over which a width is averaged (share of the body's height). */
const BAND = 0.0015;

/**
 * A part of a side that stands out by more than `out` over less than twice `reach` (shares of the body's height) is not
 * trunk but a hand or a strand of hair.
 */
const BULGE = { reach: 0.05, out: 0.011 } as const;

/**
 * In a profile, a hand with its wrist is longer than `BULGE.reach`, and lies in front of the thighs. Below the level
 * `below`, a part of the front that stands out over less than twice this `reach` is not believed (shares of the body's
 * height). The back is believed there, because a seat stands out of it and is not a hand.
 */
const HAND = { below: 0.57, reach: 0.075 } as const;

/**
 * Below a belly, the front of a profile goes inwards or straight down: in 164 profiles of 82 bodies of anny 0.6.2 (seeds
 * 9000–9007, 9100–9125, 9300–9323 and 9400–9423), whose true outlines are known, it steps outwards by at most 0.0096 over
 * 0.03 going down. Where it steps outwards by more than `out` over `over`, a hand begins: of 65 profiles with a hand that
 * stands out by more than 0.012, 64 do so, and so do 6 of 80 in which none stands out by 0.006. It ends where the front is
 * back, within `long`, which is the length of a hand with its wrist (all shares of the body's height).
 */
const STEP_OUT = { out: 0.01, over: 0.03, long: 0.13 } as const;

/**
 * The level (share of the body's height) down to which thighs are followed. It is below the fingertips, where the front of a
 * profile is thigh again, and lower than hips are looked for (LOW_SEAT in girths.ts).
 */
const DOWN_TO = 0.35;

/**
 * How far above the row from which legs are followed a side that ends in the gap between them is looked for (share of the body's
 * height): in 41 of 1,600 photos of 800 bodies of anny 0.6.2 one does, up to 0.043 above it.
 */
const GAP_ABOVE = 0.05;

/**
 * Above this level (share of the body's height) nothing is taken off a side: a chin stands out of a neck, but the
 * search for the narrowest row is not misled by it.
 */
const NECK_FROM = 0.8;

/**
 * A side that is hidden over at most `within` (share of the body's height) is replaced by a straight line between its
 * ends. `sd`: how far the true fronts of 120 bodies of anny lie from such a line (one standard deviation, share of the
 * line's length).
 */
const BRIDGED = { within: 0.2, sd: 0.06 } as const;

/**
 * An outline that is seen over less than this height (share of the body's), between rows in which it is not seen, is
 * the edge of something else.
 */
const ISLAND = 0.015;

/**
 * From the side, an arm that hangs behind the trunk fills the hollow of the back, and the arm's edge is taken for the
 * back's. When the arm's middle lies `from` inside of the edge, this begins to happen; from `to` on it always happens.
 * `adds` is how much too large the depth then is, and `sd` is how much that varies, in addition to the variation of
 * depths without an arm there. `above` and `below` are the levels between which this applies (all shares of the body's
 * height). In 272 bodies of anny (seeds 1000–1059, 2000–2119, 3000–3108), 1,299 rows from navel to waist with an arm
 * nearer than 0.03 are too deep by 0.0036 ± 0.0089; rows whose arms are further than 0.04 are too deep by −0.0006 ±
 * 0.0049. A belly is not a hollow, and the same arm in front of it adds nothing.
 */
const ARM_BEHIND = { from: 0.035, to: 0.025, adds: 0.0045, sd: 0.008, above: 0.56, below: 0.72 } as const;

/** One width or depth (share of the body's height). */
export interface Band {
  readonly extent: number;
  /** How far a side that is not seen may be off (share of the body's height, one standard deviation); 0 where both sides are seen. */
  readonly sd: number;
  /** Whether a side is bridged. When none is and yet `sd` is not 0, an arm lies at the edge. */
  readonly bridged?: boolean;
  /** What colours took away of it, while nothing in this photo shows whether that was body or wall (share of the body's height). */
  readonly cut?: number;
  /** Whether the middle of an arm lies near one of its sides; only in a profile. */
  readonly arm?: boolean;
}

/** The bands whose sides are both seen, without an arm at the edge. All bands when there is no such band. */
export function seenFirst(bands: readonly Band[]): readonly Band[] {
  const seen = bands.filter(({ sd }) => sd === 0);
  return seen.length > 0 ? seen : bands;
}

export interface Outline {
  /** The extent at a level; null where the outline is neither believed nor bridged, or does not reach. */
  at(level: number): Band | null;
  /**
   * The two sides at the nearest row (shares of the body's height, both counted from the same arbitrary column); null
   * where a side is not seen.
   */
  sides(level: number): { readonly left: number; readonly right: number } | null;
}

/** Levels are shares of the body's height above the soles. */
export function outlineOf(silhouette: Silhouette, { soles, bodyPx, up = 0 }: Scale, angle: Angle): Outline {
  const { firstRow } = silhouette;
  const profile = angle === 'left' || angle === 'right';
  const rows = withThighs(silhouette, soles - DOWN_TO * bodyPx, GAP_ABOVE * bodyPx, profile ? 1 : 2);
  const rowOf = (level: number) => soles - (level + (level < NECK_FROM ? up : 0)) * bodyPx - firstRow;
  const seen = rows.map(({ contrast, free, left, right }) => free && contrast >= NO_EDGE && right > left);
  const sideOf = (side: 'left' | 'right'): Side => {
    const sign = side === 'left' ? -1 : 1;
    const edge = rows.map((row) => sign * row[side]);
    const stands = bulges(edge, Math.round(BULGE.reach * bodyPx), BULGE.out * bodyPx);
    // Somebody whose left side is shown looks to the left.
    const isFront = side === angle;
    const hand = isFront ? bulges(edge, Math.round(HAND.reach * bodyPx), BULGE.out * bodyPx) : null;
    const [neck, hips] = [rowOf(NECK_FROM), rowOf(HAND.below)];
    const stepped = isFront ? handsThatStepOut(edge, Math.max(0, Math.ceil(hips)), bodyPx) : null;
    const believed = seen.map((each, i) => {
      if (!each || i < neck) return each;
      if (profile && i > hips) return !hand?.[i] && !stepped?.[i];
      return !stands[i];
    });
    return bridge(edge, withoutIslands(believed, ISLAND * bodyPx, neck), BRIDGED.within * bodyPx);
  };
  const [left, right] = [sideOf('left'), sideOf('right')];
  const indexOf = (level: number) => Math.round(rowOf(level));
  const back = angle === 'left' ? 'right' : 'left';
  /** How surely an arm lies at the back's edge (0–1). */
  const armBehind = (level: number): number => {
    const arm = profile && level > ARM_BEHIND.above && level < ARM_BEHIND.below && rows[indexOf(level)]?.arm;
    if (!arm) return 0;
    const { from, to } = ARM_BEHIND;
    return Math.max(0, Math.min(1, (from - arm[back] / bodyPx) / (from - to)));
  };
  return {
    at(level) {
      const [middle, reach] = [rowOf(level), BAND * bodyPx];
      const [from, to] = [Math.round(middle - reach), Math.round(middle + reach)];
      let [px, sdPx, count] = [0, 0, 0];
      for (let i = from; i <= to; i++) {
        const [a, b] = [left[i], right[i]];
        // At least one side must be seen: two bridges are not an outline.
        if (!a || !b || (a.away > 0 && b.away > 0)) continue;
        px += a.x + b.x;
        sdPx += BRIDGED.sd * (a.away + b.away);
        count++;
      }
      if (count <= (to - from) / 2) return null;
      const arm = armBehind(level);
      const [extent, sd] = [px / count / bodyPx - ARM_BEHIND.adds * arm, sdPx / count / bodyPx];
      const row = rows[indexOf(level)];
      const cut = (row?.cut ?? 0) / bodyPx;
      return {
        extent,
        sd: Math.hypot(sd, ARM_BEHIND.sd * arm),
        bridged: sd > 0,
        ...(cut > 0 && { cut }),
        ...(row?.arm && { arm: true }),
      };
    },
    sides(level) {
      const i = indexOf(level);
      const [a, b] = [left[i], right[i]];
      return a && b && a.away + b.away === 0 ? { left: -a.x / bodyPx, right: b.x / bodyPx } : null;
    },
  };
}

/**
 * One side, row by row. `x` is how far out it lies (px), and `away` is the length of the line that bridges it (px), 0
 * where the side is seen. Null where the side is neither seen nor bridged.
 */
type Side = readonly ({ readonly x: number; readonly away: number } | null)[];

/**
 * Drops runs of believed rows that are shorter than `shortest`, where they begin below the row `below`: above it lies
 * the neck, which is short.
 */
function withoutIslands(believed: readonly boolean[], shortest: number, below: number): boolean[] {
  const kept = [...believed];
  let from = 0;
  for (let i = 1; i <= kept.length; i++) {
    if (i < kept.length && believed[i] === believed[i - 1]) continue;
    if (believed[i - 1] && i - from < shortest && from > below) kept.fill(false, from, i);
    from = i;
  }
  return kept;
}

/** Fills rows that are not believed with straight lines of at most `within` rows. */
function bridge(edge: readonly number[], believed: readonly boolean[], within: number): Side {
  const side: ({ x: number; away: number } | null)[] = edge.map((x, i) =>
    believed[i] ? { x, away: 0 } : null,
  );
  let last = -1;
  for (const [i, is] of believed.entries()) {
    if (!is) continue;
    const length = i - last;
    if (last >= 0 && length > 1 && length <= within)
      for (let j = last + 1; j < i; j++)
        side[j] = { x: edge[last]! + ((edge[i]! - edge[last]!) * (j - last)) / length, away: length };
    last = i;
  }
  return side;
}

/**
 * The rows of the trunk and, below them, those of both thighs. From the side these are one outline; from front and back, a row
 * reaches over both, and one of the trunk that ends in the gap between them is replaced.
 */
function withThighs(
  { rows, firstRow, limbs }: Silhouette,
  downTo: number,
  above: number,
  outlines: 1 | 2,
): Silhouette['rows'] {
  const legs = limbs?.legs ?? [];
  if (legs.length !== outlines) return rows;
  const joined = [...rows];
  const first = Math.max(...legs.map((leg) => leg.firstRow));
  const legsAt = (y: number) => legs.flatMap((leg) => leg.rows[y - leg.firstRow] ?? []);
  const top = legsAt(first);
  if (outlines === 2 && top.length === 2) keepOutOfGap(joined, first - firstRow, gapOf(top), above);
  for (let y = first; y < Math.round(downTo); y++) {
    const sides = legsAt(y);
    if (sides.length < outlines || y - firstRow > joined.length) break;
    const [lefts, rights] = [sides.map(({ left }) => left), sides.map(({ right }) => right)];
    const row = rows[y - firstRow];
    const gap = gapOf(sides);
    const endsInGap = row && (row.left > gap.left || row.right < gap.right);
    if (row && (outlines === 1 || !endsInGap)) continue;
    const contrast = Math.min(...sides.map((side) => side.contrast));
    joined[y - firstRow] = { left: Math.min(...lefts), right: Math.max(...rights), contrast, free: true };
  }
  return joined;
}

interface Gap {
  readonly left: number;
  readonly right: number;
}

/** The sides of the gap between two legs (px); of one leg, its own. */
const gapOf = (legs: readonly Gap[]): Gap => ({
  left: Math.min(...legs.map(({ right }) => right)),
  right: Math.max(...legs.map(({ left }) => left)),
});

/**
 * Wall may show between the thighs above the row from which legs are followed, and a side of the trunk then lies in that gap. In
 * those of the `above` rows before `first`, that side goes on as in the row above: a dent there would make the hips stand out.
 */
function keepOutOfGap(joined: TrunkRow[], first: number, gap: Gap, above: number) {
  for (let i = Math.max(1, first - Math.round(above)); i < Math.min(first, joined.length); i++) {
    const [before, row] = [joined[i - 1]!, joined[i]!];
    if (row.left > gap.left) joined[i] = { ...row, left: before.left, contrast: before.contrast };
    else if (row.right < gap.right) joined[i] = { ...row, right: before.right, contrast: before.contrast };
  }
}

/** True where an edge stands out, by more than `out`, of what is left of it when short bulges are taken off. */
function bulges(edge: readonly number[], reach: number, out: number): boolean[] {
  const window = (of: readonly number[], i: number) => of.slice(Math.max(0, i - reach), i + reach + 1);
  const least = edge.map((_, i) => Math.min(...window(edge, i)));
  return edge.map((value, i) => value - Math.max(...window(least, i)) > out);
}

/** True where a hand stands out of the front of a profile, by where the front steps outwards below the row `below`. */
function handsThatStepOut(edge: readonly number[], below: number, bodyPx: number): boolean[] {
  const hand = edge.map(() => false);
  const [out, over, long] = [STEP_OUT.out, STEP_OUT.over, STEP_OUT.long].map((share) => share * bodyPx);
  for (let i = below; i < edge.length; i++) {
    const within = edge.slice(i, i + Math.round(over!) + 1);
    if (Math.max(...within) - edge[i]! <= out!) continue;
    const from = i + within.indexOf(Math.min(...within));
    let to = from;
    for (let j = from + 1; j < edge.length && j - from <= long!; j++)
      if (edge[j]! - edge[from]! > out!) to = j;
    // The hand's lower end goes back to the thigh more slowly than it stands out.
    while (to + 1 < edge.length && to - from < long! && edge[to + 1]! < edge[to]!) to++;
    hand.fill(true, from + 1, to + 1);
    i = Math.max(i, to);
  }
  return hand;
}
