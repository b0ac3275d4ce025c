/** Collects the faults that the gate finds in the photos of a scan. */

import { ANGLES, type Angle } from '../names/angles.ts';
import { arrangePhotos, type Looks, shownBy } from './arrange-photos.ts';
import { judgeOne, judgeSizes } from './gate.ts';
import type { PhotoFault } from './photo-fault.ts';
import type { Pose } from './pose.ts';

/** The faults of four arranged photos (see arrange-photos.ts), of each by itself and of the four as a set. Pure. */
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

/**
 * The faults of the photos that exist so far. Each photo is judged by itself until all four exist; then they are arranged and
 * judged as a set, too. Pure.
 */
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
