/**
 * Computes how many pixels tall a body is in each photo, from the distance between its crown, less hair, and the joints
 * of its ankles, less what the photos tell of how much too low these were placed (ankles.ts).
 */

import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import { anklesReadTooLow } from './ankles.ts';
import type { Silhouette } from './silhouette.ts';

/** The scale of one photo. */
export interface Scale {
  /** Sole to crown, without hair, at the body's middle (px). */
  readonly bodyPx: number;
  /** Row of the soles below the body's middle (px). */
  readonly soles: number;
  /**
   * By how much this photo shows the trunk higher than it is (share of the body's height); 0 or absent when that is not
   * known.
   */
  readonly up?: number;
}

/**
 * The distance from the crown, with hair, down to the ankles' joints as the network places them, and the distance from
 * there to the floor below the body's middle (shares of the body's height). The soles are not used as a measure: a
 * camera above the floor sees toes, heels and the nearer foot lower than the body's middle stands, and by how much
 * depends on how near the camera is. The ankles stand below the body's middle. Means of 116 bodies of anny 0.6.2
 * photographed by hand from 1.8 to 3.5 m.
 */
export const CROWN_TO_ANKLES: Readonly<Record<Angle, number>> = {
  front: 0.938,
  back: 0.969,
  left: 0.958,
  right: 0.958,
};
export const ANKLES_ABOVE_FLOOR: Readonly<Record<Angle, number>> = {
  front: 0.062,
  back: 0.041,
  left: 0.046,
  right: 0.046,
};

/**
 * Standard uncertainty (share) of the scale of a pair of photos. It is common to all levels and comes from hair, from
 * joints, and from a camera that looks up or down. On the same bodies the scale of one photo errs by 0.007 (front) to
 * 0.0095 (right), with a correlation of 0.3 between photos; by the outline's soles the error was 0.008 to 0.028. On
 * mannequins, whose feet and heads are different, the four means differ by 0.01 or less.
 */
export const SCALE_SD = 0.011;

/** Levels of the hips' joints in each photo (shares of the body's height, means of 273 bodies of anny). */
const HIPS: Readonly<Record<Angle, number>> = { front: 0.5404, back: 0.5337, left: 0.5334, right: 0.53 };

/**
 * The four photos show the same body. Where the hips of one photo lie higher than those of the others, its camera
 * looked down or up more than theirs, which moves the whole trunk. CAMERA is the share of that difference that is
 * attributed to the camera. The camera makes 0.009 of the height (one standard deviation) and the joint's place in a
 * photo 0.0065, from which the share would be 0.65; from 0.35 to 0.65 the errors of the girths of 285 bodies are alike.
 */
const CAMERA = 0.5;

export function scalesOf(silhouettes: Readonly<Record<Angle, Silhouette>>): Readonly<Record<Angle, Scale>> {
  const seen = Object.fromEntries(
    ANGLES.map((angle) => {
      const { crown, ankles } = silhouettes[angle];
      return [angle, (ankles - crown) / CROWN_TO_ANKLES[angle]];
    }),
  ) as Record<Angle, number>;
  const tooLow = anklesReadTooLow(silhouettes, seen);
  const standing = (angle: Angle): Scale => {
    const bodyPx = seen[angle] * (1 - tooLow);
    const toFloor = CROWN_TO_ANKLES[angle] + ANKLES_ABOVE_FLOOR[angle];
    return { bodyPx, soles: silhouettes[angle].crown + toFloor * bodyPx };
  };
  const scales = Object.fromEntries(ANGLES.map((angle) => [angle, standing(angle)])) as Record<Angle, Scale>;
  const higher = ANGLES.map((angle) => {
    const { hips } = silhouettes[angle];
    const { soles, bodyPx } = scales[angle];
    return hips === undefined ? null : (soles - hips) / bodyPx - HIPS[angle];
  });
  const known = higher.filter((each) => each !== null);
  const mean = known.reduce((sum, each) => sum + each, 0) / (known.length || 1);
  return Object.fromEntries(
    ANGLES.map((angle, i) => {
      const { bodyPx, soles } = scales[angle];
      const up = higher[i] === null ? 0 : CAMERA * (higher[i]! - mean);
      return [angle, { bodyPx, soles, up }];
    }),
  ) as Record<Angle, Scale>;
}
