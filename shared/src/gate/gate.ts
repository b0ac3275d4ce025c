/** The quality gate: judges the people in four photos. Each fault has a code, a number, and a sentence that says what to do. */

import { medianOf } from '../median.ts';
import { ANGLES, type Angle } from '../names/angles.ts';
import type { PhotoIssueCode } from '../scan/results.ts';
import { photoFault, type PhotoFault } from './photo-fault.ts';
import type { Pose } from './pose.ts';
import { sureBelowWaist, tallness } from './person.ts';
import { isBroad, shownAngle } from './shown-angle.ts';

/** A second person counts from this certainty on (0–1), and from this size (share of the first one's). */
const SECOND_PERSON = { score: 0.3, size: 0.4 } as const;

/** Least distance from the crown to the upper edge, and from the feet to the lower (share of the photo's height). */
const MARGIN = 0.005;

/**
 * Least certainty (0–1) of hips, knees or ankles, whichever the network is surest of. Below it the photo ends at the waist,
 * and the places of all these joints are guesses.
 */
const SEEN_BELOW_WAIST = 0.2;

/** Least height of the body (share of the photo's height). Below it a pixel is more than half a centimetre of the body. */
const LEAST_BODY = 0.45;

/** The largest lean that passes (degrees). */
const MOST_TILT = 12;

/** The four sides in the order in which a turning body shows them, and the largest turn (degrees) that still shows a side. */
const ROUND: readonly Angle[] = ['front', 'left', 'back', 'right'];
const MOST_TURN = 45;

/** Least share of the rows between elbows and hips in which wall shows between trunk and arms. */
const LEAST_ARM_GAP = 0.7;

/**
 * Least height of a body relative to the median of the photos; the largest is the inverse of this number. Hand-held
 * phones are nearer or further: in hand-held photos of 141 bodies of the body model anny the least was 0.754, the largest
 * 1/0.765. A different size does not make the measurement worse, since each photo has a scale of its own.
 */
const LEAST_RELATIVE_SIZE = 0.72;

/** The faults of a photo in which the body is seen whole and upright all the same, so that its size can be compared. */
const COMPARABLE: ReadonlySet<PhotoIssueCode> = new Set<PhotoIssueCode>(['wrong_angle', 'arms_at_torso']);

/**
 * The faults of photos in which the body is much smaller or larger than in the others; none unless a person was found in all
 * four. Photos with `issues` that spoil the size are left out: a body that is cut off, too far away or not alone has no comparable one.
 * Of two photos that are left nobody can tell which one differs, so neither gets a fault. Pure.
 */
export function judgeSizes(
  poses: Readonly<Partial<Record<Angle, Pose>>>,
  issues: Readonly<Record<Angle, readonly PhotoFault[]>>,
): [Angle, PhotoFault][] {
  const sizes = ANGLES.map((angle) => [angle, sizeOf(poses[angle])] as const);
  if (sizes.some(([, size]) => size === undefined)) return [];
  const compared = sizes
    .filter(([angle]) => issues[angle].every(({ code }) => COMPARABLE.has(code)))
    .map(([angle, size]) => [angle, size!] as const);
  if (compared.length <= 2) return [];
  const median = medianOf(compared.map(([, size]) => size))!;
  const most = round(1 / LEAST_RELATIVE_SIZE);
  return compared.flatMap(([angle, size]): [Angle, PhotoFault][] => {
    const value = round(size / median);
    const smaller = value < LEAST_RELATIVE_SIZE;
    if (!smaller && value <= most) return [];
    const measured = { value, limit: smaller ? LEAST_RELATIVE_SIZE : most };
    const messageCode = smaller ? 'size_differs.smaller' : 'size_differs.larger';
    return [[angle, photoFault(messageCode, { angle }, measured)]];
  });
}

/** Height of the body (share of the photo's height), undefined when there is no person. */
function sizeOf(pose: Pose | undefined): number | undefined {
  const person = pose?.people[0];
  return person && tallness(person) / pose.height;
}

/** The turn between two sides (degrees). */
function turnBetween(asked: Angle, shown: Angle): number {
  const quarters = Math.abs(ROUND.indexOf(asked) - ROUND.indexOf(shown));
  return 90 * Math.min(quarters, ROUND.length - quarters);
}

const round = (value: number) => Math.round(value * 1000) / 1000;

/** A measured value, and the limit that it missed. */
const missed = (value: number, limit: number) => ({ value: round(value), limit });

/**
 * The faults of one photo, all that can still be judged: of a body that is cut off, for example, how it stands. Nothing more is said
 * of a photo that shows nobody, or no legs, or several people, of whom nobody can say which is the user. Empty when the photo can be
 * measured. `seen` is the side that the photo shows, null when that cannot be
 * told. When `seen` is absent, the side is judged from this photo alone. Pure.
 */
export function judgeOne(angle: Angle, { people, stance, height }: Pose, seen?: Angle | null): PhotoFault[] {
  const found: PhotoFault[] = [];
  const [person, second] = people;
  if (!person || !stance) {
    found.push(photoFault('not_a_person', { angle }, missed(0, 1)));
    return found;
  }
  const belowWaist = sureBelowWaist(person);
  if (belowWaist < SEEN_BELOW_WAIST) {
    found.push(photoFault('not_full_body', { angle }, missed(belowWaist, SEEN_BELOW_WAIST)));
    return found;
  }
  const tall = tallness(person);
  if (second && second.score >= SECOND_PERSON.score && tallness(second) >= SECOND_PERSON.size * tall) {
    const count = people.filter(({ score }) => score >= SECOND_PERSON.score).length;
    found.push(photoFault('several_people', { angle }, missed(count, 1)));
    return found;
  }
  const [above, below] = [stance.top / height, 1 - (stance.bottom + 1) / height];
  const [headless, footless] = [above < MARGIN, below < MARGIN];
  if (headless) found.push(photoFault('head_cut_off', { angle }, missed(above, MARGIN)));
  if (footless) found.push(photoFault('feet_cut_off', { angle }, missed(below, MARGIN)));
  const degrees = Math.abs(stance.tiltDegrees);
  const leans = degrees > MOST_TILT;
  if (leans)
    found.push(photoFault('tilted', { angle, degrees: Math.round(degrees) }, missed(degrees, MOST_TILT)));
  // A person who leans appears smaller than they are. The size of one who is cut off is not known.
  const size = tall / (leans ? Math.cos((degrees * Math.PI) / 180) : 1) / height;
  if (!headless && !footless && size < LEAST_BODY)
    found.push(photoFault('too_far', { angle }, missed(size, LEAST_BODY)));
  // Without the head nothing tells front from back: of twelve mannequins whose heads were cut off seven were taken for another side.
  const shown = headless ? angle : ((seen === undefined ? shownAngle(person, stance.head) : seen) ?? angle);
  const showsBothArms = (angle === 'front' || angle === 'back') && (!headless || isBroad(person));
  if (shown !== angle) {
    found.push(photoFault('wrong_angle', { angle, shown }, missed(turnBetween(angle, shown), MOST_TURN)));
  } else if (showsBothArms && stance.armGap < LEAST_ARM_GAP) {
    found.push(photoFault('arms_at_torso', { angle }, missed(stance.armGap, LEAST_ARM_GAP)));
  }
  return found;
}
