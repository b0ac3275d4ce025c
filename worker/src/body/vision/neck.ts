/**
 * Measures the neck's width and depth. A neck leans forward, and the tape lies across its axis (ISO 8559-1:2017,
 * 5.3.2). The narrowest row from the front and the shortest way from throat to nape, each taken for itself, are the
 * least values possible. On one plane that leans as this neck does, both are greater where the neck is so short that the
 * plane meets the jaw or the nape. The mean of the two measures is nearer to the truth than either.
 */

import type { Angle } from '@reddyfit/shared/scan/photos';
import { ellipseCircumference } from './ellipse.ts';
import { neckLean } from './neck-lean.ts';
import { type Band, type Outline, seenFirst } from './outline.ts';

/** The levels (share of the body's height) between which the middle of the plane is sought. */
const FROM = 0.82;
const TO = 0.893;

/** How far below and above the plane's middle throat and nape are sought (share of the body's height). */
const BELOW = 0.055;
const ABOVE = 0.03;

/** Steps (share of the body's height). */
const STEP = 0.002;

/**
 * The greatest and the least lean of the tape (degrees, positive when the front is lower). The true tapes of 179 necks of anny
 * 0.6.2 (seeds 11000–11079 and 12000–12099) lean by 6 to 30°; a shorter way that is steeper ends on the chin or on the back.
 */
const MOST_LEAN = 30;
const LEAST_LEAN = -12;

/**
 * Width and depth from each photo that shows them, with the uncertainty of a bridged side. Depths are never bridged:
 * where a side is not seen, the depth is left out.
 */
export interface NeckExtents {
  /** The front photo's width comes first: from behind, hair and a broad nape hide where the neck is narrowest. */
  readonly widths: readonly Band[];
  readonly depths: readonly Band[];
  /**
   * How much wider (share) the neck is on the plane than where the front is narrowest, when that is more than the plane
   * explains; otherwise 0. A greater value means that one of the two contains the jaw.
   */
  readonly jaw: number;
  /**
   * How short the neck is (0 to 1): 1 where from both sides the plane ends at the chin or on the back (the depth is then little
   * more than the shortest way), or the shoulders' joints lie where necks end, and less where they lie little lower.
   */
  readonly short: number;
}

const FRONTS = ['front', 'back'] as const;
const SIDES = ['left', 'right'] as const;

/**
 * Null when no photo of one of the pairs shows a neck. `shoulders` is the level of their joints, and `shownHigher` by how much these cameras
 * show it higher than others (shares of the body's height).
 */
export function neckExtents(
  outlines: Readonly<Record<Angle, Outline>>,
  shoulders: number,
  shownHigher = 0,
): NeckExtents | null {
  const plane = leastOnPlane(outlines, shoulders);
  if (!plane) return null;
  const { level, reach } = plane;
  const [front, onPlane] = [narrowest(outlines.front, level, reach), plane.widths.front];
  const wider = front !== null && onPlane !== undefined ? onPlane.extent / front.extent : 1;
  const widths = FRONTS.flatMap((angle) =>
    between(narrowest(outlines[angle], level, reach), plane.widths[angle], COUNTS.width),
  );
  const shortest = SIDES.map((angle) => across(outlines[angle], angle, level));
  const depths = SIDES.flatMap((angle, i) => between(shortest[i]!, plane.depths[angle], COUNTS.depth));
  const deeper = SIDES.flatMap((angle, i) => {
    const [least, along] = [shortest[i]!, plane.depths[angle]];
    return least && along ? [along.extent / least.extent] : [];
  });
  // No pair of photos may lack: nothing can be said of a neck that is seen from one direction.
  if (widths.length === 0 || depths.length === 0) return null;
  const hidden = 1 - (TO - PLACE.above - shoulders + shownHigher) / HIGH_SHOULDERS;
  const isBetween = deeper.length > 0 && deeper.every((ratio) => ratio > CHIN);
  const short = isBetween ? 1 : Math.max(0, Math.min(1, hidden));
  return { jaw: wider > CHIN ? wider - 1 : 0, short, widths, depths };
}

const seen = (extent: number): Band => ({ extent, sd: 0 });

const meanOf = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;

/** When an extent on the plane exceeds the least one by more than this ratio, the plane has met the chin or the back. Assumed. */
const CHIN = 1.2;

