import { ANGLES, type Angle } from '@reddyfit/shared/photos';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { ellipseCircumference } from '../../worker/src/vision/ellipse.ts';
import { sectionOf, trueGirths, trunk } from './body.ts';
import { DEMO_SCENE } from './demo.ts';
import { PHOTO, plainCamera, takePhotos } from './photo.ts';
import { sampleBody } from './sample.ts';
import { sampleScene } from './scene.ts';

interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

describe('photos of the demo user', () => {
  const { body, room } = DEMO_SCENE;
  const camera = plainCamera(body);
  let photos: Record<Angle, Buffer>;
  let decoded: Record<Angle, Pixels>;
  beforeAll(async () => {
    photos = await takePhotos(DEMO_SCENE);
    const pixels = await Promise.all(
      ANGLES.map(async (angle) => {
        const { data, info } = await sharp(photos[angle]).raw().toBuffer({ resolveWithObject: true });
        return [angle, { data, width: info.width, height: info.height }] as const;
      }),
    );
    decoded = Object.fromEntries(pixels) as Record<Angle, Pixels>;
  }, 60_000);

  /** Width (px) of the run of body that covers the middle column, at a height (share of the body's). */
  function runAcross({ data, width }: Pixels, level: number): number {
    const row = Math.round(camera.floorY - level * body.heightCm * camera.pxPerCm);
    const isWall = (column: number) =>
      room.wall.every((channel, i) => Math.abs(data[(row * width + column) * 3 + i]! - channel) < 26);
    let [left, right] = [width / 2, width / 2];
    while (!isWall(left - 1)) left--;
    while (!isWall(right + 1)) right++;
    return right - left + 1;
  }

  it('are four JPEGs of the stated size', () => {
    for (const angle of ANGLES) expect(decoded[angle]).toMatchObject(PHOTO);
    expect(new Set(ANGLES.map((angle) => photos[angle].toString('base64'))).size).toBe(4);
  });

  it.each([0.853, 0.634, 0.6, 0.515])('show width and depth at %d of the height', (level) => {
    const { widthCm, depthCm } = trunk(body)(level);
    for (const angle of ANGLES) {
      const extent = angle === 'front' || angle === 'back' ? widthCm : depthCm;
      expect(
        Math.abs(runAcross(decoded[angle], level) / camera.pxPerCm - extent),
        `the ${angle} photo`,
      ).toBeLessThan(0.5);
    }
  });

  it('have the girths they were made from', () => {
    expect(trueGirths(body)).toMatchObject({
      neck: expect.closeTo(38.5, 1),
      waist: expect.closeTo(84, 1),
      navel: expect.closeTo(86.5, 1),
      hip: expect.closeTo(98, 1),
    });
  });
});

it('a section has the circumference it was made from', () => {
  const { widthCm, depthCm } = sectionOf(86.5, 0.74);
  expect(ellipseCircumference(widthCm, depthCm)).toBeCloseTo(86.5, 9);
  expect(depthCm / widthCm).toBeCloseTo(0.74, 9);
});

describe('two hundred bodies', () => {
  const sampled = Array.from({ length: 200 }, (_, seed) => sampleBody(seed));

  it('cover both sexes, 150 to 200 cm and a body mass index of 17 to 42', () => {
    const heights = sampled.map(({ body }) => body.heightCm);
    const indices = sampled.map(({ bmi }) => bmi);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(150);
    expect(Math.min(...heights)).toBeLessThan(153);
    expect(Math.max(...heights)).toBeGreaterThan(196);
    expect(Math.max(...heights)).toBeLessThanOrEqual(200);
    expect(Math.min(...indices)).toBeGreaterThanOrEqual(17);
    expect(Math.min(...indices)).toBeLessThan(18);
    expect(Math.max(...indices)).toBeGreaterThan(41);
    const women = sampled.filter(({ body }) => body.sex === 'female').length;
    expect(women).toBeGreaterThan(70);
    expect(women).toBeLessThan(130);
  });

  it('have girths that a body may have', () => {
    for (const { body } of sampled) {
      const { neck, chest, waist, navel, hip } = trueGirths(body);
      expect(neck).toBeGreaterThan(24);
      expect(neck).toBeLessThan(56);
      expect(waist).toBeGreaterThan(54);
      expect(waist).toBeLessThanOrEqual(navel);
      expect(navel).toBeLessThan(165);
      expect(hip).toBeGreaterThan(navel * 0.94);
      expect(chest).toBeGreaterThan(waist);
    }
  });

  it('come out the same for the same seed', () => {
    expect(sampleScene(17)).toEqual(sampleScene(17));
    expect(sampleScene(17)).not.toEqual(sampleScene(18));
  });
});
