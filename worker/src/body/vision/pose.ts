/** The pose in one photo: who is in it, how they stand, and their outline. */

import type { Angle } from '@reddyfit/shared/scan/photos';
import { armGap } from './arm-gap.ts';
import { headColours, type HeadColours, legColour } from './face.ts';
import { middle, type Person, tallness } from './person.ts';
import { maskPerson, type PersonMask } from './person-mask.ts';
import type { Models } from './models.ts';
import type { Picture } from './picture.ts';
import { type Silhouette, traceSilhouette } from './silhouette.ts';
import { tiltDegrees, upright } from './tilt.ts';

/** Who is in one photo and how they stand. Plain numbers: it goes from process to process. */
export interface Pose {
  /** Size of the photo as it was looked at (px); all places are in it. */
  readonly width: number;
  readonly height: number;
  /** The surest first. */
  readonly people: readonly Person[];
  /** How the first of them stands; absent when there is none. */
  readonly stance?: Stance;
  /** The first one's outline, in a copy of the photo turned upright; absent when there is none or it can't be followed. */
  readonly silhouette?: Silhouette;
}

export interface Stance {
  /** Lean of the body's long axis (degrees, clockwise). */
  readonly tiltDegrees: number;
  /** Whether the head's middle has the colour of skin or of hair (see face.ts). */
  readonly head: HeadColours;
  /** The shins' colour (red, green, blue, 0–255). */
  readonly legs: readonly number[];
  /** Highest and lowest row in which the person is seen (px). */
  readonly top: number;
  readonly bottom: number;
  /** Share (0–1) of the rows from elbows to below the hips in which wall shows between trunk and arm, on the worse side. */
  readonly armGap: number;
}

/** Share of the width between the outermost joints: on an edge, more is a body that goes on beyond it. */
const SEEN_ACROSS = 0.1;

const isProfile = (angle: Angle) => angle === 'left' || angle === 'right';

/** The pose in a picture that was turned by quarters until people stand in it (see quarter-turns.ts). */
export async function readPose(
  models: Models,
  picture: Picture,
  people: readonly Person[],
  angle: Angle,
): Promise<Pose> {
  const { width, height } = picture;
  const [person] = people;
  if (!person) return { width, height, people };
  const stance = stanceOf(person, await maskPerson(models.person, picture, person), picture);
  const turned = await upright(picture, person);
  const mask = await maskPerson(models.person, turned.picture, turned.person);
  const silhouette = silhouetteOf(turned, mask, isProfile(angle));
  return { width, height, people, stance, ...(silhouette && { silhouette }) };
}

/** Undefined when the joints lie where no outline can be followed. */
function silhouetteOf(
  { picture, person }: { picture: Picture; person: Person },
  mask: PersonMask,
  profile: boolean,
): Silhouette | undefined {
  try {
    return traceSilhouette(picture, mask, person, profile);
  } catch {
    return undefined;
  }
}

function stanceOf(person: Person, mask: PersonMask, picture: Picture): Stance {
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
  return {
    tiltDegrees: tiltDegrees(person),
    head: headColours(picture, person),
    legs: legColour(picture, person),
    // Joints beyond an edge are guessed within it, so what is seen on the edge counts, too.
    top: seenAcross(person, mask, 1) ? 0 : top,
    bottom: seenAcross(person, mask, height - 2) ? height - 1 : bottom,
    armGap: armGap(picture, person, mask),
  };
}

/** Whether the person is seen in a row that should be above or below them. */
function seenAcross({ joints }: Person, mask: PersonMask, y: number): boolean {
  const xs = Object.values(joints).map(({ x }) => x);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  let seen = 0;
  for (let x = left; x <= right; x++) if (mask.at(x, y) > 0.5) seen++;
  return seen > SEEN_ACROSS * (right - left);
}
