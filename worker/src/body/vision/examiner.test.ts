/** Quality check and measurement on drawn people, through the processes that a worker has. */

import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { photograph } from '../../../../bench/vision/conditions.ts';
import { trueGirths } from '../../../../fixtures/bodies/body.ts';
import { DEFECTS, type DefectName, faultyPhoto } from '../../../../fixtures/bodies/defects.ts';
import { DEMO_SCENE } from '../../../../fixtures/bodies/demo.ts';
import { PHOTO, plainCamera, takePhotos } from '../../../../fixtures/bodies/photo.ts';
import { handHeldCamera, sampleScene } from '../../../../fixtures/bodies/scene.ts';
import type { GirthName } from './body-measurement.ts';
import { judgeOne, judgeSizes } from './gate.ts';
import { createPhotoExaminer, type PhotoExaminer } from './examiner-pool.ts';
import { measureGirths, SECTION } from './girths.ts';
import type { Pose } from './pose.ts';
import type { Silhouette } from './silhouette.ts';

const SIZE = { width: 660, height: 880 };

let examiner: PhotoExaminer;
let demo: Record<Angle, Buffer>;
beforeAll(async () => {
  examiner = createPhotoExaminer();
  [demo] = await Promise.all([takePhotos(DEMO_SCENE), examiner.ready]);
}, 60_000);
afterAll(() => examiner.close());

const examine = (photo: Buffer, angle: Angle) =>
  examiner.examine({ photo, angle, declaredType: null, copy: false });

async function poseOf(photo: Buffer, angle: Angle): Promise<Pose> {
  const { issues, pose } = await examine(photo, angle);
  expect(issues).toEqual([]);
  return pose!;
}

/** What is said against one photo, by its pixels and by its pose. */
async function issuesOf(photo: Buffer, angle: Angle) {
  const { issues, pose } = await examine(photo, angle);
  return pose ? judgeOne(angle, pose) : issues;
}

async function measure(photos: Record<Angle, Buffer>, heightCm: number) {
  const outlines = await Promise.all(
    ANGLES.map(async (angle) => [angle, (await poseOf(photos[angle], angle)).silhouette!] as const),
  );
  const girths = measureGirths(Object.fromEntries(outlines) as Record<Angle, Silhouette>, heightCm);
  // Mannequins are ellipses; what the ruler adds for the sections of people is taken off again.
  return Object.fromEntries(
    Object.entries(girths).map(([name, { cm, sdCm }]) => [
      name,
      { cm: cm / SECTION[name as GirthName], sdCm },
    ]),
  ) as typeof girths;
}

describe('the gate', () => {
  it('passes people of all sizes', { timeout: 60_000 }, async () => {
    for (const seed of [3, 4]) {
      const { scene } = sampleScene(seed, { things: true });
      const photos = await takePhotos(scene, () => plainCamera(scene.body, SIZE));
      for (const angle of ANGLES)
        expect(await issuesOf(photos[angle], angle), `${seed} ${angle}`).toEqual([]);
    }
  });

  // Each was refused once: a dark face that the network takes for the back of a head, and somebody whom it found twice.
  it.each<[number, Angle]>([
    [161, 'front'],
    [108, 'right'],
  ])('passes figure %i from the %s, taken by hand', { timeout: 60_000 }, async (seed, angle) => {
    const { photos } = await photograph(seed, 'hand-held');
    expect(await issuesOf(photos[angle], angle)).toEqual([]);
  });

  const seen = Object.keys(DEFECTS).filter((name) => name !== 'otherDistance') as DefectName[];
  it.each(seen)('refuses a photo for %s', { timeout: 60_000 }, async (name) => {
    const { photo, angle } = await faultyPhoto(name, 5000, SIZE);
    const codes = (await issuesOf(photo, angle)).map(({ code }) => code);
    expect(codes).toContain(DEFECTS[name].code);
  });

  it('refuses a photo that was taken from elsewhere than the others', { timeout: 60_000 }, async () => {
    const { photo, angle } = await faultyPhoto('otherDistance', 5000, SIZE);
    const poses = {} as Record<Angle, Pose>;
    for (const each of ANGLES) poses[each] = await poseOf(each === angle ? photo : demo[each], each);
    const found = judgeSizes(poses, { front: [], back: [], left: [], right: [] });
    expect(found.map(([each, { code }]) => [each, code])).toEqual([[angle, 'size_differs']]);
  });
});

