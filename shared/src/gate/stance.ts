/** Describes how a person stands in a photo, from their joints, their mask and the colours of the picture. */

import { armGap } from './arm-gap.ts';
import { crownInPhoto } from './crown-in-photo.ts';
import { headColours, type HeadColours, legColour } from './face.ts';
import { middle, type Person, tallness } from './person.ts';
import type { PersonMask } from './person-mask.ts';
import type { PicturePixels } from './picture.ts';
import { solesInPhoto } from './soles-in-photo.ts';
import { tiltDegrees } from './tilt.ts';

export interface Stance {
  /** Lean of the body's long axis (degrees, clockwise). */
  readonly tiltDegrees: number;
  /** How the head's middle differs in colour from skin and from hair (see face.ts). */
  readonly head: HeadColours;
  /** The shins' colour (red, green, blue, 0–255). */
  readonly legs: readonly number[];
  /** Highest and lowest row in which the person is seen (px). */
  readonly top: number;
  readonly bottom: number;
  /** Share (0–1) of rows in which wall shows between trunk and arm, on the side where it is smaller (see arm-gap.ts). */
  readonly armGap: number;
}

/**
 * When a person is seen along more than this share of the width between the outermost joints in a row at the photo's edge, the
 * body goes on beyond that edge.
 */
const SEEN_ACROSS = 0.1;

/**
 * Where the mask reaches so near the upper or the lower edge (its own pixels), the photo's pixels tell whether there is wall above the
 * head, and floor below the feet.
 */
const NEAR_EDGE = 3;

/** How `person` stands. Pure. */
export function stanceOf(person: Person, mask: PersonMask, picture: PicturePixels): Stance {
  const { height } = picture;
  const tall = tallness(person);
  const head = middle(person, ['leftEar', 'rightEar'], 'x');
  const feet = [person.joints.leftAnkle.x, person.joints.rightAnkle.x];
  const shown = (x: number, y: number) =>
    [-0.015, 0, 0.015].some((share) => mask.at(x + share * tall, y) > 0.5);
  let top = middle(person, ['leftEye', 'rightEye'], 'y');
  while (top > 1 && shown(head, top - 1)) top--;
  let bottom = middle(person, ['leftKnee', 'rightKnee'], 'y');
  const lowest = Math.min(height - 1, middle(person, ['leftAnkle', 'rightAnkle'], 'y') + 0.1 * tall);
  while (bottom < lowest && feet.some((x) => shown(x, bottom + 1))) bottom++;
  // The network guesses joints that lie beyond an edge to be inside the photo, so a body that is seen along an edge counts as cut
  // off, too.
  const seenTop = seenAcross(person, mask, 1) ? 0 : top;
  const crown = seenTop <= NEAR_EDGE * mask.coarseness ? crownInPhoto(picture, person) : null;
  const seenBottom = seenAcross(person, mask, height - 2) ? height - 1 : bottom;
  const atEdge = seenBottom >= height - 1 - NEAR_EDGE * mask.coarseness;
  const soles = atEdge ? solesInPhoto(picture, person) : null;
  return {
    tiltDegrees: tiltDegrees(person),
    head: headColours(picture, person),
    legs: legColour(picture, person),
    top: Math.max(seenTop, crown ?? 0),
    bottom: Math.min(seenBottom, soles ?? height),
    armGap: armGap(picture, person, mask),
  };
}

/** True when the person is seen in a row that should be above or below them. */
function seenAcross({ joints }: Person, mask: PersonMask, y: number): boolean {
  const xs = Object.values(joints).map(({ x }) => x);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  let seen = 0;
  for (let x = left; x <= right; x++) if (mask.at(x, y) > 0.5) seen++;
  return seen > SEEN_ACROSS * (right - left);
}
