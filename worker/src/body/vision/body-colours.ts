/**
 * Corrects what the network takes for a person by the photo's own colours: in each belt of the body, some colours are
 * those of the body and others are those of the wall beside it. The network ends a body at an arm before trousers, and takes
 * the hollow of a back behind an arm for body. A shade on skin may have the wall's colour, too: believed-side.ts judges by the
 * picture whether the outline that comes of this is one.
 */

import type { PersonMask } from '@reddyfit/shared/gate/person-mask';
import type { PicturePixels } from '@reddyfit/shared/gate/picture';
import { addMeanColour } from './mean-colour.ts';

/** The part of a picture whose colours are judged (px). */
export interface Part {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Rows of a belt (places of the network), and how many rows above and below it its colours are counted in, too. Assumed. */
const BELT = 6;
const OVERLAP = 3;

/**
 * What counts as wall: a place of at most this certainty, so far beside the body (places of the network). Nearer, what the
 * network takes for wall may be clothes. Assumed.
 */
const WALL = { sure: 0.1, aside: 9 } as const;

/** Steps of a channel (0–255) that count as one colour. Assumed. */
const COLOUR = 8;
const COLOURS = 256 / COLOUR + 1;

/**
 * How a colour counts (logarithm of the odds): `times` the logarithm of how much oftener it occurs in the body than in the
 * wall, and at most `most`. `rare` is added to both (share of all places), so that a colour that is seen nowhere says
 * nothing. The network's own certainty counts as `least` at least and one less this at most. The places that are sure are
 * chosen anew in each of the `rounds`. Chosen on 13 bodies of anny 0.6.2 whose outlines were worst, of 58 (seeds
 * 9000–9007, 9100–9125, 9300–9323): what differs from them is said with the figures in docs/vision.md.
 */
const ODDS = { times: 2, most: 4, rare: 0.002, least: 0.06, rounds: 4 } as const;

/**
 * Above `sure` a place that is taken away is not surely wall. It stays taken away where more than the share `most` of the
 * places about it are wall; a surer one, where more than the share `few` are. Assumed.
 */
const THIN = { sure: 0.15, most: 0.5, few: 0.3 } as const;

/** The mask with its certainty in `part` corrected. Elsewhere it says what the network says. */
export function correctedByColours(picture: PicturePixels, mask: PersonMask, part: Part): PersonMask {
  const step = mask.coarseness;
  const columns = Math.floor((part.right - part.left) / step);
  const rows = Math.floor((part.bottom - part.top) / step);
  if (columns < 2 || rows < 2) return mask;
  const said = new Float32Array(columns * rows);
  const colours = new Float32Array(columns * rows * 3);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [x, y] = [part.left + (column + 0.5) * step, part.top + (row + 0.5) * step];
      const at = row * columns + column;
      said[at] = mask.at(x, y);
      addMeanColour(picture, x, y, step / 3, COLOUR, colours, at * 3);
    }
  }
  const sure = Float32Array.from(said);
  const steps = stepsOf(colours);
  const [body, wall] = [new Colours(steps), new Colours(steps)];
  const own = new Float64Array(said.length);
  for (let at = 0; at < own.length; at++) {
    const certainty = Math.max(ODDS.least, Math.min(1 - ODDS.least, said[at]!));
    own[at] = Math.log(certainty / (1 - certainty));
  }
  for (let round = 0; round < ODDS.rounds; round++) {
    const before = Float32Array.from(sure);
    const isFar = farFromBody(before, columns);
    for (let from = 0; from < rows; from += BELT) {
      const [first, last] = [Math.max(0, from - OVERLAP), Math.min(rows, from + BELT + OVERLAP)];
      body.clear();
      wall.clear();
      for (let at = first * columns; at < last * columns; at++) {
        if (before[at]! > 0.5) body.add(at, 2 * before[at]! - 1);
        else if (before[at]! <= WALL.sure && isFar[at]) wall.add(at, 1);
      }
      if (body.count === 0 || wall.count === 0) continue;
      for (let at = from * columns; at < Math.min(rows, from + BELT) * columns; at++) {
        const oftener = (body.share(at) + ODDS.rare) / (wall.share(at) + ODDS.rare);
        const odds = Math.max(-ODDS.most, Math.min(ODDS.most, ODDS.times * Math.log(oftener)));
        sure[at] = 1 / (1 + Math.exp(-own[at]! - odds));
      }
    }
  }
  keepThinLines(said, sure, columns);
  return new ColouredMask(mask, sure, columns, part);
}

/** The network's mask, with the corrected certainty of each place of `part` in its stead. */
class ColouredMask implements PersonMask {
  readonly #mask: PersonMask;
  readonly #sure: Float32Array;
  readonly #columns: number;
  readonly #rows: number;
  readonly #left: number;
  readonly #top: number;
  readonly coarseness: number;

  constructor(mask: PersonMask, sure: Float32Array, columns: number, { left, top }: Part) {
    this.#mask = mask;
    this.#sure = sure;
    this.#columns = columns;
    this.#rows = sure.length / columns;
    this.#left = left;
    this.#top = top;
    this.coarseness = mask.coarseness;
  }

