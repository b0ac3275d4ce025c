/**
 * Finds somebody's hard shadow on the wall behind. The network takes a dark shadow beside a body for body, and its border is clearer
 * than the body's own.
 *
 * A cast shadow takes the same light in all its extent: its colour is the wall's times one share for each channel. Shade on skin or
 * cloth changes gradually instead. A shadow reaches the wall that the network is sure of, runs along much of the body, and lies
 * on one side of it, or mostly beside it.
 */

import { distance, limbColours, LIMBS } from '@reddyfit/shared/gate/face';
import { type Joint, middle, type Person } from '@reddyfit/shared/gate/person';
import type { PersonMask } from '@reddyfit/shared/gate/person-mask';
import type { PicturePixels } from '@reddyfit/shared/gate/picture';
import { addMeanColour } from './mean-colour.ts';

/** The part that is looked at: so far to both sides of the hips and above the ears (shares from ears to ankles), down to the knees. Assumed. */
const LOOKED_AT = { aside: 0.45, above: 0.05 } as const;

/** Below this value of the mask a place is wall, and above the other it is body to the network. */
const [WALL, BODY] = [0.1, 0.5] as const;

/** Rows above and below a row whose wall is counted with its own, and how many places of wall it needs (places of the network). Assumed. */
const LIT = { near: 3, least: 14 } as const;

/**
 * The share of the wall's light that a shadow may leave (deeper, nothing has a hue to compare; lighter, no network was misled), and by
 * how much the channels of what it takes may differ (share of their mean): it takes a lamp's light, and what else lights the wall
 * may have another colour, but not one as far from it as skin is. Assumed.
 */
const LEAVES = { least: 0.2, most: 0.8, tint: 0.25 } as const;

/** How far each channel's share may be from the shadow's own. */
export const SAME = 0.045;

/** How far a mixture of shadow and lit wall may be from the straight line between the two (share of the wall). Assumed. */
const MIXED = 0.06;

/** How many colours are tried, the commonest first. */
const TRIED = 4;

/**
 * What a shadow has and cloth or skin has not. It lies in `rows` of all rows at least, and has `places` of the body's places at least,
 * `taken` of them where the network says body. It is large (`large`), or lies mostly where the network says wall (the network took at
 * most `mostly` of it), or beside head and neck in more than `beside` of their rows, where no cloth is. At most `other` of what was
 * taken is on the smaller side of the trunk's middle, unless that is less than half of the shadow; the middle lies in it in at most
 * `spine` of the trunk's rows. At most `gradual` of its border changes by less than `step` (share of the wall) within `within` places.
 *
 * Chosen on drawn photos of 6 bodies of anny (seeds 30000-30005) with a shadow of 35 or of 65 % (48 photos; 41 have one by this, and the
 * network took next to nothing of the others) and of 26 more (30010-30035, 104 photos, 73) with any wall, softness, depth and tint, and
 * so that none is found in 1,300 photos of 325 bodies without a shadow, 192 of clothed ones and 96 in cloth of the wall's own hue. By `places` 0.07
 * one was found in pale skin before a wall of uneven light (18075); of the 114 shadows one is lost by 0.09.
 */
const SHADOW = {
  rows: 0.5,
  places: 0.09,
  taken: 0.005,
  large: 0.15,
  mostly: 0.4,
  beside: 0.4,
  other: 0.45,
  spine: 0.05,
  gradual: 0.28,
  step: 0.16,
  within: 5,
} as const;

/** Places of the network in the part that is looked at, row by row. */
export interface Places {
  readonly left: number;
  readonly top: number;
  readonly step: number;
  readonly columns: number;
  readonly rows: number;
  readonly said: Float32Array;
  /** For each row, the lit wall's colour to the left and to the right of the trunk's middle; absent where none is seen. */
  readonly wall: readonly (readonly [Colour | undefined, Colour | undefined])[];
  /** For each row, the column of the trunk's middle. */
  readonly spine: readonly number[];
  /** The colours' shares of the lit wall's: three numbers a place, 0 where no wall is known. */
  readonly shares: Float32Array;
}

export type Colour = readonly [number, number, number];

/** What is known of a shadow: the shares of the wall's light that it leaves, and 1 for each of the places in it. */
export interface CastShadow {
  readonly shares: Colour;
  readonly inside: Uint8Array;
  readonly places: Places;
}

