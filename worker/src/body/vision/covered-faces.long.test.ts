/**
 * Tells front from back in photos of people whose face is covered and whose hair is seen: on drawn people, through a
 * worker's processes.
 */

import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_SCENE } from '../../../../fixtures/bodies/demo.ts';
import { plainCamera, takePhotos } from '../../../../fixtures/bodies/photo.ts';
import { issuesOf } from '../../steps/quality-check/activity.ts';
import { arrangePhotos, exchangedIn } from '@reddyfit/shared/gate/arrange-photos';
import { createPhotoExaminer, type PhotoExaminer } from './examiner-pool.ts';
import type { Examinations } from './examination.ts';

const SIZE = { width: 660, height: 880 };
const { body, look } = DEMO_SCENE;
const camera = plainCamera(body, SIZE);

/** The row at a share of the body's height, and lengths given as such a share (px). */
const px = (share: number) => share * body.heightCm * camera.pxPerCm;
const row = (share: number) => camera.floorY - px(share);
const rgb = ([r, g, b]: readonly number[]) => `rgb(${r},${g},${b})`;

const drawn = (photo: Buffer, shapes: string) =>
  sharp(photo)
    .composite([
      {
        input: Buffer.from(
          `<svg width="${SIZE.width}" height="${SIZE.height}" xmlns="http://www.w3.org/2000/svg">${shapes}</svg>`,
        ),
      },
    ])
    .jpeg()
    .toBuffer();

/** A box from one share of the body's height down to another, around the body's middle. */
const box = (top: number, bottom: number, half: number, colour: string, round = 0.01) =>
  `<rect x="${camera.centreX - px(half)}" y="${row(top)}" width="${px(2 * half)}" height="${px(top - bottom)}" rx="${px(round)}" fill="${colour}"/>`;

async function blurred(photo: Buffer): Promise<Buffer> {
  const area = {
    left: Math.round(camera.centreX - px(0.05)),
    top: Math.round(row(0.965)),
    width: Math.round(px(0.1)),
    height: Math.round(px(0.1)),
  };
  const face = await sharp(photo).extract(area).blur(14).toBuffer();
  return sharp(photo)
    .composite([{ input: face, left: area.left, top: area.top }])
    .jpeg()
    .toBuffer();
}

const COVERS: Record<string, (front: Buffer) => Promise<Buffer>> = {
  'a phone': (front) => drawn(front, box(0.98, 0.89, 0.024, 'rgb(24,24,27)')),
  'an emoji': (front) =>
    drawn(
      front,
      `<circle cx="${camera.centreX}" cy="${row(0.935)}" r="${px(0.066)}" fill="rgb(255,204,50)"/>`,
    ),
  'a blur': blurred,
  'a mask': (front) => drawn(front, box(0.945, 0.868, 0.042, 'rgb(235,240,245)', 0.02)),
  'a black bar': (front) => drawn(front, box(0.96, 0.92, 0.06, 'black')),
};

let examiner: PhotoExaminer;
let photos: Record<Angle, Buffer>;
beforeAll(async () => {
  examiner = createPhotoExaminer();
  [photos] = await Promise.all([takePhotos(DEMO_SCENE, () => camera), examiner.ready]);
}, 120_000);
afterAll(() => examiner.close());

const known = new Map<Buffer, Promise<Examinations[Angle]>>();
async function examine(sent: Partial<Record<Angle, Buffer>>): Promise<Examinations> {
  const all = await Promise.all(
    ANGLES.map((angle) => {
      const photo = sent[angle] ?? photos[angle];
      const seen = known.get(photo) ?? examiner.examine({ photo, angle, declaredType: null, copy: false });
      known.set(photo, seen);
      return seen;
    }),
  );
  return Object.fromEntries(ANGLES.map((angle, i) => [angle, all[i]!])) as unknown as Examinations;
}

/** The issues of a set of photos, and which of its photos were exchanged. */
async function judge(sent: Partial<Record<Angle, Buffer>>) {
  const arranged = arrangePhotos(await examine(sent));
  const issues = issuesOf(arranged);
  return {
    exchanged: exchangedIn(arranged),
    said: ANGLES.flatMap((angle) => issues[angle].map(({ code }) => `${angle} ${code}`)),
  };
}

describe.each(Object.keys(COVERS))('%s before the face', (name) => {
  const cover = COVERS[name]!;

  it('is a front as it was sent', { timeout: 120_000 }, async () => {
    expect(await judge({ front: await cover(photos.front) })).toEqual({ exchanged: [], said: [] });
  });

  it('is never refused when front and back are exchanged', { timeout: 120_000 }, async () => {
    const set = { front: photos.back, back: await cover(photos.front) };
    // When the whole head is covered, nothing tells front from back, and the photos stay as they were sent.
    const exchanged = name === 'an emoji' ? [] : ['front', 'back'];
    expect(await judge(set)).toEqual({ exchanged, said: [] });
  });
});

describe('a back', () => {
  const hair = (bottom: number) => box(0.975, bottom, 0.058, rgb(look.hair), 0.03);
  const hood = `${box(1.005, 0.83, 0.066, 'rgb(90,30,40)', 0.05)}`;

  it.each([
    ['hair to the neck', hair(0.86)],
    ['hair to the shoulder blades', hair(0.74)],
    ['a hood', hood],
  ])('with %s stays one', { timeout: 120_000 }, async (_, shapes) => {
    expect(await judge({ back: await drawn(photos.back, shapes) })).toEqual({ exchanged: [], said: [] });
  });

  it('that was sent twice is told to turn', { timeout: 120_000 }, async () => {
    expect(await judge({ front: photos.back })).toEqual({ exchanged: [], said: ['front wrong_angle'] });
  });
});

it('a front that was sent twice is told to turn', { timeout: 120_000 }, async () => {
  expect(await judge({ back: photos.front })).toEqual({ exchanged: [], said: ['back wrong_angle'] });
});
