/** The gate as the worker has it, on four photos: pixel checks, looks, verdict. */

import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import type { PhotoIssue } from '@reddyfit/shared/scan/results';
import { createQualityCheck } from '../../worker/src/steps/quality-check/activity.ts';
import type { Model, PhotoStore } from '../../worker/src/ports.ts';
import type { Vision } from '../../worker/src/body/vision/pool.ts';

const never = new AbortController().signal;

/** Issues of each photo, as the activity finds them without a model. */
export async function gate(
  vision: Vision,
  photos: Record<Angle, Buffer>,
): Promise<Record<Angle, PhotoIssue[]>> {
  const store = {
    read: async (url: string) => ({ bytes: photos[url as Angle], contentType: 'image/jpeg' }),
  } as unknown as PhotoStore;
  const check = createQualityCheck(store, vision, {} as Model, { askModel: false }, () => never);
  const photoUrls = Object.fromEntries(ANGLES.map((angle) => [angle, angle])) as Record<Angle, string>;
  const { photos: verdicts } = await check({ scanId: 'bench', userId: 'bench', photoUrls });
  return Object.fromEntries(ANGLES.map((angle) => [angle, verdicts[angle].issues])) as Record<
    Angle,
    PhotoIssue[]
  >;
}