/** The shadow of `person`; undefined where none is found. */
export function castShadow(picture: PicturePixels, mask: PersonMask, person: Person): CastShadow | undefined {
  const places = placesOf(picture, mask, person);
  const rowOf = (joints: readonly [Joint, Joint]) => (middle(person, joints, 'y') - places.top) / places.step;
  const levels = {
    shoulders: rowOf(['leftShoulder', 'rightShoulder']),
    hips: rowOf(['leftHip', 'rightHip']),
  };
  for (const shares of commonest(places)) {
    const inside = reached(places, shares);
    if (!isShadow(places, inside, shares, levels)) continue;
    // Colours of limbs are asked for here only, since hardly any photo has what may be a shadow.
    if (!isSkin(places, inside, shares, limbsSeen(picture, mask, person))) return { shares, inside, places };
  }
  return undefined;
}

/** The colours of those limbs that the network takes for body. */
function limbsSeen(picture: PicturePixels, mask: PersonMask, person: Person): (readonly number[])[] {
  return limbColours(picture, person).filter((_, i) => {
    const limb = LIMBS[i]!;
    return mask.at(middle(person, limb, 'x'), middle(person, limb, 'y')) > BODY;
  });
}

/**
 * Hues of a limb and of its skin in another light are no further apart (see face.ts). The one false shadow of 4,000 photos of 1,000 bodies of
 * anny 0.6.2 (20247, dark skin before a wall in warm light) has 0.02; of 113 photos in which a drawn shadow is found (SHADOW's) none is that near to
 * two limbs of half its light and more.
 */
const SKIN_HUE = 0.15;

/** A shade on skin makes no greater distance (see face.ts): half of the light. */
const SHADE = 1;

const sumOf = (colour: readonly number[]) => colour.reduce((sum, channel) => sum + channel, 0);

/** A colour in the light of another. */
const asBright = (colour: readonly number[], other: readonly number[]) =>
  colour.map((channel) => (channel * sumOf(other)) / Math.max(1, sumOf(colour)));

/**
 * Whether places are skin in shade: the network took more than `mostly` of them for body, and they have the hue of two of the forearms
 * and shins, and half of their light at least: a single one may be missed, and lie in the shadow. A wall in warm light is of dark skin's own hue.
 */
function isSkin(
  { said, wall }: Places,
  inside: Uint8Array,
  of: Colour,
  limbs: readonly (readonly number[])[],
): boolean {
  let [all, took] = [0, 0];
  for (let i = 0; i < inside.length; i++) {
    if (!inside[i]) continue;
    all++;
    if (said[i]! > BODY) took++;
  }
  if (took <= SHADOW.mostly * all) return false;
  const walls = wall.flatMap(([left, right]) => [left ?? right ?? []]).filter((each) => each.length > 0);
  const colour = of.map(
    (share, channel) => (share * walls.reduce((sum, each) => sum + each[channel]!, 0)) / walls.length,
  );
  const isLike = (limb: readonly number[]) =>
    distance(colour, limb) < SHADE && distance(colour, asBright(limb, colour)) < SKIN_HUE;
  return limbs.filter(isLike).length >= 2;
}

/** Whether places of one colour are a shadow. The levels are rows. */
function isShadow(
  { columns, rows, said, shares, spine }: Places,
  inside: Uint8Array,
  of: Colour,
  { shoulders, hips }: { readonly shoulders: number; readonly hips: number },
): boolean {
  let [body, all, border, gradual, through, inRows, above] = [0, 0, 0, 0, 0, 0, 0];
  const taken = [0, 0];
  for (let row = 0; row < rows; row++) {
    const m = Math.round(spine[row]!);
    const before = all;
    if (row < hips && inside[row * columns + m]) through++;
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      if (said[at]! > BODY) body++;
      if (!inside[at]) continue;
      all++;
      if (said[at]! > BODY) taken[column < m ? 0 : 1]!++;
      for (const next of [column - SHADOW.within, column + SHADOW.within]) {
        const beside = row * columns + next;
        if (next < 0 || next >= columns || inside[beside]) continue;
        border++;
        if (isNear(shares, beside * 3, of, SHADOW.step)) gradual++;
      }
    }
    if (all > before) inRows++;
    if (all > before && row < shoulders) above++;
  }
  const took = taken[0]! + taken[1]!;
  return (
    inRows >= SHADOW.rows * rows &&
    all >= SHADOW.places * body &&
    took >= SHADOW.taken * body &&
    (all >= SHADOW.large * body || took <= SHADOW.mostly * all || above >= SHADOW.beside * shoulders) &&
    (took < all / 2 || Math.min(taken[0]!, taken[1]!) <= SHADOW.other * took) &&
    gradual <= SHADOW.gradual * border &&
    through <= SHADOW.spine * Math.min(rows, hips)
  );
}

