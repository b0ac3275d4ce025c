/**
 * Compares the colour of the head's middle with skin and with the hair above it. A face has the colour of skin, the back of a
 * head that of hair.
 */

import { type Joint, middle, type Person, tallness } from './person.ts';
import type { PicturePixels } from './picture.ts';

/** Where the neck is, as a share of the way from the ears' row down to the shoulders' row. */
const NECK = 0.55;

/**
 * The face's colour is taken at least this far above the ears' row (share of the body's height): below that, a photo from
 * behind shows the nape.
 */
const ABOVE_EARS = 0.008;

/** The hair's colour is taken this far above the ears' row (share of the body's height): between the brow and the crown. */
const HAIR = 0.065;

/** Half the side of the patches that are compared, and of those on limbs, which are thin (shares of the body's height). */
const PATCH = 0.009;
export const LIMB_PATCH = 0.005;

/** Limbs whose skin is usually visible. Their colour is taken half way from one joint to the other. */
export const LIMBS: readonly (readonly [Joint, Joint])[] = [
  ['leftElbow', 'leftWrist'],
  ['rightElbow', 'rightWrist'],
  ['leftKnee', 'leftAnkle'],
  ['rightKnee', 'rightAnkle'],
];

/**
 * The differences that count as a distance of 1, which is as much as a shadow under the chin may make: half the brightness,
 * or a tenth of the light in another colour.
 */
const UNIT = { brightness: Math.LN2, hue: 0.1 } as const;

/** Up to this distance two colours count as the same colour in another light. */
export const SAME_COLOUR = 0.3;

/** Distances between the colours of one person: 0 means the same colour, above 1 more than a shadow explains. */
export interface HeadColours {
  /** The colour of the head's middle (red, green, blue, 0–255). */
  readonly colour: readonly number[];
  /** From the head's middle to the most similar patch of skin: neck, forearms or shins. */
  readonly fromSkin: number;
  /** From the head's middle to the place above it: hair, or what covers the hair. */
  readonly fromHair: number;
  /** From the skin to the place above the head's middle. Near 0, colours cannot tell a face from the back of a head. */
  readonly skinFromHair: number;
}

/** The mean colours of a head's middle, of what is above it (hair, or what covers it), and of the neck's middle (red, green, blue, 0–255). */
export function headPatches(
  picture: PicturePixels,
  person: Person,
): Readonly<Record<'middle' | 'above' | 'neck', readonly number[]>> {
  const tall = tallness(person);
  const x = middle(person, ['leftEar', 'rightEar'], 'x');
  const shoulders = middle(person, ['leftShoulder', 'rightShoulder'], 'y');
  const ears = middle(person, ['leftEar', 'rightEar'], 'y');
  const half = Math.max(1, PATCH * tall);
  return {
    middle: meanColour(picture, x, Math.min(person.joints.nose.y, ears - ABOVE_EARS * tall), half),
    above: meanColour(picture, x, ears - HAIR * tall, half),
    neck: meanColour(picture, x, ears + NECK * (shoulders - ears), half),
  };
}

/** Compares the head's middle with skin and hair. */
export function headColours(picture: PicturePixels, person: Person): HeadColours {
  const { middle: face, above: hair, neck } = headPatches(picture, person);
  const limbs = limbColours(picture, person);
  // A patch with the colour of the hair is not skin: long hair may cover the neck.
  const skins = [neck, ...limbs].filter((each) => distance(each, hair) > SAME_COLOUR);
  const nearest = (skins.length > 0 ? skins : limbs).toSorted(
    (a, b) => distance(face, a) - distance(face, b),
  )[0]!;
  return {
    colour: face,
    fromSkin: distance(face, nearest),
    fromHair: distance(face, hair),
    skinFromHair: distance(nearest, hair),
  };
}

/** The mean colours of both forearms and both shins (red, green, blue, 0–255). */
export function limbColours(picture: PicturePixels, person: Person): readonly (readonly number[])[] {
  return LIMBS.map((limb) => limbColour(picture, person, limb));
}

/** The mean colour of both shins. */
export function legColour(picture: PicturePixels, person: Person): number[] {
  const [left, right] = LIMBS.slice(2).map((limb) => limbColour(picture, person, limb)) as [
    number[],
    number[],
  ];
  return left.map((channel, i) => (channel + right[i]!) / 2);
}

/** The mean colours of both forearms (red, green, blue, 0–255). */
export function forearmColours(picture: PicturePixels, person: Person): readonly (readonly number[])[] {
  return LIMBS.slice(0, 2).map((limb) => limbColour(picture, person, limb));
}

function limbColour(picture: PicturePixels, person: Person, [from, to]: (typeof LIMBS)[number]): number[] {
  const [a, b] = [person.joints[from], person.joints[to]];
  return meanColour(picture, (a.x + b.x) / 2, (a.y + b.y) / 2, Math.max(1, LIMB_PATCH * tallness(person)));
}

/** The distance between two colours: 0 means the same colour, above 1 more than a shadow explains. */
export function distance(one: readonly number[], other: readonly number[]): number {
  const [bright, dark] = [one, other].map((colour) => 1 + colour[0]! + colour[1]! + colour[2]!) as [
    number,
    number,
  ];
  const hue = [0, 1, 2].map((channel) => one[channel]! / bright - other[channel]! / dark);
  return Math.hypot(Math.log(bright / dark) / UNIT.brightness, Math.hypot(...hue) / UNIT.hue);
}

/** The mean colour of a square about a place (red, green, blue, 0–255); `half` is half of its side (px). */
export function meanColour(
  { width, height, pixels }: PicturePixels,
  x: number,
  y: number,
  half: number,
): number[] {
  const sum = [0, 0, 0];
  let count = 0;
  for (
    let row = Math.max(0, Math.round(y - half));
    row <= Math.min(height - 1, Math.round(y + half));
    row++
  ) {
    for (
      let column = Math.max(0, Math.round(x - half));
      column <= Math.min(width - 1, Math.round(x + half));
      column++
    ) {
      for (let channel = 0; channel < 3; channel++)
        sum[channel]! += pixels[(row * width + column) * 3 + channel]!;
      count++;
    }
  }
  return sum.map((each) => each / Math.max(1, count));
}
