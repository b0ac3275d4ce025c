/** Puts photos that show each other's side where they belong: sent in the wrong order, or mirrored by a front camera. */

import { ANGLES, type Angle } from '../names/angles.ts';
import { distance, SAME_COLOUR } from './face.ts';
import type { PhotoFault } from './photo-fault.ts';
import type { Pose } from './pose.ts';
import { shownAngle, standsAsBack } from './shown-angle.ts';

/** What is known of one photo after a look. */
export interface Looked {
  /** What is wrong with its file, its light or its sharpness; when there is anything, nobody has looked who is in it. */
  readonly issues: readonly PhotoFault[];
  readonly pose?: Pose;
  /** The angle that it was taken as, where it shows another and was put in that one's place. */
  readonly sentAs?: Angle;
}

/** The four photos of a scan. */
export type Looks<Look extends Looked = Looked> = Readonly<Record<Angle, Look>>;

/** Exchanges two photos when each shows the other's side; one that only shows a wrong side stays where it is. Pure. */
export function arrangePhotos<Look extends Looked>(examined: Looks<Look>): Looks<Look> {
  const arranged: Record<Angle, Look> = { ...examined };
  const exchange = (one: Angle, other: Angle) => {
    arranged[one] = { ...examined[other], sentAs: other };
    arranged[other] = { ...examined[one], sentAs: one };
  };
  const shown = shownBy(examined);
  if (shown.left === 'right' && shown.right === 'left') exchange('left', 'right');
  // A front and a back make a pair: what one of them shows, the other doesn't, also where its face is not seen.
  const others = (asked: 'front' | 'back', wrong: Angle) =>
    shown[asked] === wrong || (shown[asked] === null && !isTwice(examined));
  const [front, back] = [others('front', 'back'), others('back', 'front')];
  if (front && back && (shown.front !== null || shown.back !== null)) exchange('front', 'back');
  return arranged;
}

/** The angles whose photos were sent as another. */
export function exchangedIn(examined: Looks): Angle[] {
  return ANGLES.filter((angle) => examined[angle].sentAs !== undefined);
}

/**
 * The side of the body that each of four photos shows: first judged alone, then as a set. Null where it can't be told; the photo is then taken for
 * the side that was asked for. A front photo without a visible face counts as a back when the back photo shows the same head and both stand as a
 * back does. Where the two heads differ neither counts as a back: something, an emoji for one, covers one of them.
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

/** Up to here (see face.ts) the heads in two photos are one from one side: its colours shift a little with where the camera stands. */
const SAME_HEAD = 2 * SAME_COLOUR;

function isSameHead({ front, back }: Looks): boolean {
  const [one, other] = [front.pose?.stance?.head, back.pose?.stance?.head];
  return one !== undefined && other !== undefined && distance(one.colour, other.colour) <= SAME_HEAD;
}

/** Whether the photos of front and back show the same head, and both stand as a back does. */
function isTwice(examined: Looks): boolean {
  const poses = [examined.front.pose, examined.back.pose];
  // A bald or blurred face has the colour of skin, and so has a bald head from behind: it is no sign.
  const areBacks = poses.every(
    (pose) =>
      pose?.people[0] && standsAsBack(pose.people[0]) && (pose.stance?.head.fromSkin ?? 0) > SAME_COLOUR,
  );
  return areBacks && isSameHead(examined);
}
