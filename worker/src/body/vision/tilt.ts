/** How far a person leans in a photo, and the photo turned so that they do not. */

import sharp from 'sharp';
import type { Joint, Keypoint, Person } from './person.ts';
import { type Picture, pictureOf } from './picture.ts';

const between = (a: Keypoint, b: Keypoint) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/** Lean of the body's long axis, from between the ankles to between the shoulders (degrees, clockwise is positive). */
export function tiltDegrees({ joints }: Person): number {
  const top = between(joints.leftShoulder, joints.rightShoulder);
  const bottom = between(joints.leftAnkle, joints.rightAnkle);
  return (Math.atan2(top.x - bottom.x, bottom.y - top.y) * 180) / Math.PI;
}

/** Picture and person turned upright. The corners that come free are filled from the edges' colour. */
export async function upright(
  picture: Picture,
  person: Person,
): Promise<{ picture: Picture; person: Person }> {
  const degrees = -tiltDegrees(person);
  const { width, height, pixels } = picture;
  const radians = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const { data, info } = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .affine(
      [
        [cos, -sin],
        [sin, cos],
      ],
      { background: '#808080', interpolator: 'bilinear' },
    ) // prettier-ignore
    .raw()
    .toBuffer({ resolveWithObject: true });
  const turn = ({ x, y, score }: Keypoint): Keypoint => {
    const [dx, dy] = [x - width / 2, y - height / 2];
    return { x: dx * cos - dy * sin + info.width / 2, y: dx * sin + dy * cos + info.height / 2, score };
  };
  const joints = Object.fromEntries(
    Object.entries(person.joints).map(([joint, point]) => [joint, turn(point)]),
  ) as Record<Joint, Keypoint>;
  return { picture: pictureOf(data, info.width, info.height), person: { ...person, joints } };
}