function placesOf(picture: PicturePixels, mask: PersonMask, person: Person): Places {
  const step = mask.coarseness;
  const at = (joint: 'Ear' | 'Shoulder' | 'Hip' | 'Knee' | 'Ankle', axis: 'x' | 'y') =>
    middle(person, [`left${joint}`, `right${joint}`], axis);
  const tall = at('Ankle', 'y') - at('Ear', 'y');
  const left = Math.max(0, at('Hip', 'x') - LOOKED_AT.aside * tall);
  const right = Math.min(picture.width, at('Hip', 'x') + LOOKED_AT.aside * tall);
  const top = Math.max(0, at('Ear', 'y') - LOOKED_AT.above * tall);
  const columns = Math.max(0, Math.floor((right - left) / step));
  const rows = Math.max(0, Math.floor((at('Knee', 'y') - top) / step));
  const said = new Float32Array(columns * rows);
  const colours = new Float32Array(said.length * 3);
  const spine: number[] = [];
  for (let row = 0; row < rows; row++) {
    const y = top + (row + 0.5) * step;
    const down = (y - at('Shoulder', 'y')) / (at('Hip', 'y') - at('Shoulder', 'y'));
    const part = Math.max(0, Math.min(1, down));
    spine.push((at('Shoulder', 'x') * (1 - part) + at('Hip', 'x') * part - left) / step - 0.5);
    for (let column = 0; column < columns; column++) {
      const [x, i] = [left + (column + 0.5) * step, row * columns + column];
      said[i] = mask.at(x, y);
      addMeanColour(picture, x, y, step / 3, 1, colours, i * 3);
    }
  }
  const wall = spine.map((m, row) => litWall(colours, said, columns, row, m));
  const shares = new Float32Array(colours.length);
  for (let i = 0; i < said.length; i++) {
    const row = Math.floor(i / columns);
    const own = wall[row]![i % columns < spine[row]! ? 0 : 1];
    if (own) sharesOf(colours, i * 3, own, shares, i * 3);
  }
  return { left, top, step, columns, rows, said, wall, spine, shares };
}

/** The wall's colour to both sides of a row's middle (medians); one side's counts for the other where that shows none. */
function litWall(colours: Float32Array, said: Float32Array, columns: number, row: number, m: number) {
  const rows = said.length / columns;
  const side = (from: number, to: number): Colour | undefined => {
    const counts = new Uint16Array(3 * 256);
    let seen = 0;
    for (let r = Math.max(0, row - LIT.near); r <= Math.min(rows - 1, row + LIT.near); r++) {
      for (let i = r * columns + from; i < r * columns + to; i++) {
        if (said[i]! >= WALL) continue;
        seen++;
        for (let channel = 0; channel < 3; channel++)
          counts[channel * 256 + Math.round(colours[i * 3 + channel]!)]!++;
      }
    }
    if (seen < LIT.least) return undefined;
    const median = (channel: number) => {
      let [value, below] = [-1, 0];
      while (below <= seen / 2 && value < 255) below += counts[channel * 256 + ++value]!;
      return Math.max(1, value);
    };
    return [median(0), median(1), median(2)];
  };
  const split = Math.max(0, Math.min(columns, Math.ceil(m)));
  const [a, b] = [side(0, split), side(split, columns)];
  return [a ?? b, b ?? a] as const;
}

/** Steps in which shares of the wall are counted, and how many of them there are up to the wall's own. */
const STEP = 0.03;
const STEPS = 34;

