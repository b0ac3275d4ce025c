/** What the steps take from the examinations of a scan's four photos. */

import { ScanPipelineError } from '@reddyfit/shared/errors';
import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import type { Silhouette } from '../vision/silhouette.ts';
import type { Examinations } from '../vision/examine-photo.ts';

/** InvalidImageError, which names the photo, when one of the four can't be used for its file or its pixels. */
export function requireUsable(examinations: Examinations): void {
  for (const angle of ANGLES) {
    const [issue] = examinations[angle].issues;
    if (issue) throw new ScanPipelineError('InvalidImageError.photo', { params: { angle } });
  }
}

/**
 * Data URLs of all four, as a model gets to see them. InvalidImageError, which names the photo, when nobody was found in one, so that no face could
 * be hidden in it; throws when the examinations were made without copies.
 */
export function photosForModel(examinations: Examinations): Record<Angle, string> {
  return byAngle((angle) => {
    const { copy, pose } = examinations[angle];
    if (!copy && pose?.people.length === 0)
      throw new ScanPipelineError('InvalidImageError.photo', { params: { angle } });
    if (!copy) throw new Error(`the ${angle} photo was examined without a copy for a model`);
    return dataUrl(copy);
  });
}

/** The outlines of all four, or null when one shows nobody or can't be followed. */
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