/**
 * A width or a depth on the plane counts up to this ratio to the least one, also where the plane meets chin, back or shoulders,
 * or ends nowhere. On 135 necks of anny 0.6.2 (seeds 9000–9007, 9100–9125, 9300–9323, 9400–9423 and 11000–11079) girths err with
 * it by 2.0 (median) and 4.9 % (nine of ten), by 2.3 and 5.6 % where the plane did not count from CHIN on, which left short
 * necks too thin. The width's ratio was chosen among 1, 1.05, 1.1 and 1.2 by these necks; those near it err alike. The depth's
 * was 1.05 then; by 1.15 the 95th percentile of the error goes from 9.9 to 7.6 and from 6.0 to 6.1 % (even and odd ones of
 * 12000–12099), from 7.0 to 6.2 % (11000–11079) and from 5.9 to 5.8 % (80 before). Outlines in profile err to one side: of 356
 * (seeds as for MOST_LEAN) 51 are too short by more than 2.8 %, 34 of them where the throat's lies inside of the skin, and 6 too
 * long.
 */
const COUNTS = { width: 1.1, depth: 1.15 } as const;

function between(least: Band | null, onPlane: Band | undefined, most: number): Band[] {
  if (least === null) return [];
  const counts =
    onPlane !== undefined && onPlane.extent < most * least.extent
      ? onPlane
      : { extent: most * least.extent, sd: 0 };
  return [{ extent: (least.extent + counts.extent) / 2, sd: Math.max(least.sd, counts.sd) }];
}

/** Places along the depth (share of it, from its middle) at which the width on the plane is looked for. */
const ALONG = [-0.4, -0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3, 0.4] as const;

/**
 * How far the rows that the plane crosses reach to both sides of its middle (share of what the plane rises). Half would
 * cover all of them; the rest allows for the lean's deviation. By 0.8 the worst necks of FRONT_NECK_SD's bodies err by 10.5, 9.8
 * and 9.2 % instead of 9.9, 9.0 and 8.1.
 */
const CROSSED = 0.6;

/**
 * Where a tape lies: `above` the shoulders' joints, by 298 necks of anny (0.0507 ± 0.0076) and 50 of mannequins (0.0477 ± 0.005;
 * shares of the body's height). A plane `sd` away from there replaces the one there when its girth is less by more than `costs`
 * (share of it), and one further away by the square of that: otherwise planes end at the jaw, which is narrower than a broad
 * neck. From 0.3 to 2 % the errors of both kinds of bodies are alike.
 */
const PLACE = { above: 0.049, sd: 0.0075, costs: 0.01 } as const;

/**
 * From this far below the level at which shoulders leave no place for a tape (share of the body's height), a neck is the shorter
 * the higher they lie. Of 491 necks of anny 0.6.2 whose photos show nothing else that is odd (seeds as for FRONT_NECK_SD in
 * girths.ts, and 20000–20146), the tenth with the highest shoulders (above 0.833) errs by 4.0 % (root mean square; the worst by 11)
 * and the others by 2.5.
 */
const HIGH_SHOULDERS = 0.016;

/**
 * A neck is about as deep a little below the tape: of 298 bodies of anny (seeds 12000–12099, 13000–13099 and 14000–14099) and 100 mannequins none was
 * deeper by more than 1.13 times `below` it (share of the body's height) in the profile that shows less of that. Where both profiles are deeper there by more
 * than CHIN, the plane lies at a chin that is narrower than the neck. `costs` is so much that such a plane counts only where no other is near. Assumed.
 */
const AT_CHIN = { below: 0.012, costs: 1 } as const;

/**
 * The widths and depths of the photos on the plane whose girth is least, near where a tape lies, by the front's width: a back is
 * wider, and most so low on the neck, where it draws the plane up to the jaw.
 */
function leastOnPlane(outlines: Readonly<Record<Angle, Outline>>, shoulders: number) {
  type Seen = Partial<Record<Angle, Band>>;
  const lean = neckLean(outlines, shoulders);
  let best: { cost: number; level: number; reach: number; widths: Seen; depths: Seen } | null = null;
  const shown = (angles: readonly Angle[], look: (angle: Angle) => Band | null): Seen =>
    Object.fromEntries(
      angles.flatMap((angle) => {
        const value = look(angle);
        return value === null ? [] : [[angle, value]];
      }),
    );
  for (let level = FROM; level <= TO + 1e-9; level += STEP) {
    const depths = shown(SIDES, (angle) => depthAt(outlines[angle], angle === 'left', level, lean));
    const known = Object.values(depths);
    if (known.length === 0) continue;
    const depth = meanOf(known.map(({ extent }) => extent));
    const widths = shown(FRONTS, (angle) => widthAt(outlines[angle], level, depth, lean));
    const [width] = seenFirst(FRONTS.flatMap((angle) => widths[angle] ?? []));
    if (!width) continue;
    const girth = ellipseCircumference(width.extent, depth);
    const away = (level - shoulders - PLACE.above) / PLACE.sd;
    const cost = Math.log(girth) + PLACE.costs * away ** 2 + (isAtChin(outlines, level) ? AT_CHIN.costs : 0);
    const reach = CROSSED * depth * Math.sin(lean);
    if (!best || cost < best.cost) best = { cost, level, reach, widths, depths };
  }
  return best;
}

