/** Which side of the body a photo shows, where that can be told. */

import type { Angle } from '../names/angles.ts';
import type { HeadColours } from './face.ts';
import { middle, type Person, tallness } from './person.ts';

/** Joints that come in pairs. */
const PAIRS = ['Ear', 'Shoulder', 'Elbow', 'Wrist', 'Hip', 'Knee', 'Ankle'] as const;

/** From here on a nose points to one side (from between the ears, share of the body's height): mannequins' do by 0.05, or by 0.01. */
const ASIDE = 0.03;

/** From here on a body is broad, wherever the head is turned to: the distances of all pairs, each as far as it is sure. */
const BROAD = 0.35;

/**
 * Colours of a head, as distances (see face.ts). Of 67 heads (24 mannequins, 10 bodies of anny, from both sides; one left out), faces were 0.01 to
 * 0.19 from skin and 0.4 to 2.6 from hair, backs of heads 0.0 to 0.62 from hair and, but for one, nearer to it than to skin; one in its own shade
 * was 1.3 from it. A phone before the face was 1.4 to 2.3 from both.
 */
const SKIN_WITHIN = 0.35;
const HAIR_WITHIN = 0.8;
const CLEARLY = 0.2;

/** Below it skin and hair of a person have one colour, and tell nothing. */
const TELLING = 0.3;

/**
 * From here on joints stand in the order of a front, or of a back below 0 (sum of the distances of all pairs). Bodies that are seen whole
 * stand in theirs by 0.6 or more, and in the wrong one where the head misleads the network: a blurred face by 0.9, long hair on a back by 1.
 */
const ORDERED = 0.35;

/**
 * The side that is shown, or null where a front and a back cannot be told apart: a face that is not seen (a phone before it, a mask, a blur,
 * an emoji) is a missing sign, and none of a back. So front and back each need a sign of their own, by colour, that the order of the joints does
 * not contradict; where skin and hair are alike, the joints decide if their order is clear. From the side the nose is far from between the ears,
 * and the joints of a pair lie behind each other.
 */
export function shownAngle(person: Person, head: HeadColours): Angle | null {
  const { nose, order, breadth } = signsOf(person);
  if (Math.abs(nose) > ASIDE && breadth < BROAD) return nose < 0 ? 'left' : 'right';
  if (head.skinFromHair >= TELLING) {
    const nearer = head.fromHair - head.fromSkin;
    if (head.fromSkin <= SKIN_WITHIN && nearer >= CLEARLY) return order > -ORDERED ? 'front' : null;
    if (head.fromHair <= HAIR_WITHIN && -nearer >= CLEARLY) return order < ORDERED ? 'back' : null;
    // It is neither skin nor hair: something is before it.
    if (Math.min(head.fromSkin, head.fromHair) > HAIR_WITHIN) return null;
  }
  if (Math.abs(order) < ORDERED) return null;
  return order > 0 ? 'front' : 'back';
}

/** How far the nose is from between the ears, how far joints stand in a front's order, and how far they are apart (shares of the body). */
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

/** Whether the joints stand in a back's order. */
export function standsAsBack(person: Person): boolean {
  return signsOf(person).order < -ORDERED;
}
