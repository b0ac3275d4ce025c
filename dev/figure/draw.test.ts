import { ANGLES, type Angle } from '@reddyfit/shared/photos';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawPhotos } from './draw.ts';
import {
  CENTRE_X,
  circumferenceCm,
  DEMO_FIGURE,
  type Figure,
  girthOf,
  levelRow,
  PHOTO,
  PX_PER_CM,
  SECOND_FIGURE,
} from './figure.ts';

interface Pixels {
  data: Buffer;
  width: number;
  height: number;
}

async function pixels(jpeg: Buffer): Promise<Pixels> {
  const { data, info } = await sharp(jpeg).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Width (px) of the run of figure pixels that covers the column `x` in a row. */
function runAcross({ data, width }: Pixels, row: number, x: number): number {
  const wall = [...data.subarray(0, 3)];
  const isFigure = (column: number) =>
    wall.some((value, channel) => Math.abs(data[(row * width + column) * 3 + channel]! - value) > 24);
  if (!isFigure(x)) return 0;
  let [left, right] = [x, x];
  while (isFigure(left - 1)) left--;
  while (isFigure(right + 1)) right++;
  return right - left + 1;
}

describe.each([
  ['demo', DEMO_FIGURE],
  ['second', SECOND_FIGURE],
  [
    'broad',
    {
      ...DEMO_FIGURE,
      waist: girthOf(112, 0.82),
      hip: girthOf(114, 0.78),
      chest: girthOf(114, 0.76),
      shoulder: { widthCm: 52, depthCm: 26 },
    },
  ],
] as [string, Figure][])('photos of the %s figure', (_, figure) => {
  let photos: Record<Angle, Buffer>;
  let decoded: Record<Angle, Pixels>;
  beforeAll(async () => {
    photos = await drawPhotos(figure);
    decoded = Object.fromEntries(
      await Promise.all(ANGLES.map(async (angle) => [angle, await pixels(photos[angle])])),
    ) as Record<Angle, Pixels>;
  }, 60_000);

  it('are four different JPEGs of the stated size', async () => {
    for (const angle of ANGLES) {
      expect(decoded[angle]).toMatchObject(PHOTO);
      expect((await sharp(photos[angle]).metadata()).format).toBe('jpeg');
    }
    expect(new Set(ANGLES.map((angle) => photos[angle].toString('base64'))).size).toBe(4);
  });

  it.each(['waist', 'hip', 'neck'] as const)(
    'show the width of the %s in front and its depth from the side',
    (level) => {
      const row = levelRow(figure, level);
      expect(runAcross(decoded.front, row, CENTRE_X) / PX_PER_CM).toBeCloseTo(figure[level].widthCm, 0);
      expect(runAcross(decoded.back, row, CENTRE_X) / PX_PER_CM).toBeCloseTo(figure[level].widthCm, 0);
      expect(runAcross(decoded.right, row, CENTRE_X) / PX_PER_CM).toBeCloseTo(figure[level].depthCm, 0);
    },
  );

  it('show the left side as the mirror image of the right', () => {
    const { left, right } = decoded;
    let difference = 0;
    for (let row = 0; row < PHOTO.height; row += 3) {
      for (let column = 0; column < PHOTO.width; column++) {
        const a = left.data[(row * PHOTO.width + column) * 3]!;
        const b = right.data[(row * PHOTO.width + PHOTO.width - 1 - column) * 3]!;
        difference = Math.max(difference, Math.abs(a - b));
      }
    }
    expect(difference).toBeLessThan(48);
  });

  it('are neither dark nor overexposed', async () => {
    for (const angle of ANGLES) {
      const { channels } = await sharp(photos[angle]).greyscale().stats();
      expect(channels[0]!.mean).toBeGreaterThan(80);
      expect(channels[0]!.mean).toBeLessThan(215);
    }
  });
});

describe('girths', () => {
  it('have the circumference they were made from', () => {
    expect(circumferenceCm(girthOf(86.5, 0.74))).toBeCloseTo(86.5, 6);
    expect(circumferenceCm({ widthCm: 10, depthCm: 10 })).toBeCloseTo(Math.PI * 10, 6);
  });
});
