/** Finds out which side of the body a photo shows, when that can be told. */

import type { Angle } from '../names/angles.ts';
import type { HeadColours } from './face.ts';
import { middle, type Person, tallness } from './person.ts';

/** Joints that come in pairs. */
const PAIRS = ['Ear', 'Shoulder', 'Elbow', 'Wrist', 'Hip', 'Knee', 'Ankle'] as const;

/**
 * A nose that is further than this from the middle between the ears (share of the body's height) points to one side. The
 * noses of mannequins are 0.05 away in photos from the side, and 0.01 in others.
 */
const ASIDE = 0.03;

/**
 * From this breadth on a body is seen from the front or from behind, wherever the head is turned to. The breadth is the sum
 * of the distances between the joints of all pairs (shares of the body's height), each weighted by its certainty.
 */
const BROAD = 0.35;

/**
 * Limits for the distances of a head's colours (see face.ts). They come from 67 heads (24 mannequins and 10 bodies of the body
 * model anny, from both sides; one left out). Faces were 0.01 to 0.19 from skin and 0.4 to 2.6 from hair. Backs of heads were
 * 0.0 to 0.62 from hair and, except for one, nearer to hair than to skin; one that lay in its own shade was 1.3 from hair. A
 * phone in front of the face was 1.4 to 2.3 from both.
 */
const SKIN_WITHIN = 0.35;
const HAIR_WITHIN = 0.8;
const CLEARLY = 0.2;

/** When skin and hair of a person are nearer to each other than this, their colours tell nothing. */
const TELLING = 0.3;

/**
 * From this sum of the signed distances of all pairs on, the joints are in the order of a front; from its negative on, in that
 * of a back. Bodies that are seen whole have 0.6 or more in the right order. When the head misleads the network, the order is
 * the wrong one: by 0.9 with a blurred face, by 1 with long hair on a back.
 */
const ORDERED = 0.35;

/**
 * The side that is shown, or null when front and back cannot be told apart. A face that is not visible (because of a phone in
 * front of it, a mask, a blur, an emoji) does not prove that the photo shows a back. Front and back therefore each need a sign
 * of their own, by colour, which the order of the joints must not contradict. When colours do not decide, for example because
 * skin and hair are alike, the joints decide if their order is clear. From the side the nose is far from the middle between
 * the ears, and the joints of a pair lie behind each other.
 */
export function shownAngle(person: Person, head: HeadColours): Angle | null {
  const { nose, order, breadth } = signsOf(person);
  if (Math.abs(nose) > ASIDE && breadth < BROAD) return nose < 0 ? 'left' : 'right';
  if (head.skinFromHair >= TELLING) {
    const nearer = head.fromHair - head.fromSkin;
    if (head.fromSkin <= SKIN_WITHIN && nearer >= CLEARLY) return order > -ORDERED ? 'front' : null;
    if (head.fromHair <= HAIR_WITHIN && -nearer >= CLEARLY) return order < ORDERED ? 'back' : null;
    // The head's middle has neither the colour of skin nor that of hair: something is in front of it.
    if (Math.min(head.fromSkin, head.fromHair) > HAIR_WITHIN) return null;
  }
  if (Math.abs(order) < ORDERED) return null;
  return order > 0 ? 'front' : 'back';
}

/**
 * The signs of a side (shares of the body's height): how far the nose is from the middle between the ears, how much the joints
 * are in the order of a front, and how far they are apart.
 */
function signsOf(person: Person): { nose: number; order: number; breadth: number } {
  const { joints } = person;
  const tall = tallness(person);
  const apart = PAIRS.map((pair) => {
    const [left, right] = [joints[`left${pair}`], joints[`right${pair}`]];
    return ((left.x - right.x) / tall) * Math.min(left.score, right.score);
  });
  return {
    nose: (joints.nose.x - middle(person, ['leftEar', 'rightEar'], 'x')) / tall,
    order: apart.reduce((sum, each) => sum + each, 0),
    breadth: apart.reduce((sum, each) => sum + Math.abs(each), 0),
  };
}

/** True when the body is seen from the front or from behind, wherever the head is turned to, and whether it is seen. */
export function isBroad(person: Person): boolean {
  return signsOf(person).breadth >= BROAD;
}

/** True when the joints are in the order of a back. */
export function standsAsBack(person: Person): boolean {
  return signsOf(person).order < -ORDERED;
}
