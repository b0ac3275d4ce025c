/** Everything that the gate says against the photos of a scan. */

import { ANGLES, type Angle } from '../names/angles.ts';
import { arrangePhotos, type Looks, shownBy } from './arrange-photos.ts';
import { judgeOne, judgeSizes } from './gate.ts';
import type { PhotoFault } from './photo-fault.ts';
import type { Pose } from './pose.ts';

/** Everything wrong with four photos, each by itself and as a set, once they are arranged (see arrange-photos.ts). Pure. */
export function faultsOf(looks: Looks): Record<Angle, PhotoFault[]> {
  const shown = shownBy(looks);
  const faults = Object.fromEntries(
    ANGLES.map((angle): [Angle, PhotoFault[]] => {
      const { issues, pose } = looks[angle];
      return [angle, pose ? judgeOne(angle, pose, shown[angle]) : [...issues]];
    }),
  ) as Record<Angle, PhotoFault[]>;
  const poses: Partial<Record<Angle, Pose>> = {};
  for (const angle of ANGLES) if (looks[angle].pose) poses[angle] = looks[angle].pose;
  for (const [angle, fault] of judgeSizes(poses, faults)) faults[angle].push(fault);
  return faults;
}

/** The same of the photos that are there already: as a set only once all four are. Pure. */
export function faultsSoFar(looks: Partial<Looks>): Partial<Record<Angle, PhotoFault[]>> {
  const known = ANGLES.flatMap((angle) => {
    const look = looks[angle];
    return look ? [[angle, look] as const] : [];
  });
  if (known.length === ANGLES.length) return faultsOf(arrangePhotos(looks as Looks));
  return Object.fromEntries(
    known.map(([angle, { issues, pose }]) => [angle, pose ? judgeOne(angle, pose) : [...issues]]),
  );
}
