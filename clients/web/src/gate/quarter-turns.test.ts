/** How often the pose network runs until it finds a standing person: each run takes a fifth of a second on a phone. */

import { SIDE } from '@reddyfit/shared/gate/networks';
import { standUpright } from '@reddyfit/shared/gate/quarter-turns';
import { expect, it } from 'vitest';
import { pictureOf } from './pixel-picture.ts';

const ROW = 56;
const [WIDTH, HEIGHT] = [SIDE * 2, SIDE * 2];

/** A picture that differs from each of its turns. */
const pixels = Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, i) => {
  const [x, y] = [Math.floor(i / 3) % WIDTH, Math.floor(i / 3 / WIDTH)];
  return i % 3 === 0 ? x / 2 : i % 3 === 1 ? y / 2 : ((x >> 6) + (y >> 6)) * 12;
});
const picture = pictureOf(pixels, WIDTH, HEIGHT);

/**
 * The network's output for a person who stands upright in the middle of a part of the square (px), with the confidence
 * `sure`.
 */
function standing(left: number, top: number, side: number, sure: number): Float32Array {
  const numbers = new Float32Array(ROW);
  // Nose, eyes, ears, shoulders, elbows, wrists, hips, knees, ankles.
  const rows = [0.2, 0.19, 0.19, 0.2, 0.2, 0.3, 0.3, 0.42, 0.42, 0.5, 0.5, 0.52, 0.52, 0.7, 0.7, 0.88, 0.88];
  rows.forEach((y, joint) => {
    numbers.set([(top + y * side) / SIDE, (left + 0.5 * side) / SIDE, sure], joint * 3);
  });
  numbers[ROW - 1] = sure;
  return numbers;
}

/** A network that gives these answers in order, and records its inputs. */
function answering(answers: readonly Float32Array[]) {
  const asked: Int32Array[] = [];
  return {
    asked,
    people: async (square: Int32Array) => {
      asked.push(square);
      return answers[asked.length - 1] ?? new Float32Array(0);
    },
  };
}

const NOBODY = new Float32Array(0);
const WHOLE = [0, 0, SIDE] as const;
const HALF = SIDE / 2;

it('once, of a picture in which somebody stands', async () => {
  const network = answering([standing(...WHOLE, 0.7)]);
  expect(await standUpright(network, picture)).toMatchObject({
    quarters: 0,
    people: [{ score: expect.closeTo(0.7) }],
  });
  expect(network.asked).toHaveLength(1);
});

it('twice, where nobody stands in any turn', async () => {
  const network = answering([NOBODY, NOBODY]);
  expect(await standUpright(network, picture)).toEqual({ picture, people: [], quarters: 0 });
  expect(network.asked).toHaveLength(2);
});

it.each([
  [1, 0, 0],
  [3, HALF, 0],
  [2, 0, HALF],
] as const)('three times, of a picture to be turned by %i quarters', async (quarters, left, top) => {
  const network = answering([NOBODY, standing(left, top, HALF, 0.4), standing(...WHOLE, 0.6)]);
  const found = await standUpright(network, picture);
  expect(found).toMatchObject({ quarters, people: [{ score: expect.closeTo(0.6) }] });
  expect(network.asked).toHaveLength(3);
  const turned = await picture.turned(quarters);
  expect(found.picture.pixels).toEqual(turned.pixels);
  expect(network.asked[2]).toEqual(new Int32Array((await turned.square(SIDE)).pixels));

  // The second input contains this turn at that place, at half its size.
  const small = await turned.square(HALF);
  let apart = 0;
  for (let y = 0; y < HALF; y++)
    for (let x = 0; x < HALF * 3; x++) {
      const shown = network.asked[1]![((top + y) * SIDE + left) * 3 + x]!;
      apart = Math.max(apart, Math.abs(shown - small.pixels[y * HALF * 3 + x]!));
    }
  // The difference comes from two ways to shrink a picture with edges.
  expect(apart).toBeLessThan(8);
});

it('leaves a picture as it is when its turn makes nobody surer', async () => {
  const weak = standing(...WHOLE, 0.2);
  const network = answering([weak, standing(0, 0, HALF, 0.3), standing(...WHOLE, 0.28)]);
  expect(await standUpright(network, picture)).toMatchObject({
    quarters: 0,
    people: [{ score: expect.closeTo(0.2) }],
  });
  expect(network.asked).toHaveLength(3);
});
