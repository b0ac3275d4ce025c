/** How far a person leans in a photo. */

import type { Keypoint, Person } from './person.ts';

const between = (a: Keypoint, b: Keypoint) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/** Lean of the body's long axis, from between the ankles to between the shoulders (degrees, clockwise is positive). */
export function tiltDegrees({ joints }: Person): number {
  const top = between(joints.leftShoulder, joints.rightShoulder);
  const bottom = between(joints.leftAnkle, joints.rightAnkle);
  return (Math.atan2(top.x - bottom.x, bottom.y - top.y) * 180) / Math.PI;
}