/** The colours (shares of the wall) of which most places may be shadow. */
function commonest({ shares, said }: Places): Colour[] {
  const counts = new Uint16Array(STEPS ** 3);
  const counted: number[] = [];
  for (let i = 0; i < said.length; i++) {
    const [r, g, b] = [shares[i * 3]!, shares[i * 3 + 1]!, shares[i * 3 + 2]!];
    const [mean, tint] = [(r + g + b) / 3, Math.max(r, g, b) - Math.min(r, g, b)];
    if (
      mean < LEAVES.least ||
      mean > LEAVES.most ||
      tint > LEAVES.tint * (1 - mean) ||
      Math.max(r, g, b) >= 1
    )
      continue;
    const step = (Math.floor(r / STEP) * STEPS + Math.floor(g / STEP)) * STEPS + Math.floor(b / STEP);
    if (counts[step]!++ === 0) counted.push(step);
  }
  const around = (step: number) => {
    const mean = [0, 0, 0];
    let sum = 0;
    for (let by = 0; by < 27; by++) {
      const at =
        step + ((Math.floor(by / 9) - 1) * STEPS + (Math.floor(by / 3) % 3) - 1) * STEPS + (by % 3) - 1;
      const count = counts[at] ?? 0;
      sum += count;
      mean[0]! += count * (Math.floor(at / STEPS ** 2) + 0.5) * STEP;
      mean[1]! += count * ((Math.floor(at / STEPS) % STEPS) + 0.5) * STEP;
      mean[2]! += count * ((at % STEPS) + 0.5) * STEP;
    }
    return { sum, colour: mean.map((value) => value / sum) as unknown as Colour };
  };
  const all = counted.map(around).sort((a, b) => b.sum - a.sum);
  const found: Colour[] = [];
  for (const { colour } of all) {
    if (found.length === TRIED) break;
    if (found.every((other) => !isNear(colour, 0, other, 2 * SAME))) found.push(colour);
  }
  return found;
}

/**
 * The places of a shadow's colour that are reached from the wall that the network is sure of, through the shadow itself and through
 * mixtures of shadow and wall.
 */
function reached({ said, shares, columns }: Places, of: Colour): Uint8Array {
  const seen = new Uint8Array(said.length);
  const next: number[] = [];
  const reach = (i: number) => {
    seen[i] = 1;
    next.push(i);
  };
  for (let i = 0; i < said.length; i++)
    if (said[i]! < WALL && mixedAt(shares, i * 3, of) !== undefined) reach(i);
  for (let i = next.pop(); i !== undefined; i = next.pop()) {
    const column = i % columns;
    for (const to of [column > 0 ? i - 1 : -1, column < columns - 1 ? i + 1 : -1, i - columns, i + columns])
      if (to >= 0 && to < said.length && !seen[to] && mixedAt(shares, to * 3, of) !== undefined) reach(to);
  }
  for (let i = 0; i < said.length; i++) if (seen[i] && !isNear(shares, i * 3, of, SAME)) seen[i] = 0;
  return seen;
}

/** How much of the way from the shadow to the lit wall a colour lies: 0 in the shadow, 1 in the light; undefined where it is neither's mixture. */
export function mixedAt(shares: ArrayLike<number>, at: number, of: Colour): number | undefined {
  let [dot, length] = [0, 0];
  for (let channel = 0; channel < 3; channel++) {
    dot += (shares[at + channel]! - of[channel]!) * (1 - of[channel]!);
    length += (1 - of[channel]!) ** 2;
  }
  const part = dot / length;
  for (let channel = 0; channel < 3; channel++)
    if (Math.abs(shares[at + channel]! - of[channel]! - part * (1 - of[channel]!)) > MIXED) return undefined;
  return part > -0.1 && part < 1.3 ? part : undefined;
}

/** Writes a colour's shares of the wall's to `to`. */
export function sharesOf(
  colours: Float32Array,
  at: number,
  wall: Colour,
  to: Float32Array,
  toAt: number,
): void {
  for (let channel = 0; channel < 3; channel++) to[toAt + channel] = colours[at + channel]! / wall[channel]!;
}

export function isNear(shares: ArrayLike<number>, at: number, of: Colour, by: number): boolean {
  for (let channel = 0; channel < 3; channel++)
    if (Math.abs(shares[at + channel]! - of[channel]!) > by) return false;
  return true;
}
