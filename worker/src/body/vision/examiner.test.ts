/** Quality check and measurement of a drawn person, through a worker's processes. */

import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { trueGirths } from '../../../../fixtures/bodies/body.ts';
import { DEFECTS, type DefectName, faultyPhoto } from '../../../../fixtures/bodies/defects.ts';
import { DEMO_SCENE } from '../../../../fixtures/bodies/demo.ts';
import { PHOTO, takePhotos } from '../../../../fixtures/bodies/photo.ts';
import { handHeldCamera } from '../../../../fixtures/bodies/scene.ts';
import type { GirthName } from './body-measurement.ts';
import { demo, examine, issuesOf, measure, poseOf, SIZE, useExaminer } from './examiner.fixture.ts';

useExaminer();

describe('the gate', () => {
  it('passes a good set', { timeout: 60_000 }, async () => {
    for (const angle of ANGLES) expect(await issuesOf(demo[angle], angle), angle).toEqual([]);
  });

  // One defect that shows in the pixels and one that shows in the joints; the long tests have all of them.
  it.each<DefectName>(['blur', 'croppedFeet'])(
    'refuses a photo for %s',
    { timeout: 60_000 },
    async (name) => {
      const { photo, angle } = await faultyPhoto(name, 5000, SIZE);
      const codes = (await issuesOf(photo, angle)).map(({ code }) => code);
      expect(codes).toContain(DEFECTS[name].code);
    },
  );
});

describe('the ruler', () => {
  const BARRED: GirthName[] = ['neck', 'waist', 'navel', 'hip'];

  it('tells of the navel that a mannequin has at six tenths of its height', { timeout: 60_000 }, async () => {
    const { navel, crown, soles } = (await poseOf(demo.front, 'front')).silhouette!;
    const { firstRow, step, signs } = navel!;
    const clearest = Math.max(...signs);
    expect(clearest).toBeGreaterThan(4.5);
    const row = firstRow + signs.indexOf(clearest) * step;
    expect(Math.abs((soles - row) / (soles - crown) - 0.6)).toBeLessThan(0.008);
  });

  it('tells of none on a shirt and in a profile', { timeout: 60_000 }, async () => {
    const shirt = { ...DEMO_SCENE, look: { ...DEMO_SCENE.look, top: 'shirt' as const } };
    const { front } = await takePhotos(shirt);
    expect((await poseOf(front, 'front')).silhouette!.navel).toBeUndefined();
    expect((await poseOf(demo.left, 'left')).silhouette!.navel).toBeUndefined();
  });

  it('finds the girths that a mannequin was made from', { timeout: 60_000 }, async () => {
    const truth = trueGirths(DEMO_SCENE.body);
    const measured = await measure(demo, DEMO_SCENE.body.heightCm);
    for (const name of BARRED) {
      expect(Math.abs(measured[name].cm / truth[name] - 1), `the ${name}`).toBeLessThan(0.015);
      // Sections and places of tapes vary more from person to person than these photos are uncertain.
      expect(measured[name].sdCm / truth[name], `the ${name}`).toBeLessThan(0.05);
    }
    expect(Math.abs(measured.chest.cm - truth.chest)).toBeLessThan(2 * measured.chest.sdCm);
  });

  it(
    'finds them in photos from near, askew, within what it says of their uncertainty',
    { timeout: 60_000 },
    async () => {
      const { body } = DEMO_SCENE;
      const photos = await takePhotos(DEMO_SCENE, (angle) => handHeldCamera(body, 8, angle, PHOTO));
      const truth = trueGirths(body);
      const measured = await measure(photos, body.heightCm);
      for (const name of BARRED) {
        expect(Math.abs(measured[name].cm / truth[name] - 1), `the ${name}`).toBeLessThan(0.04);
        expect(Math.abs(measured[name].cm - truth[name]), `the ${name}`).toBeLessThan(
          1.96 * measured[name].sdCm,
        );
      }
    },
  );
});

describe('a photo that lost which way up it is', () => {
  const turned = (angle: Angle, degrees: number) => sharp(demo[angle]).rotate(degrees).jpeg().toBuffer();

  it('says what a model is shown: the same photo upright', { timeout: 60_000 }, async () => {
    const photo = await turned('front', 90);
    const { copy } = await examine(photo, 'front', undefined, 'faces hidden');
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
    const all = Array.from({ length: 5 }, () => examine(demo.front, 'front', stop.signal));
    const settled = Promise.allSettled(all);
    stop.abort(new Error('canceled'));
    for (const result of await settled)
      expect(result).toMatchObject({ status: 'rejected', reason: { message: 'canceled' } });
    expect((await poseOf(demo.front, 'front')).people).toHaveLength(1);
  });

  it('take the work off the worker', { timeout: 60_000 }, async () => {
    // Only this thread's time counts: other work of the process, such as V8's garbage collection, is not the
    // examination.
    const before = process.threadCpuUsage();
    for (const angle of ANGLES) await examine(demo[angle], angle);
    const { user, system } = process.threadCpuUsage(before);
    // Four examinations take more than half a second of processor time.
    expect((user + system) / 1000).toBeLessThan(250);
  });
});
