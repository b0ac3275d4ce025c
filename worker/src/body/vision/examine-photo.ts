/** The one examination of a photo: file, pixels, pose, outline and the copy for a model, from one decoding. */

import type { Angle } from '@reddyfit/shared/scan/photos';
import type { PhotoFault } from '../photos/fault.ts';
import { inspectPhoto } from '../photos/inspect.ts';
import { preparePhoto } from '../photos/prepare.ts';
import type { Models } from './models.ts';
import { pictureOf } from './picture.ts';
import { type Pose, readPose } from './pose.ts';
import { standUpright } from './quarter-turns.ts';

export interface ExaminationRequest {
  readonly photo: Uint8Array;
  readonly angle: Angle;
  /** The content type that it was uploaded with, or null where nothing was said. */
  readonly declaredType: string | null;
  /** Whether a copy for a model is made, too. */
  readonly copy: boolean;
}

/** What is known of one photo after its examination. */
export interface Examination {
  /** What is wrong with its file, its light or its sharpness; when there is anything, nobody has looked who is in it. */
  readonly issues: readonly PhotoFault[];
  readonly pose?: Pose;
  /** What a model gets to see: a JPEG, upright, without metadata. Only where it was asked for. */
  readonly copy?: Uint8Array;
  /** The angle that it was uploaded as, where it shows another and was put in that one's place. */
  readonly sentAs?: Angle;
  /** When it was taken, by the camera's clock, without a time zone. */
  readonly takenAt?: string;
}

/** Calls `decoded` once the pixels are there: what takes long before that is the file's fault. */
export async function examinePhoto(
  models: Models,
  { photo, angle, declaredType, copy }: ExaminationRequest,
  decoded: () => void,
): Promise<Examination> {
  const bytes = Buffer.from(photo.buffer, photo.byteOffset, photo.byteLength);
  const inspected = await inspectPhoto(angle, bytes, declaredType, decoded);
  if (inspected.issue) return { issues: [inspected.issue] };
  const { file, pixels } = inspected;
  const picture = pictureOf(pixels.data, pixels.width, pixels.height);
  const { picture: upright, people } = await standUpright(models, picture);
  const pose = await readPose(models, upright, people, angle);
  const { width, height, pixels: data } = upright;
  return {
    issues: [],
    pose,
    ...(copy && { copy: await preparePhoto({ data, width, height }) }),
    ...(file.taken.at && { takenAt: file.taken.at }),
  };
}
