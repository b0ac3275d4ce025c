/**
 * Examines a photo from one decoding, in two parts. The look, for which a verdict waits, gives its faults, the pose and the copy
 * for a model. The outline, which only the measurement needs, takes longer and comes after.
 */

import type { Networks } from '@reddyfit/shared/gate/networks';
import type { Person } from '@reddyfit/shared/gate/person';
import type { Picture } from '@reddyfit/shared/gate/picture';
import { poseIn } from '@reddyfit/shared/gate/pose';
import { standUpright } from '@reddyfit/shared/gate/quarter-turns';
import type { Angle } from '@reddyfit/shared/scan/photos';
import { inspectPhoto } from '../photos/inspect.ts';
import { preparePhoto } from '../photos/prepare.ts';
import { releasePixels } from '../photos/release-pixels.ts';
import type { Examination, ExaminationRequest } from './examination.ts';
import { hideFaces } from './hide-faces.ts';
import { pictureOf } from './picture.ts';
import { outlineIn } from './pose.ts';
import type { Silhouette } from './silhouette.ts';

/**
 * Somebody in a photo who may be outlined. It holds the photo's pixels, at most 1600 px high or wide: 5.8 MB where the photo has
 * the sides 3:4.
 */
export interface Figure {
  readonly picture: Picture;
  readonly person: Person;
  readonly angle: Angle;
}

/** What a look found; the figure is absent where there is nobody to outline. */
export interface PhotoLook {
  readonly examination: Examination;
  readonly figure?: Figure;
}

/**
 * Looks at one photo. Calls `decoded` once the pixels are decoded; a long time before that call is the file's fault. The caller
 * outlines the figure or releases it.
 */
export async function lookAtPhoto(
  networks: Networks,
  { photo, angle, declaredType, copy }: ExaminationRequest,
  decoded: () => void,
): Promise<PhotoLook> {
  const bytes = Buffer.from(photo.buffer, photo.byteOffset, photo.byteLength);
  const inspected = await inspectPhoto(angle, bytes, declaredType, decoded);
  if (inspected.issue) return { examination: { issues: [inspected.issue] } };
  const { file, pixels } = inspected;
  const picture = pictureOf(pixels.data, pixels.width, pixels.height);
  const { picture: upright, people } = await standUpright(networks, picture);
  // Quarter turns that were tried in vain are left to the garbage collector.
  if (upright !== picture) releasePixels(pixels.data);
  const pose = await poseIn(networks, upright, people);
  const shown = copy && (await shownOf(upright, people, copy));
  const [person] = people;
  if (!person) releasePixels(upright.pixels);
  return {
    examination: {
      issues: [],
      pose,
      ...(shown && { copy: shown }),
      ...(file.taken.at && { takenAt: file.taken.at }),
    },
    ...(person && { figure: { picture: upright, person, angle } }),
  };
}

/** Outlines somebody and releases the photo's pixels. Undefined when no outline can be followed. */
export async function outlineFigure(
  networks: Pick<Networks, 'person'>,
  figure: Figure,
): Promise<Silhouette | undefined> {
  try {
    return await outlineIn(networks, figure.picture, figure.person, figure.angle);
  } finally {
    releaseFigure(figure);
  }
}

/** Releases the pixels of a figure that is not outlined: nobody else has seen them, the pose is numbers and the copy a JPEG. */
export function releaseFigure({ picture }: Figure): void {
  releasePixels(picture.pixels);
}

/**
 * The copy. Faces are hidden in the picture itself and put back, since the outline is still to be followed in it. Undefined when
 * faces must be hidden and nobody was found: somebody may be in the photo all the same.
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
  const putBack = await hideFaces(picture, people);
  const jpeg = await preparePhoto({ data, width, height });
  putBack();
  return jpeg;
}