describe('the ruler', () => {
  const BARRED: GirthName[] = ['neck', 'waist', 'navel', 'hip'];

  it('finds the girths that a mannequin was made from', { timeout: 60_000 }, async () => {
    const truth = trueGirths(DEMO_SCENE.body);
    const measured = await measure(demo, DEMO_SCENE.body.heightCm);
    for (const name of BARRED) {
      expect(Math.abs(measured[name].cm / truth[name] - 1), `the ${name}`).toBeLessThan(0.015);
      // Sections and places vary from person to person by more than these photos are unsure.
      expect(measured[name].sdCm / truth[name], `the ${name}`).toBeLessThan(0.05);
    }
    expect(Math.abs(measured.chest.cm - truth.chest)).toBeLessThan(2 * measured.chest.sdCm);
  });

  it(
    'finds them in photos from near, askew, and says that it is less sure',
    { timeout: 60_000 },
    async () => {
      const { body } = DEMO_SCENE;
      const photos = await takePhotos(DEMO_SCENE, (angle) => handHeldCamera(body, 8, angle, PHOTO));
      const truth = trueGirths(body);
      const measured = await measure(photos, body.heightCm);
      const fromAfar = await measure(demo, body.heightCm);
      for (const name of BARRED) {
        expect(Math.abs(measured[name].cm / truth[name] - 1), `the ${name}`).toBeLessThan(0.04);
        expect(measured[name].sdCm, `the ${name}`).toBeGreaterThan(fromAfar[name].sdCm);
      }
    },
  );

  it('finds the crown of hair that has the colour of the wall', { timeout: 60_000 }, async () => {
    const { scene, photos } = await photograph(47, 'hand-held');
    const { neck } = await measure(photos, scene.body.heightCm);
    expect(Math.abs(neck.cm / trueGirths(scene.body).neck - 1)).toBeLessThan(0.04);
  });

  it('says that there is nobody to measure', async () => {
    const { photo } = await faultyPhoto('nobody', 5000, SIZE);
    const pose = await poseOf(photo, 'left');
    expect(pose.people).toEqual([]);
    expect(pose.silhouette).toBeUndefined();
  });
});

describe('a photo that lost which way up it is', () => {
  const turned = (angle: Angle, degrees: number) => sharp(demo[angle]).rotate(degrees).jpeg().toBuffer();

  it.each<[Angle, number]>([
    ['front', 90],
    ['front', 180],
    ['back', 270],
    ['left', 90],
    ['right', 270],
  ])('is turned by its joints (%s by %i degrees)', { timeout: 60_000 }, async (angle, degrees) => {
    const pose = await poseOf(await turned(angle, degrees), angle);
    expect(judgeOne(angle, pose)).toEqual([]);
    const upright = await poseOf(demo[angle], angle);
    const height = ({ silhouette }: Pose) => silhouette!.soles - silhouette!.crown;
    expect(height(pose) / height(upright)).toBeCloseTo(1, 2);
  });

  it('says what a model is shown: the same photo upright', { timeout: 60_000 }, async () => {
    const photo = await turned('front', 90);
    const { copy } = await examiner.examine({
      photo,
      angle: 'front',
      declaredType: null,
      copy: 'faces hidden',
    });
    expect(await sharp(copy).metadata()).toMatchObject({ width: 768, height: 1024 });
  });
});

describe('the processes', () => {
  it('say that a photo is broken, and go on', { timeout: 60_000 }, async () => {
    expect(await issuesOf(Buffer.from('not a photo'), 'front')).toMatchObject([{ code: 'unsupported_type' }]);
    expect((await poseOf(demo.front, 'front')).people).toHaveLength(1);
  });

  it('drop what is no longer wanted', { timeout: 60_000 }, async () => {
    const stop = new AbortController();
    const request = { photo: demo.front, angle: 'front', declaredType: null, copy: false } as const;
    const all = Array.from({ length: 5 }, () => examiner.examine(request, stop.signal));
    const settled = Promise.allSettled(all);
    stop.abort(new Error('canceled'));
    for (const result of await settled)
      expect(result).toMatchObject({ status: 'rejected', reason: { message: 'canceled' } });
    expect((await poseOf(demo.front, 'front')).people).toHaveLength(1);
  });

  it('take the work off the worker', { timeout: 60_000 }, async () => {
    const before = process.cpuUsage();
    for (const angle of ANGLES) await examine(demo[angle], angle);
    const { user, system } = process.cpuUsage(before);
    // Four examinations take more than a second of processor time.
    expect((user + system) / 1000).toBeLessThan(250);
  });
});
