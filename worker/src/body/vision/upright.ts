/** Turns a photo so that its person does not lean. */

import type { Joint, Keypoint, Person } from '@reddyfit/shared/gate/person';
import type { Picture } from '@reddyfit/shared/gate/picture';
import { tiltDegrees } from '@reddyfit/shared/gate/tilt';
import sharp from 'sharp';
import { pictureOf } from './picture.ts';

/** Turns picture and person upright. The corners that come free are filled with grey. */
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
