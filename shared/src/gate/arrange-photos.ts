/** Exchanges photos that show each other's side, because they were sent in the wrong order or mirrored by a front camera. */

import { ANGLES, type Angle } from '../names/angles.ts';
import { distance, SAME_COLOUR } from './face.ts';
import type { PhotoFault } from './photo-fault.ts';
import type { Pose } from './pose.ts';
import { shownAngle, standsAsBack } from './shown-angle.ts';

/** What a look at one photo found. */
export interface Looked {
  /** Faults of the photo's file, light or sharpness. A photo with such a fault was not searched for people. */
  readonly issues: readonly PhotoFault[];
  readonly pose?: Pose;
  /** The angle as which the photo was sent, when it was exchanged because it shows another side. */
  readonly sentAs?: Angle;
}

/** The four photos of a scan. */
export type Looks<Look extends Looked = Looked> = Readonly<Record<Angle, Look>>;

/** Exchanges two photos when each shows the other's side. A photo that alone shows a wrong side stays in its place. Pure. */
export function arrangePhotos<Look extends Looked>(examined: Looks<Look>): Looks<Look> {
  const arranged: Record<Angle, Look> = { ...examined };
  const exchange = (one: Angle, other: Angle) => {
    arranged[one] = { ...examined[other], sentAs: other };
    arranged[other] = { ...examined[one], sentAs: one };
  };
  const shown = shownBy(examined);
  if (shown.left === 'right' && shown.right === 'left') exchange('left', 'right');
  // Front and back are different sides: when the side of one photo is not known, it is taken to show the side that the other
  // does not, unless both may show the same side.
  const others = (asked: 'front' | 'back', wrong: Angle) =>
    shown[asked] === wrong || (shown[asked] === null && !isTwice(examined));
  const [front, back] = [others('front', 'back'), others('back', 'front')];
  if (front && back && (shown.front !== null || shown.back !== null)) exchange('front', 'back');
  return arranged;
}

/** The angles whose photos were sent as another angle. */
export function exchangedIn(examined: Looks): Angle[] {
  return ANGLES.filter((angle) => examined[angle].sentAs !== undefined);
}

/**
 * The side of the body that each of four photos shows: first judged alone, then as a set. Null when it cannot be told; the
 * photo is then taken for the side that was asked for. A front photo without a visible face counts as a back when the back
 * photo shows the same head and the joints of both are in the order of a back. When the two heads differ, neither counts as a
 * back: something covers one of them, for example an emoji.
 */
export function shownBy(examined: Looks): Record<Angle, Angle | null> {
  const shown = Object.fromEntries(
    ANGLES.map((angle) => {
      const { people, stance } = examined[angle].pose ?? {};
      return [angle, people?.[0] && stance ? shownAngle(people[0], stance.head) : null];
    }),
  ) as Record<Angle, Angle | null>;
  if (shown.front === 'back' && shown.back === 'back')
    return isSameHead(examined) ? shown : { ...shown, front: null, back: null };
  if (!isTwice(examined)) return shown;
  return { ...shown, front: shown.front ?? 'back', back: shown.back ?? 'back' };
}

/**
 * Up to this distance between their colours (see face.ts) the heads in two photos are the same head from the same side. Its
 * colours differ a little with the place of the camera.
 */
const SAME_HEAD = 2 * SAME_COLOUR;

function isSameHead({ front, back }: Looks): boolean {
  const [one, other] = [front.pose?.stance?.head, back.pose?.stance?.head];
  return one !== undefined && other !== undefined && distance(one.colour, other.colour) <= SAME_HEAD;
}

/** True when the photos of front and back show the same head, and the joints of both are in the order of a back. */
function isTwice(examined: Looks): boolean {
  const poses = [examined.front.pose, examined.back.pose];
  // The head's middle must not have the colour of skin: a bald head from behind has that colour, and a blurred face has it,
  // too.
  const areBacks = poses.every(
    (pose) =>
      pose?.people[0] && standsAsBack(pose.people[0]) && (pose.stance?.head.fromSkin ?? 0) > SAME_COLOUR,
  );
  return areBacks && isSameHead(examined);
}
