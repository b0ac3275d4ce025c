/** Puts photos that show each other's side where they belong: sent in the wrong order, or mirrored by a front camera. */

import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import type { Examination } from './examine-photo.ts';
import { shownAngle } from './shown-angle.ts';

export type Examinations = Readonly<Record<Angle, Examination>>;

/** Sides that are taken for each other. */
const PAIRS = [
  ['left', 'right'],
  ['front', 'back'],
] as const satisfies readonly (readonly [Angle, Angle])[];

/** Exchanges two photos when each shows the other's side; one that only shows a wrong side stays where it is. Pure. */
export function arrangePhotos(examined: Examinations): Examinations {
  const arranged: Record<Angle, Examination> = { ...examined };
  for (const [one, other] of PAIRS) {
    if (shownBy(examined[one]) !== other || shownBy(examined[other]) !== one) continue;
    arranged[one] = { ...examined[other], sentAs: other };
    arranged[other] = { ...examined[one], sentAs: one };
  }
  return arranged;
}

/** The angles whose photos were sent as another. */
export function exchangedIn(examined: Examinations): Angle[] {
  return ANGLES.filter((angle) => examined[angle].sentAs !== undefined);
}

function shownBy({ pose }: Examination): Angle | undefined {
  const person = pose?.people[0];
  return person && pose.stance && shownAngle(person, pose.stance.faceFromNeck);
}
