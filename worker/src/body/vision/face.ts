/** Whether the head's middle has the colour of the neck, as a face has and hair has not. */

import { middle, type Person, tallness } from './person.ts';
import type { Picture } from './picture.ts';

/** From the ears down to the shoulders' row, the neck lies here. */
const NECK = 0.55;

/** At least so far above the ears' row is the face looked for (share of the body's height): below it a nape would be. */
const ABOVE_EARS = 0.008;

/** Half the side of the patches that are compared (share of the body's height). */
const PATCH = 0.009;

/** What counts as much as a shadow under the chin may make: a brightness that is halved, or a tenth of the light in another colour. */
const UNIT = { brightness: Math.LN2, hue: 0.1 } as const;

/** How far the face's colour is from the neck's: 0 the same, above 1 more than a shadow explains. */
export function faceFromNeck(picture: Picture, person: Person): number {
  const { nose } = person.joints;
  const half = Math.max(1, PATCH * tallness(person));
  const x = middle(person, ['leftEar', 'rightEar'], 'x');
  const shoulders = middle(person, ['leftShoulder', 'rightShoulder'], 'y');
  const ears = middle(person, ['leftEar', 'rightEar'], 'y');
  const face = meanColour(picture, x, Math.min(nose.y, ears - ABOVE_EARS * tallness(person)), half);
  const neck = meanColour(picture, x, ears + NECK * (shoulders - ears), half);
  const [bright, dark] = [face, neck].map((colour) => 1 + colour[0]! + colour[1]! + colour[2]!) as [
    number,
    number,
  ];
  const hue = [0, 1, 2].map((channel) => face[channel]! / bright - neck[channel]! / dark);
  return Math.hypot(Math.log(bright / dark) / UNIT.brightness, Math.hypot(...hue) / UNIT.hue);
}

function meanColour({ width, height, pixels }: Picture, x: number, y: number, half: number): number[] {
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