/** Whether the plane whose middle is at this level lies at a chin that is narrower than the neck below it. */
function isAtChin(outlines: Readonly<Record<Angle, Outline>>, level: number): boolean {
  const deeper = SIDES.flatMap((angle) => {
    const [here, below] = [outlines[angle].sides(level), outlines[angle].sides(level - AT_CHIN.below)];
    return here && below ? [(below.right - below.left) / (here.right - here.left)] : [];
  });
  return deeper.length > 0 && deeper.every((ratio) => ratio > CHIN);
}

/** The depth from throat to nape along the plane whose middle is at this level (share of the body's height). */
function depthAt(outline: Outline, looksLeft: boolean, level: number, lean: number): Band | null {
  const here = outline.sides(level);
  if (!here) return null;
  const middle = (here.left + here.right) / 2;
  /** Where the plane leaves the body, downwards at the throat and upwards at the nape. */
  const end = (isThroat: boolean) => {
    let found: { away: number; x: number; off: number } | null = null;
    for (let away = 0; away <= BELOW; away += STEP / 2) {
      const sides = outline.sides(isThroat ? level - away : level + away);
      if (!sides) continue;
      const x = Math.abs((looksLeft === isThroat ? sides.left : sides.right) - middle);
      const off = Math.abs(away - Math.tan(lean) * x);
      if (!found || off < found.off) found = { away, x, off };
    }
    return found && found.off <= 2 * STEP ? found : null;
  };
  const [throat, nape] = [end(true), end(false)];
  return throat && nape && seen(Math.hypot(throat.x + nape.x, throat.away + nape.away));
}

/**
 * The section's width on the plane, which crosses higher rows behind and lower rows in front. Each row's width counts
 * by the share that an ellipse has at its place, and the greatest of these is the width.
 */
function widthAt(outline: Outline, level: number, depth: number, lean: number): Band | null {
  if (!outline.at(level)) return null;
  const parts = ALONG.flatMap((along): Band[] => {
    const band = outline.at(level - along * depth * Math.sin(lean));
    const part = Math.sqrt(1 - (2 * along) ** 2);
    return band ? [{ extent: band.extent * part, sd: band.sd * part }] : [];
  });
  return parts.reduce((widest, each) => (each.extent > widest.extent ? each : widest));
}

/** The narrowest of the rows that the plane crosses; bridged rows count only when none is seen. */
function narrowest(outline: Outline, middle: number, reach: number): Band | null {
  const rows: Band[] = [];
  for (let level = middle - reach; level <= middle + reach + 1e-9; level += STEP) {
    const band = outline.at(level);
    if (band) rows.push(band);
  }
  const known = seenFirst(rows);
  return known.length === 0
    ? null
    : known.reduce((least, each) => (each.extent < least.extent ? each : least));
}

/** The shortest way from the throat to the nape (share of the body's height). */
function across(outline: Outline, angle: 'left' | 'right', level: number): Band | null {
  const throat: { x: number; y: number }[] = [];
  const nape: { x: number; y: number }[] = [];
  // Somebody whose left side is shown looks to the left.
  const out = angle === 'left' ? -1 : 1;
  for (let y = level - BELOW; y <= Math.min(level + ABOVE, TO); y += STEP) {
    const sides = outline.sides(y);
    if (!sides) continue;
    const [front, rear] = angle === 'left' ? [sides.left, sides.right] : [sides.right, sides.left];
    throat.push({ x: out * front, y });
    nape.push({ x: out * rear, y });
  }
  let best: number | null = null;
  for (const front of throat) {
    for (const rear of nape) {
      const [ahead, down] = [front.x - rear.x, rear.y - front.y];
      const lean = (Math.atan2(down, ahead) * 180) / Math.PI;
      if (lean < LEAST_LEAN || lean > MOST_LEAN) continue;
      const length = Math.hypot(ahead, down);
      if (best === null || length < best) best = length;
    }
  }
  return best === null ? null : seen(best);
}
