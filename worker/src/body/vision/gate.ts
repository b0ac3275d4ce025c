/** The quality gate: what four looks say against four photos, with a code, a number and a sentence that helps. */

import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import type { PhotoIssue, PhotoIssueCode } from '@reddyfit/shared/scan/results';
import type { Pose } from './pose.ts';
import { sureBelowWaist, tallness } from './person.ts';
import { shownAngle } from './shown-angle.ts';

/** A second person counts from this certainty on (0–1), and from this size (share of the first one's). */
const SECOND_PERSON = { score: 0.3, size: 0.4 } as const;

/** Least distance from the crown to the upper edge, and from the feet to the lower (share of the photo's height). */
const MARGIN = 0.005;

/** Least certainty (0–1) of hips, knees or ankles, whichever are seen best: below it a photo ends at the waist, and all of them are guesses. */
const SEEN_BELOW_WAIST = 0.2;

/** Least height of the body (share of the photo's): below it a pixel of outline is more than half a centimetre. */
const LEAST_BODY = 0.45;

/** Most lean (degrees). */
const MOST_TILT = 12;

/** The four sides in the order in which a turn shows them, and the furthest turn (degrees) at which a side is still itself. */
const ROUND: readonly Angle[] = ['front', 'left', 'back', 'right'];
const MOST_TURN = 45;

/** Least share of the rows between elbows and hips in which wall shows between trunk and arms. */
const LEAST_ARM_GAP = 0.7;

/** Least height of a body against the median of the four photos; as much more is allowed. */
const LEAST_RELATIVE_SIZE = 0.77;

const SHOWN: Record<Angle, string> = {
  front: 'your front',
  back: 'your back',
  left: 'your left side',
  right: 'your right side',
};
const TURN: Record<Angle, string> = {
  front: 'Face the camera',
  back: 'Turn your back to the camera',
  left: 'Turn so that your left side faces the camera',
  right: 'Turn so that your right side faces the camera',
};

/**
 * Photos in which the body is much smaller or larger than in the others, when all four were looked at. A body that is cut off, too far
 * away or not alone has no size to compare, so photos with `issues` are left out. Pure.
 */
export function judgeSizes(
  poses: Readonly<Partial<Record<Angle, Pose>>>,
  issues: Readonly<Record<Angle, readonly PhotoIssue[]>>,
): [Angle, PhotoIssue][] {
  const sizes = ANGLES.map((angle) => [angle, sizeOf(poses[angle])] as const);
  const known = sizes.flatMap(([, size]) => size ?? []).toSorted((a, b) => a - b);
  if (known.length < ANGLES.length) return [];
  const median = (known[1]! + known[2]!) / 2;
  const most = round(1 / LEAST_RELATIVE_SIZE);
  return sizes.flatMap(([angle, size]): [Angle, PhotoIssue][] => {
    const value = round(size! / median);
    const smaller = value < LEAST_RELATIVE_SIZE;
    if (issues[angle].length > 0 || (!smaller && value <= most)) return [];
    const message = `You are much ${smaller ? 'smaller' : 'larger'} in the ${angle} photo than in the others. Take all four from the same distance.`;
    const measured = { value, limit: smaller ? LEAST_RELATIVE_SIZE : most };
    return [[angle, { code: 'size_differs', message, measured }]];
  });
}

/** Height of the body (share of the photo's), undefined when there is none. */
function sizeOf(pose: Pose | undefined): number | undefined {
  const person = pose?.people[0];
  return person && tallness(person) / pose.height;
}

/** From one side to another (degrees). */
function turnBetween(asked: Angle, shown: Angle): number {
  const quarters = Math.abs(ROUND.indexOf(asked) - ROUND.indexOf(shown));
  return 90 * Math.min(quarters, ROUND.length - quarters);
}

const round = (value: number) => Math.round(value * 1000) / 1000;

/** Everything wrong with one photo, of which one look was taken; empty when it can be measured. Pure. */
export function judgeOne(angle: Angle, { people, stance, height }: Pose): PhotoIssue[] {
  const found: PhotoIssue[] = [];
  const say = (code: PhotoIssueCode, value: number, limit: number, message: string) => {
    found.push({ code, message, measured: { value: round(value), limit } });
  };
  const [person, second] = people;
  if (!person || !stance) {
    say(
      'not_a_person',
      0,
      1,
      `The ${angle} photo shows nobody. Stand before the camera so that your whole body is in the picture.`,
    );
    return found;
  }
  const belowWaist = sureBelowWaist(person);
  if (belowWaist < SEEN_BELOW_WAIST) {
    say(
      'not_full_body',
      belowWaist,
      SEEN_BELOW_WAIST,
      `The ${angle} photo does not show your legs. Stand up and step back, until you are in it from head to feet.`,
    );
    return found;
  }
  const tall = tallness(person);
  if (second && second.score >= SECOND_PERSON.score && tallness(second) >= SECOND_PERSON.size * tall) {
    const count = people.filter(({ score }) => score >= SECOND_PERSON.score).length;
    say(
      'several_people',
      count,
      1,
      `The ${angle} photo shows more than one person. Take it again with nobody else in the picture.`,
    );
    return found;
  }
  const [above, below] = [stance.top / height, 1 - (stance.bottom + 1) / height];
  if (above < MARGIN) {
    say(
      'head_cut_off',
      above,
      MARGIN,
      `Your head is cut off in the ${angle} photo. Step back half a metre or raise the camera.`,
    );
  }
  if (below < MARGIN) {
    say(
      'feet_cut_off',
      below,
      MARGIN,
      `Your feet are cut off in the ${angle} photo. Step back half a metre.`,
    );
  }
  if (found.length > 0) return found;
  // Before the size: who leans is shorter than they are.
  if (Math.abs(stance.tiltDegrees) > MOST_TILT) {
    const degrees = Math.abs(stance.tiltDegrees);
    say(
      'tilted',
      degrees,
      MOST_TILT,
      `The ${angle} photo is tilted by ${Math.round(degrees)}°. Hold the phone upright or lean it against something straight.`,
    );
  }
  if (found.length === 0 && tall / height < LEAST_BODY) {
    say(
      'too_far',
      tall / height,
      LEAST_BODY,
      `You are too small in the ${angle} photo. Step closer, until your body fills most of its height.`,
    );
    return found;
  }
  const shown = shownAngle(person, stance.faceFromNeck);
  if (shown !== angle) {
    say(
      'wrong_angle',
      turnBetween(angle, shown),
      MOST_TURN,
      `The ${angle} photo shows ${SHOWN[shown]}. ${TURN[angle]} and take it again.`,
    );
  } else if ((angle === 'front' || angle === 'back') && stance.armGap < LEAST_ARM_GAP) {
    say(
      'arms_at_torso',
      stance.armGap,
      LEAST_ARM_GAP,
      `Your arms touch your body in the ${angle} photo. Hold them a hand's width away from your hips.`,
    );
  }
  return found;
}
