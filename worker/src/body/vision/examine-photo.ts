/** Examines a photo: its file, pixels, pose and outline, and the copy for a model, all from one decoding. */

import type { Looked, Looks } from '@reddyfit/shared/gate/arrange-photos';
import type { Networks } from '@reddyfit/shared/gate/networks';
import type { Person } from '@reddyfit/shared/gate/person';
import type { Picture } from '@reddyfit/shared/gate/picture';
import { standUpright } from '@reddyfit/shared/gate/quarter-turns';
import type { Angle } from '@reddyfit/shared/scan/photos';
import { inspectPhoto } from '../photos/inspect.ts';
import { preparePhoto } from '../photos/prepare.ts';
import { releasePixels } from '../photos/release-pixels.ts';
import { hideFaces } from './hide-faces.ts';
import { pictureOf } from './picture.ts';
import { type OutlinedPose, readPose } from './pose.ts';

export interface ExaminationRequest {
  readonly photo: Uint8Array;
  readonly angle: Angle;
  /** The content type with which the photo was uploaded; null when none was given. */
  readonly declaredType: string | null;
  /** Whether a copy for a model is made, too, and whether it shows faces. */
  readonly copy: false | 'with faces' | 'faces hidden';
}

/** The result of a photo's examination. */
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

/** The four photos of a scan, examined. */
export type Examinations = Looks<Examination>;

/** Examines one photo. Calls `decoded` once the pixels are decoded; a long time before that call is the file's fault. */
export async function examinePhoto(
  networks: Networks,
  { photo, angle, declaredType, copy }: ExaminationRequest,
  decoded: () => void,
): Promise<Examination> {
  const bytes = Buffer.from(photo.buffer, photo.byteOffset, photo.byteLength);
  const inspected = await inspectPhoto(angle, bytes, declaredType, decoded);
  if (inspected.issue) return { issues: [inspected.issue] };
  const { file, pixels } = inspected;
  const picture = pictureOf(pixels.data, pixels.width, pixels.height);
  const { picture: upright, people } = await standUpright(networks, picture);
  const pose = await readPose(networks, upright, people, angle);
  const shown = copy && (await shownOf(upright, people, copy));
  // Nobody else has seen these pixels: the pose is numbers and the copy is a JPEG. Quarter turns that were tried in vain are left to the
  // garbage collector.
  releasePixels(pixels.data);
  releasePixels(upright.pixels);
  return {
    issues: [],
    pose,
    ...(shown && { copy: shown }),
    ...(file.taken.at && { takenAt: file.taken.at }),
  };
}

/**
 * The copy; the faces are hidden in the picture itself. Undefined when faces must be hidden and nobody was found: somebody may
 * be in the photo all the same.
 */
async function shownOf(
  picture: Picture,
  people: readonly Person[],
  copy: 'with faces' | 'faces hidden',
): Promise<Buffer | undefined> {
  const { width, height, pixels } = picture;
  const data = Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  if (copy === 'with faces') return preparePhoto({ data, width, height });
  if (people.length === 0) return undefined;
  await hideFaces(picture, people);
  return preparePhoto({ data, width, height });
}
