/** The worker's quality check on four photos: pixels, pose, verdict. */

import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import type { PhotoIssue } from '@reddyfit/shared/scan/results';
import { issuesOf } from '../../worker/src/steps/quality-check/activity.ts';
import type { PhotoExaminer } from '../../worker/src/body/vision/examiner-pool.ts';
import type { Examination, Examinations } from '../../worker/src/body/vision/examination.ts';

/** An examiner of photos: the worker's own, or one that remembers its results. */
export type Examiner = Pick<PhotoExaminer, 'examine'>;

/** The four photos of a scan, examined as a worker without a visual model does. */
export async function examineAll(examiner: Examiner, photos: Record<Angle, Buffer>): Promise<Examinations> {
  const examined = await Promise.all(
    ANGLES.map((angle) =>
      examiner.examine({ photo: photos[angle], angle, declaredType: 'image/jpeg', copy: false }),
    ),
  );
  return Object.fromEntries(ANGLES.map((angle, i) => [angle, examined[i]!])) as Record<Angle, Examination>;
}

/** The issues of each photo that the quality check's activity finds without a model. */
export async function gate(
  examiner: Examiner,
  photos: Record<Angle, Buffer>,
): Promise<Record<Angle, PhotoIssue[]>> {
  return issuesOf(await examineAll(examiner, photos));
}
