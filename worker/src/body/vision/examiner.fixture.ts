/** Photos of drawn people, and their examination by a worker's processes. */

import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import { afterAll, beforeAll, expect } from 'vitest';
import { DEMO_SCENE } from '../../../../fixtures/bodies/demo.ts';
import { takePhotos } from '../../../../fixtures/bodies/photo.ts';
import { GIRTHS } from './body-measurement.ts';
import { createPhotoExaminer, type PhotoExaminer } from './examiner-pool.ts';
import { judgeOne } from '@reddyfit/shared/gate/gate';
import { ellipseOf, measureGirths } from './girths.ts';
import type { OutlinedPose } from './pose.ts';
import type { Silhouette } from './silhouette.ts';

/** Size of the photos of most figures (px). */
export const SIZE = { width: 660, height: 880 };

let examiner: PhotoExaminer;
export let demo: Record<Angle, Buffer>;

/** Starts the processes for the tests of a file, and draws the demo user. */
export function useExaminer(): void {
  beforeAll(async () => {
    examiner = createPhotoExaminer();
    [demo] = await Promise.all([takePhotos(DEMO_SCENE), examiner.ready]);
  }, 60_000);
  afterAll(() => examiner.close());
}

export const examine = (
  photo: Buffer,
  angle: Angle,
  signal?: AbortSignal,
  copy: 'faces hidden' | false = false,
) => examiner.examine({ photo, angle, declaredType: null, copy }, signal);

export async function poseOf(photo: Buffer, angle: Angle): Promise<OutlinedPose> {
  const { issues, pose } = await examine(photo, angle);
  expect(issues).toEqual([]);
  return pose!;
}

/** The issues of one photo, from its pixels and from its pose. */
export async function issuesOf(photo: Buffer, angle: Angle) {
  const { issues, pose } = await examine(photo, angle);
  return pose ? judgeOne(angle, pose) : issues;
}

/**
 * The girths of the body in four photos, without the ruler's factors for people's sections: the sections of mannequins
 * are ellipses.
 */
export async function measure(photos: Record<Angle, Buffer>, heightCm: number) {
  const outlines = await Promise.all(
    ANGLES.map(async (angle) => [angle, (await poseOf(photos[angle], angle)).silhouette!] as const),
  );
  const girths = measureGirths(Object.fromEntries(outlines) as Record<Angle, Silhouette>, heightCm);
  return Object.fromEntries(
    GIRTHS.map((name) => [name, { cm: ellipseOf(name, girths, heightCm), sdCm: girths[name].sdCm }]),
  ) as Record<(typeof GIRTHS)[number], { cm: number; sdCm: number }>;
}
