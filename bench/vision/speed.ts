/**
 * How long the examination of a scan's photos takes, how much memory it needs, and how many scans are examined per second.
 */

import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import sharp from 'sharp';
import { DEMO_SCENE } from '../../fixtures/bodies/demo.ts';
import { takePhotos } from '../../fixtures/bodies/photo.ts';
import { silhouettesOf } from '../../worker/src/body/photos/scan-photos.ts';
import { createPhotoExaminer } from '../../worker/src/body/vision/examiner-pool.ts';
import { measureGirths } from '../../worker/src/body/vision/girths.ts';
import { usage } from './examiners.ts';
import { examineAll } from './gate.ts';
import { median, quantile } from '../statistics.ts';

export interface SpeedResult {
  readonly rounds: number;
  /** Time to examine and measure four photos, one scan after another (ms). */
  readonly examineMs: { readonly p50: number; readonly p95: number };
  /** CPU time of the same, over all processes (ms). */
  readonly examineCpuMs: number;
  /** Memory of all processes together, minus what this process had before the others started (MiB). */
  readonly addedMiB: number;
  /** Scans examined and measured per second, with eight at once. */
  readonly scansPerSecond: number;
}

/** Sizes of the measured photos (px): those of the project's apps and those of phones. */
export const PHOTO_SIZES = {
  '2 megapixels': { width: 1200, height: 1600 },
  '12 megapixels': { width: 3024, height: 4032 },
} as const;
export type PhotoSize = keyof typeof PHOTO_SIZES;

export async function measureSpeed(rounds: number, size: PhotoSize): Promise<SpeedResult> {
  const drawn = await takePhotos(DEMO_SCENE);
  const photos = Object.fromEntries(
    await Promise.all(
      ANGLES.map(async (angle) => {
        const resized = sharp(drawn[angle]).resize({ ...PHOTO_SIZES[size], fit: 'fill' });
        return [angle, await resized.jpeg({ quality: 92 }).toBuffer()] as const;
      }),
    ),
  ) as Record<Angle, Buffer>;
  const before = usage();
  const examiner = createPhotoExaminer();
  await examiner.ready;
  const scan = async () => {
    const outlines = silhouettesOf(await examineAll(examiner, photos));
    measureGirths(outlines!, DEMO_SCENE.body.heightCm);
  };
  await scan();
  const times: number[] = [];
  const { cpuMs } = usage();
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    // oxlint-disable-next-line no-await-in-loop -- one scan after another is what is timed
    await scan();
    times.push(performance.now() - started);
  }
  const after = usage();
  const started = performance.now();
  const scans = Math.max(8, rounds);
  await Promise.all(
    Array.from({ length: 8 }, async (_, i) => {
      // oxlint-disable-next-line no-await-in-loop -- eight lanes of one scan after another
      for (let each = i; each < scans; each += 8) await scan();
    }),
  );
  const scansPerSecond = scans / ((performance.now() - started) / 1000);
  await examiner.close();
  return {
    rounds,
    examineMs: { p50: median(times), p95: quantile(times, 0.95) },
    examineCpuMs: (after.cpuMs - cpuMs) / rounds,
    addedMiB: after.rssMiB - before.rssMiB,
    scansPerSecond,
  };
}