  at(x: number, y: number): number {
    const [sure, columns] = [this.#sure, this.#columns];
    const column = (x - this.#left) / this.coarseness - 0.5;
    const row = (y - this.#top) / this.coarseness - 0.5;
    if (column < 0 || row < 0 || column >= columns - 1 || row >= this.#rows - 1) return this.#mask.at(x, y);
    const [c, r] = [Math.floor(column), Math.floor(row)];
    const [fc, fr] = [column - c, row - r];
    const at = r * columns + c;
    return (
      (sure[at]! * (1 - fc) + sure[at + 1]! * fc) * (1 - fr) +
      (sure[at + columns]! * (1 - fc) + sure[at + columns + 1]! * fc) * fr
    );
  }
}

/**
 * Where shaded skin passes through the wall's colour, a thin line of it looks like wall. Body is taken away only where most
 * places about it are wall, too; elsewhere the network's word stands.
 */
function keepThinLines(said: Float32Array, sure: Float32Array, columns: number): void {
  const rows = sure.length / columns;
  const before = Float32Array.from(sure);
  for (let at = 0; at < sure.length; at++) {
    if (said[at]! < 0.5 || before[at]! >= 0.5) continue;
    const [column, row] = [at % columns, Math.floor(at / columns)];
    let [wall, all] = [0, 0];
    for (let r = Math.max(0, row - 2); r <= Math.min(rows - 1, row + 2); r++) {
      for (let c = Math.max(0, column - 2); c <= Math.min(columns - 1, column + 2); c++, all++)
        if (before[r * columns + c]! < 0.5) wall++;
    }
    if (wall <= all * (before[at]! > THIN.sure ? THIN.most : THIN.few)) sure[at] = said[at]!;
  }
}

/** Which places lie further than WALL.aside from the next that may be body in their row. */
function farFromBody(sure: Float32Array, columns: number): Uint8Array {
  const far = new Uint8Array(sure.length).fill(1);
  for (let at = 0; at < sure.length; at++) {
    if (sure[at]! < 0.5) continue;
    const start = at - (at % columns);
    far.fill(0, Math.max(start, at - WALL.aside), Math.min(start + columns, at + WALL.aside + 1));
  }
  return far;
}

/** The colours of places by the eight steps of the three channels that are nearest to each. */
interface Steps {
  /** For each place, the lowest of its steps; the others are CORNERS away. */
  readonly first: Uint16Array;
  /** For each place, how near it is to each of its eight steps; 1 in sum. */
  readonly parts: Float64Array;
}

/** Each place is counted in several rounds and belts, so its steps are computed once. */
function stepsOf(colours: Float32Array): Steps {
  const first = new Uint16Array(colours.length / 3);
  const parts = new Float64Array(first.length * 8);
  for (let at = 0; at < first.length; at++) {
    const [r, g, b] = [colours[at * 3]!, colours[at * 3 + 1]!, colours[at * 3 + 2]!];
    const [r0, g0, b0] = [Math.floor(r), Math.floor(g), Math.floor(b)];
    const [fr, fg, fb] = [r - r0, g - g0, b - b0];
    first[at] = (r0 * COLOURS + g0) * COLOURS + b0;
    for (let corner = 0; corner < 8; corner++)
      parts[at * 8 + corner] =
        (corner & 4 ? fr : 1 - fr) * (corner & 2 ? fg : 1 - fg) * (corner & 1 ? fb : 1 - fb);
  }
  return { first, parts };
}

/** How often colours occur. Each is counted for the eight nearest steps of the three channels. */
class Colours {
  readonly #first: Uint16Array;
  readonly #parts: Float64Array;
  readonly #counts = new Float32Array(COLOURS ** 3);
  /** Steps of which more than none were counted; some stand here twice. */
  readonly #counted: number[] = [];
  count = 0;

  constructor({ first, parts }: Steps) {
    this.#first = first;
    this.#parts = parts;
  }

  clear(): void {
    for (const i of this.#counted) this.#counts[i] = 0;
    this.#counted.length = this.count = 0;
  }

  /** Counts the colour of a place. */
  add(at: number, weight: number): void {
    this.count += weight;
    for (let corner = 0; corner < 8; corner++) {
      const part = this.#parts[at * 8 + corner]!;
      const colour = this.#first[at]! + CORNERS[corner]!;
      if (part > 0 && this.#counts[colour] === 0) this.#counted.push(colour);
      this.#counts[colour]! += weight * part;
    }
  }

  /** How often (share of all) colours like that of a place occur. */
  share(at: number): number {
    let sum = 0;
    for (let corner = 0; corner < 8; corner++)
      sum += this.#parts[at * 8 + corner]! * this.#counts[this.#first[at]! + CORNERS[corner]!]!;
    return sum / this.count;
  }
}

/** Distances to the eight nearest steps of a colour, red first. */
const CORNERS = [0, 1, 2, 3, 4, 5, 6, 7].map(
  (corner) => ((corner >> 2) * COLOURS + ((corner >> 1) & 1)) * COLOURS + (corner & 1),
);
