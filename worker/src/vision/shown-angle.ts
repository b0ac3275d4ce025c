/** Which side of the body a photo shows. */

import type { Angle } from '@reddyfit/shared/photos';
import { middle, type Person, tallness } from './people.ts';

/** Joints that come in pairs. */
const PAIRS = ['Ear', 'Shoulder', 'Elbow', 'Wrist', 'Hip', 'Knee', 'Ankle'] as const;

/** From here on front or back is shown: of 30 mannequins all fronts were above 0.6, backs below -0.3, profiles within 0.13. */
const BROAD = 0.21;

/**
 * From the front left joints lie right of the right ones, from behind left of them, and from the side before or behind them: their
 * distances (share of the body's height) are added up, each as far as the network is sure of both. Profiles look to one side.
 */
export function shownAngle(person: Person): Angle {
  const tall = tallness(person);
  const broad = PAIRS.map((pair) => {
    const [left, right] = [person.joints[`left${pair}`], person.joints[`right${pair}`]];
    return ((left.x - right.x) / tall) * Math.min(left.score, right.score);
  }).reduce((sum, part) => sum + part, 0);
  if (Math.abs(broad) >= BROAD) return broad > 0 ? 'front' : 'back';
  return person.joints.nose.x < middle(person, ['leftEar', 'rightEar'], 'x') ? 'left' : 'right';
}
