/** Takes from the examinations of a scan's four photos what the steps need. */

import { ScanPipelineError } from '@reddyfit/shared/errors';
import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import type { WaivableIssue } from '@reddyfit/shared/scan/results';
import type { PhotoDataUrls } from '../../model/ask.ts';
import type { Silhouette } from '../vision/silhouette.ts';
import type { Examinations } from '../vision/examination.ts';

/** Throws InvalidImageError, which names the photo, when the file or the pixels of one of the four photos have a fault. */
export function requireUsable(examinations: Examinations): void {
  for (const angle of ANGLES) {
    const [issue] = examinations[angle].issues;
    if (issue) throw new ScanPipelineError('InvalidImageError.photo', { params: { angle } });
  }
}

/**
 * Data URLs of the copies of a scan's photos for a model. A photo in which nobody was found has no copy when faces are hidden, since
 * none could be hidden in it: it is left out where the scan lets `not_a_person` pass, and else InvalidImageError is thrown, which
 * names the photo. Throws Error when the examinations were made without copies.
 */
export function photosForModel(
  examinations: Examinations,
  { without = [] }: { readonly without?: readonly WaivableIssue[] | undefined } = {},
): PhotoDataUrls {
  const shown: PhotoDataUrls = {};
  for (const angle of ANGLES) {
    const { copy, pose } = examinations[angle];
    if (copy) shown[angle] = dataUrl(copy);
    else if (pose?.people.length !== 0)
      throw new Error(`the ${angle} photo was examined without a copy for a model`);
    else if (!without.includes('not_a_person'))
      throw new ScanPipelineError('InvalidImageError.photo', { params: { angle } });
  }
  return shown;
}

/** The outlines of the people in all four photos, or null when a photo shows nobody or its outline cannot be followed. */
export function silhouettesOf(examinations: Examinations): Record<Angle, Silhouette> | null {
  const known = ANGLES.every((angle) => examinations[angle].pose?.silhouette);
  return known ? byAngle((angle) => examinations[angle].pose!.silhouette!) : null;
}

/** A JPEG as a data URL. */
const dataUrl = (jpeg: Uint8Array): string =>
  `data:image/jpeg;base64,${Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength).toString('base64')}`;

function byAngle<Value>(of: (angle: Angle) => Value): Record<Angle, Value> {
  return Object.fromEntries(ANGLES.map((angle) => [angle, of(angle)])) as Record<Angle, Value>;
}
