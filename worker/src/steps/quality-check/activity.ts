/** qualityCheck: pixels and posture first, on this machine; the model only for photos that pass, and only where it is wanted. */

import { ScanPipelineError } from '@reddyfit/shared/errors';
import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import type { PhotoIssue, QualityCheckResult } from '@reddyfit/shared/scan/results';
import { createQualityCheckAgent, verdict } from './agent.ts';
import { inspectPhoto } from '../../body/photos/inspect.ts';
import { log } from '../../platform/logs.ts';
import type { Model, PhotoStore } from '../../ports.ts';
import { judgeOne, judgeSizes } from '../../body/vision/gate.ts';
import type { Sighting } from '../../body/vision/look.ts';
import type { Vision } from '../../body/vision/pool.ts';
import type { Activities } from '../../scan/activities.ts';
import { preparePhotos, readPhotos } from '../../body/photos/scan-photos.ts';

export interface QualityCheckOptions {
  /** Whether photos that pass are shown to the model, too, which judges what pixels can't: clothing, mirrors, photos of screens. */
  readonly askModel: boolean;
}

/**
 * Verdict on four photos, all four in one answer. A photo that is missing, unreadable, small, dark, bright, blurred, or does not show one
 * whole person upright from the asked side is rejected without asking the model, and what passed stays accepted when the model declines
 * to look. Throws when the threads that look at photos
 * fail: Temporal tries again.
 */
export function createQualityCheck(
  photos: PhotoStore,
  vision: Vision,
  model: Model,
  { askModel }: QualityCheckOptions,
  signal: () => AbortSignal,
) {
  const ask = createQualityCheckAgent(model);
  return async ({ scanId, photoUrls }: Parameters<Activities['qualityCheck']>[0]): Promise<QualityCheckResult> => {
    const stored = await readPhotos(photos, photoUrls);
    const sightings: Partial<Record<Angle, Sighting>> = {};
    const found = await Promise.all(
      ANGLES.map(async (angle): Promise<PhotoIssue[]> => {
        const photo = stored[angle];
        const byPixels = await inspectPhoto(angle, photo?.bytes ?? null, photo?.contentType);
        if (!photo || byPixels.length > 0) return byPixels;
        const sighting = await vision.look({ photo: photo.bytes, angle, outline: false }, 'gate', signal());
        sightings[angle] = sighting;
        return judgeOne(angle, sighting);
      }),
    );
    const issues = Object.fromEntries(ANGLES.map((angle, index) => [angle, found[index]!])) as Record<
      Angle,
      PhotoIssue[]
    >;
    for (const [angle, issue] of judgeSizes(sightings, issues)) issues[angle].push(issue);
    const byLooks = verdict(issues);
    if (!byLooks.accepted || !askModel) return byLooks;
    return ask({ photos: await preparePhotos(stored) }, signal()).catch((error: unknown) => {
      if (!(error instanceof ScanPipelineError && error.code === 'ModelRefusedError')) throw error;
      log('WARNING', 'model_refused', { scanId });
      return byLooks;
    });
  };
}
