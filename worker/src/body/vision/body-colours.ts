/**
 * Corrects what the network takes for a person by the photo's own colours: in each belt of the body, some colours are
 * those of the body and others are those of the wall beside it. The network ends a body at an arm before trousers, and takes
 * the hollow of a back behind an arm for body. A shade on skin may have the wall's colour, too: believed-side.ts judges by the
 * picture whether the outline that comes of this is one.
 */

import type { PersonMask } from '@reddyfit/shared/gate/person-mask';
import type { PicturePixels } from '@reddyfit/shared/gate/picture';

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
      meanColour(picture, x, y, step / 3, colours, at * 3);
    }
  }
  const sure = Float32Array.from(said);
  const [body, wall] = [new Colours(), new Colours()];
  for (let round = 0; round < ODDS.rounds; round++) {
    const before = Float32Array.from(sure);
    const isFar = farFromBody(before, columns);
    for (let from = 0; from < rows; from += BELT) {
      const [first, last] = [Math.max(0, from - OVERLAP), Math.min(rows, from + BELT + OVERLAP)];
      body.clear();
      wall.clear();
      for (let at = first * columns; at < last * columns; at++) {
        if (before[at]! > 0.5) body.add(colours, at * 3, 2 * before[at]! - 1);
        else if (before[at]! <= WALL.sure && isFar[at]) wall.add(colours, at * 3, 1);
      }
      if (body.count === 0 || wall.count === 0) continue;
      for (let at = from * columns; at < Math.min(rows, from + BELT) * columns; at++) {
        const oftener = (body.share(colours, at * 3) + ODDS.rare) / (wall.share(colours, at * 3) + ODDS.rare);
        const odds = Math.max(-ODDS.most, Math.min(ODDS.most, ODDS.times * Math.log(oftener)));
        const own = Math.max(ODDS.least, Math.min(1 - ODDS.least, said[at]!));
        sure[at] = 1 / (1 + Math.exp(-Math.log(own / (1 - own)) - odds));
      }
    }
  }
  keepThinLines(said, sure, columns);
  return {
    coarseness: mask.coarseness,
    at(x, y) {
      const column = (x - part.left) / step - 0.5;
      const row = (y - part.top) / step - 0.5;
      if (column < 0 || row < 0 || column >= columns - 1 || row >= rows - 1) return mask.at(x, y);
      const [c, r] = [Math.floor(column), Math.floor(row)];
      const [fc, fr] = [column - c, row - r];
      const at = r * columns + c;
      return (
        (sure[at]! * (1 - fc) + sure[at + 1]! * fc) * (1 - fr) +
        (sure[at + columns]! * (1 - fc) + sure[at + columns + 1]! * fc) * fr
      );
    },
  };
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

/** How often colours occur. Each is counted for the eight nearest steps of the three channels. */
class Colours {
  readonly #counts = new Float32Array(COLOURS ** 3);
  /** Steps of which more than none were counted; some stand here twice. */
  #counted: number[] = [];
  count = 0;

  clear(): void {
    for (const i of this.#counted) this.#counts[i] = 0;
    [this.#counted, this.count] = [[], 0];
  }

  add(colours: Float32Array, at: number, weight: number): void {
    this.count += weight;
    const [r, g, b] = [colours[at]!, colours[at + 1]!, colours[at + 2]!];
    const [r0, g0, b0] = [Math.floor(r), Math.floor(g), Math.floor(b)];
    const [fr, fg, fb] = [r - r0, g - g0, b - b0];
    const i = (r0 * COLOURS + g0) * COLOURS + b0;
    for (let corner = 0; corner < 8; corner++) {
      const part = (corner & 4 ? fr : 1 - fr) * (corner & 2 ? fg : 1 - fg) * (corner & 1 ? fb : 1 - fb);
      const colour = i + CORNERS[corner]!;
      if (part > 0 && this.#counts[colour] === 0) this.#counted.push(colour);
      this.#counts[colour]! += weight * part;
    }
  }

  /** How often (share of all) colours like this one occur. */
  share(colours: Float32Array, at: number): number {
    const [r, g, b] = [colours[at]!, colours[at + 1]!, colours[at + 2]!];
    const [r0, g0, b0] = [Math.floor(r), Math.floor(g), Math.floor(b)];
    const [fr, fg, fb] = [r - r0, g - g0, b - b0];
    const i = (r0 * COLOURS + g0) * COLOURS + b0;
    let sum = 0;
    for (let corner = 0; corner < 8; corner++) {
      const part = (corner & 4 ? fr : 1 - fr) * (corner & 2 ? fg : 1 - fg) * (corner & 1 ? fb : 1 - fb);
      sum += part * this.#counts[i + CORNERS[corner]!]!;
    }
    return sum / this.count;
  }
}

/** Distances to the eight nearest steps of a colour, red first. */
const CORNERS = [0, 1, 2, 3, 4, 5, 6, 7].map(
  (corner) => ((corner >> 2) * COLOURS + ((corner >> 1) & 1)) * COLOURS + (corner & 1),
);

/** Mean colour (steps of a channel) of three by three pixels, `apart` px from each other, about a place; written to `to`. */
function meanColour(
  { width, height, pixels }: PicturePixels,
  x: number,
  y: number,
  apart: number,
  to: Float32Array,
  at: number,
): void {
  for (let dy = -1; dy <= 1; dy++) {
    const row = Math.max(0, Math.min(height - 1, Math.floor(y + dy * apart)));
    for (let dx = -1; dx <= 1; dx++) {
      const column = Math.max(0, Math.min(width - 1, Math.floor(x + dx * apart)));
      const from = (row * width + column) * 3;
      for (let channel = 0; channel < 3; channel++)
        to[at + channel]! += pixels[from + channel]! / (9 * COLOUR);
    }
  }
}
