/** Which side of the body a photo shows. */

import type { Angle } from '@reddyfit/shared/photos';
import { middle, type Person, tallness } from './person.ts';

/** Joints that come in pairs. */
const PAIRS = ['Ear', 'Shoulder', 'Elbow', 'Wrist', 'Hip', 'Knee', 'Ankle'] as const;

/** From here on a nose points to one side (from between the ears, share of the body's height): mannequins' do by 0.05, or by 0.01. */
const ASIDE = 0.03;

/** From here on a body is broad, wherever the head is turned to: the distances of all pairs, each as far as it is sure. */
const BROAD = 0.35;

/** A nose's score (0–1) between those of noses that are seen and those that are guessed from behind. */
const SEEN_NOSE = 0.58;

/** From here on a face looks like hair: what `faceFromNeck` measures of mannequins is 0 to 0.15 from the front, 0.8 to 3 from behind. */
const HAIR = 0.45;

/**
 * From the side the nose is far from between the ears, and the joints of a pair lie behind each other. Front and back are told
 * apart by two of three: left joints lie right of the right ones from the front, a nose is seen, and the face has the colour of
 * the neck (`faceFromNeck`, see face.ts).
 */
export function shownAngle(person: Person, faceFromNeck: number): Angle {
  const { joints } = person;
  const tall = tallness(person);
  const apart = PAIRS.map((pair) => {
    const [left, right] = [joints[`left${pair}`], joints[`right${pair}`]];
    return ((left.x - right.x) / tall) * Math.min(left.score, right.score);
  });
  const nose = (joints.nose.x - middle(person, ['leftEar', 'rightEar'], 'x')) / tall;
  const breadth = apart.reduce((sum, each) => sum + Math.abs(each), 0);
  if (Math.abs(nose) > ASIDE && breadth < BROAD) return nose < 0 ? 'left' : 'right';
  const order = apart.reduce((sum, each) => sum + each, 0);
  const forFront = [order > 0, joints.nose.score > SEEN_NOSE, faceFromNeck < HAIR].filter(Boolean);
  return forFront.length >= 2 ? 'front' : 'back';
}
