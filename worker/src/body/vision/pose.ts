/** The pose in one photo as the gate reads it, and the outline of the person in it, as the ruler needs it. */

import type { Networks } from '@reddyfit/shared/gate/networks';
import type { Person } from '@reddyfit/shared/gate/person';
import { maskPerson, type PersonMask } from '@reddyfit/shared/gate/person-mask';
import type { Picture } from '@reddyfit/shared/gate/picture';
import type { Pose } from '@reddyfit/shared/gate/pose';
import type { Angle } from '@reddyfit/shared/scan/photos';
import { releasePixels } from '../photos/release-pixels.ts';
import { castShadow } from './cast-shadow.ts';
import { coverOf } from './cover.ts';
import { litWhereShadow } from './light-shadow.ts';
import { navelSigns } from './navel.ts';
import { type Silhouette, traceSilhouette } from './silhouette.ts';
import { upright } from './upright.ts';

export interface OutlinedPose extends Pose {
  /**
   * The outline of the first person, in a copy of the photo turned upright; absent when there is no person or no
   * outline can be followed, and as long as the photo was only looked at.
   */
  readonly silhouette?: Silhouette;
}

const isProfile = (angle: Angle) => angle === 'left' || angle === 'right';

/**
 * The outline of a person in a picture that was turned by quarters until people stand in it (see quarter-turns.ts);
 * undefined when none can be followed. Leaves the picture as it is.
 */
export async function outlineIn(
  networks: Pick<Networks, 'person'>,
  picture: Picture,
  person: Person,
  angle: Angle,
): Promise<Silhouette | undefined> {
  const turned = await upright(picture, person);
  const { pixels } = turned.picture;
  let mask = await maskPerson(networks, turned.picture, turned.person);
  const shadow = castShadow(turned.picture, mask, turned.person);
  // The network looks again, at the wall without the shadow that it may have taken for body.
  if (shadow) {
    pixels.set(litWhereShadow(turned.picture, shadow));
    mask = await maskPerson(networks, turned.picture, turned.person);
  }
  const silhouette = silhouetteOf(turned, mask, isProfile(angle));
  releasePixels(pixels);
  return silhouette;
}

/** The outline; undefined when the joints lie where none can be followed. */
function silhouetteOf(
  { picture, person }: { picture: Picture; person: Person },
  mask: PersonMask,
  profile: boolean,
): Silhouette | undefined {
  try {
    const traced = traceSilhouette(picture, mask, person, profile);
    const cover = coverOf(picture, person, traced);
    const silhouette = cover ? { ...traced, cover } : traced;
    // A front and a back may have been exchanged: which of the two this is, is not known yet.
    const navel = profile ? undefined : navelSigns(picture, person, silhouette);
    return navel ? { ...silhouette, navel } : silhouette;
  } catch {
    return undefined;
  }
}
