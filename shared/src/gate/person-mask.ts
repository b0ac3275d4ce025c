/** A coarse mask of the pixels that show the person, by a neural network. */

import { type Networks, SIDE } from './networks.ts';
import { type Person, tallness } from './person.ts';
import type { Box, Picture } from './picture.ts';

/** How sure the network is that a place shows a person. */
export interface PersonMask {
  /**
   * The certainty (0–1) at a place of the photo (px). It is interpolated between the network's pixels, and 0 outside of the
   * square that the network has seen.
   */
  at(x: number, y: number): number;
  /** Photo pixels per pixel of the network. */
  readonly coarseness: number;
}

/** Looks at the part of the picture where `person` is. */
export async function maskPerson(
  networks: Pick<Networks, 'person'>,
  picture: Picture,
  person: Person,
): Promise<PersonMask> {
  const part = around(picture, person);
  const { pixels, scale, left, top } = await picture.square(SIDE, part);
  // A loop, since `Float32Array.from` with a function takes ten times as long.
  const input = new Float32Array(pixels.length);
  for (let i = 0; i < pixels.length; i++) input[i] = pixels[i]! / 255;
  const values = await networks.person(input);
  const channels = values.length / (SIDE * SIDE);
  const sure = new Float32Array(SIDE * SIDE);
  for (let i = 0; i < sure.length; i++) sure[i] = values[i * channels + channels - 1]!;
  return new SquareMask(sure, scale, left, top);
}

/**
 * What the network said of a square that was scaled by `scale` and then moved by `left` and `top` (px). A class, since V8 then
 * inlines `at`, which is asked a million times a photo; as a function of an object it left a number on the heap each time.
 */
class SquareMask implements PersonMask {
  readonly #sure: Float32Array;
  readonly #scale: number;
  readonly #left: number;
  readonly #top: number;
  readonly coarseness: number;

  constructor(sure: Float32Array, scale: number, left: number, top: number) {
    this.#sure = sure;
    this.#scale = scale;
    this.#left = left;
    this.#top = top;
    this.coarseness = 1 / scale;
  }

  at(x: number, y: number): number {
    const sure = this.#sure;
    const column = x * this.#scale + this.#left - 0.5;
    const row = y * this.#scale + this.#top - 0.5;
    if (column < 0 || row < 0 || column >= SIDE - 1 || row >= SIDE - 1) return 0;
    const c = Math.floor(column);
    const r = Math.floor(row);
    const fc = column - c;
    const fr = row - r;
    const i = r * SIDE + c;
    return (
      (sure[i]! * (1 - fc) + sure[i + 1]! * fc) * (1 - fr) +
      (sure[i + SIDE]! * (1 - fc) + sure[i + SIDE + 1]! * fc) * fr
    );
  }
}

/** The part of the picture that contains a person, with a margin. */
function around(picture: Picture, person: Person): Box {
  const joints = Object.values(person.joints);
  const [xs, ys] = [joints.map(({ x }) => x), joints.map(({ y }) => y)];
  const room = 0.12 * Math.max(tallness(person), 0.2 * picture.height);
  const left = Math.floor(Math.max(0, Math.min(...xs) - room));
  const top = Math.floor(Math.max(0, Math.min(...ys) - 1.2 * room));
  const right = Math.ceil(Math.min(picture.width, Math.max(...xs) + room));
  const bottom = Math.ceil(Math.min(picture.height, Math.max(...ys) + room));
  return { left, top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}
