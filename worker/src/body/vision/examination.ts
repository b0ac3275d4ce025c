/** What is asked of the examination of a photo, and what it gives. */

import type { Looked, Looks } from '@reddyfit/shared/gate/arrange-photos';
import type { Angle } from '@reddyfit/shared/scan/photos';
import type { OutlinedPose } from './pose.ts';
import type { Silhouette } from './silhouette.ts';

export interface ExaminationRequest {
  readonly photo: Uint8Array;
  readonly angle: Angle;
  /** The content type with which the photo was uploaded; null when none was given. */
  readonly declaredType: string | null;
  /** Whether a copy for a model is made, too, and whether it shows faces. */
  readonly copy: false | 'with faces' | 'faces hidden';
}

/** The result of a photo's examination. After the look alone, its pose has no outline. */
export interface Examination extends Looked {
  readonly pose?: OutlinedPose;
  /**
   * The copy that a model sees and that is kept: an upright JPEG without metadata. Absent when the request asked for
   * none, and when faces must be hidden but nobody was found in the photo.
   */
  readonly copy?: Uint8Array;
  /** When the photo was taken, by the camera's clock, without a time zone. */
  readonly takenAt?: string;
}

/** The examination of a photo that was outlined after the look. */
export function withOutline(examination: Examination, silhouette: Silhouette | undefined): Examination {
  const { pose } = examination;
  return pose && silhouette ? { ...examination, pose: { ...pose, silhouette } } : examination;
}

/** The four photos of a scan, examined. */
export type Examinations = Looks<Examination>;
