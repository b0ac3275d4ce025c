/** The browser's and the server's image code give the same result for the same picture. */

import { GREY_LONG_EDGE_PX } from '@reddyfit/shared/gate/light';
import { describe, expect, it } from 'vitest';
import { greyOf as serversGrey } from '../../../../worker/src/body/photos/grey.ts';
import { pictureOf as serversPicture } from '../../../../worker/src/body/vision/picture.ts';
import { greyOf, pictureOf } from './pixel-picture.ts';

const [width, height] = [480, 640];

/** Blocks of colour with edges, and some noise. */
const pixels = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
  const [x, y, channel] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width), i % 3];
  const band = (Math.floor(x / 37) + Math.floor(y / 53)) % 2 === 0 ? 60 : 190;
  return band + channel * 15 + ((x * 7919 + y * 104_729 + channel * 31) % 13);
});
const ours = pictureOf(pixels, width, height);
const theirs = serversPicture(pixels, width, height);

function expectAlike(one: Uint8Array, other: Uint8Array, mean: number): void {
  expect(one.length).toBe(other.length);
  const sum = one.reduce((total, value, i) => total + Math.abs(value - other[i]!), 0);
  expect(sum / one.length).toBeLessThan(mean);
}

describe('a picture', () => {
  it.each([undefined, { left: 61, top: 20, width: 210, height: 600 }])(
    'fits into the same square (%j)',
    async (part) => {
      const [square, expected] = await Promise.all([ours.square(256, part), theirs.square(256, part)]);
      expect([square.scale, square.left, square.top]).toEqual([expected.scale, expected.left, expected.top]);
      expectAlike(square.pixels, expected.pixels, 3);
    },
  );

  it.each([1, 2, 3] as const)('turns by %i quarters alike', async (quarters) => {
    const [turned, expected] = await Promise.all([ours.turned(quarters), theirs.turned(quarters)]);
    expect([turned.width, turned.height]).toEqual([expected.width, expected.height]);
    expect(Buffer.from(turned.pixels).equals(expected.pixels)).toBe(true);
  });

  it('becomes the same grey, on which light and sharpness are measured', async () => {
    const [grey, expected] = await Promise.all([
      greyOf(ours, GREY_LONG_EDGE_PX),
      serversGrey({ data: Buffer.from(pixels), width, height }),
    ]);
    expect([grey.width, grey.height]).toEqual([expected.width, expected.height]);
    expectAlike(grey.pixels, expected.pixels, 2);
  });
});
