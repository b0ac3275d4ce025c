/** Hides the faces in the copy that a model sees and that is kept. */

import sharp from 'sharp';
import { expect, it } from 'vitest';
import { hideFaces } from './hide-faces.ts';
import { pictureOf } from './picture.ts';
import { standing } from '../../../../shared/src/gate/standing.fixture.ts';

const [width, height] = [900, 1200];

/** A picture of noise. */
function noise() {
  const pixels = Buffer.alloc(width * height * 3);
  for (let i = 0; i < pixels.length; i++) pixels[i] = (i * 7919 + (i >> 7) * 104_729) % 256;
  return pictureOf(pixels, width, height);
}

/** Spread of grey values (standard deviation) in a square around a place. */
async function spread(pixels: Uint8Array, x: number, y: number, half: number): Promise<number> {
  const square = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .extract({ left: x - half, top: y - half, width: 2 * half, height: 2 * half })
    .greyscale()
    .raw()
    .toBuffer();
  const mean = square.reduce((sum, value) => sum + value, 0) / square.length;
  return Math.sqrt(square.reduce((sum, value) => sum + (value - mean) ** 2, 0) / square.length);
}

it('puts the faces back, also those of heads that overlap', async () => {
  const [picture, changed] = [noise(), noise()];
  const putBack = await hideFaces(changed, [standing('front'), standing('left')]);
  expect(Buffer.from(changed.pixels).equals(picture.pixels)).toBe(false);
  putBack();
  expect(Buffer.from(changed.pixels).equals(picture.pixels)).toBe(true);
});

it('leaves of a face no more than patches of colour, and all else as it was', async () => {
  const [picture, changed] = [noise(), noise()];
  await hideFaces(changed, [standing('front')]);
  const hidden = changed.pixels;
  // The square holds eyes, nose and chin.
  expect(await spread(picture.pixels, 450, 180, 50)).toBeGreaterThan(20);
  expect(await spread(hidden, 450, 180, 50)).toBeLessThan(4);
  // Nothing changes from the shoulders down, nor beside the head.
  const below = (pixels: Uint8Array) => Buffer.from(pixels.subarray(290 * width * 3));
  expect(below(hidden).equals(below(picture.pixels))).toBe(true);
  expect(await spread(hidden, 150, 180, 50)).toBe(await spread(picture.pixels, 150, 180, 50));
});

it('hides the faces of all, also at an edge, and of one who is near', async () => {
  const person = standing('left');
  const moved = (x: number, y: number, scale: number) => ({
    ...person,
    joints: Object.fromEntries(
      Object.entries(person.joints).map(([name, joint]) => [
        name,
        { ...joint, x: (joint.x - 450) * scale + x, y: (joint.y - 160) * scale + y },
      ]),
    ) as typeof person.joints,
  });
  const picture = noise();
  await hideFaces(picture, [moved(60, 60, 1), moved(700, 160, 0.4), moved(-500, 160, 1)]);
  expect(await spread(picture.pixels, 50, 60, 30)).toBeLessThan(4);
  expect(await spread(picture.pixels, 690, 165, 15)).toBeLessThan(4);
});
