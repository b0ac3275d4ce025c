/** qualityCheck: the pixels first, the model only for photos that pass. */

import { ANGLES, type Angle } from '@reddyfit/shared/photos';
import type { PhotoIssue, QualityCheckResult } from '@reddyfit/shared/results';
import { createQualityCheckAgent, verdict } from '../agents/quality-check.ts';
import { inspectPhoto } from '../photos/inspect.ts';
import type { Model, PhotoStore } from '../ports.ts';
import type { Activities } from './contract.ts';
import { preparePhotos, readPhotos } from './scan-photos.ts';

/**
 * Verdict on four photos. A missing, unreadable, small, dark, bright or blurred photo is rejected without asking the
 * model, all four in one answer.
 */
export function createQualityCheck(photos: PhotoStore, model: Model, signal: () => AbortSignal) {
  const judge = createQualityCheckAgent(model);
  return async ({ photoUrls }: Parameters<Activities['qualityCheck']>[0]): Promise<QualityCheckResult> => {
    const stored = await readPhotos(photos, photoUrls);
    const found = await Promise.all(
      ANGLES.map((angle) => inspectPhoto(angle, stored[angle]?.bytes ?? null, stored[angle]?.contentType)),
    );
    const issues = Object.fromEntries(ANGLES.map((angle, index) => [angle, found[index]!])) as Record<
      Angle,
      PhotoIssue[]
    >;
    const byPixels = verdict(issues);
    if (!byPixels.accepted) return byPixels;
    return judge({ photos: await preparePhotos(stored) }, signal());
  };
}
