/** Makes the faces in a picture unrecognisable, for everyone who looks at a photo after the gate has. */

import sharp from 'sharp';
import { middle, type Person, tallness } from '@reddyfit/shared/gate/person';
import type { Box, PicturePixels } from '@reddyfit/shared/gate/picture';

/**
 * A face is reduced to this many patches of colour across and down. They distinguish a head from a wall, but not one
 * person from another.
 */
const PATCHES = 4;

/**
 * How far a face reaches from the point between its eyes, up, down and to the sides: shares of the body's height, of
 * the distance between the shoulders, of that between the ears, and of that between the eyes. A chin lies 0.07 of the
 * height below the eyes, so that the neck stays visible.
 */
const BY = { height: 0.072, shoulders: 0.27, ears: 1, eyes: 2 } as const;

/**
 * Reduces, in the picture itself, every head among `people` to a few patches of colour; the rest is unchanged. Resolves with
 * what puts the heads back.
 */
export async function hideFaces(picture: PicturePixels, people: readonly Person[]): Promise<() => void> {
  const { width, height, pixels } = picture;
  const raw = { raw: { width, height, channels: 3 } } as const;
  const hidden: { box: Box; pixels: Buffer }[] = [];
  for (const person of people) {
    const box = faceOf(person, picture);
    if (!box) continue;
    hidden.push({ box, pixels: cut(picture, box) });
    // oxlint-disable no-await-in-loop -- heads may overlap
    const patches = await sharp(pixels, raw)
      .extract(box)
      .resize({ width: PATCHES, height: PATCHES, fit: 'fill', kernel: 'linear' })
      .raw()
      .toBuffer();
    const face = await sharp(patches, { raw: { width: PATCHES, height: PATCHES, channels: 3 } })
      .resize({ width: box.width, height: box.height, fit: 'fill', kernel: 'linear' })
      .raw()
      .toBuffer();
    // oxlint-enable no-await-in-loop
    paste(picture, box, face);
  }
  return () => {
    // The last first, since heads may overlap.
    for (const { box, pixels: face } of hidden.toReversed()) paste(picture, box, face);
  };
}

/** The pixels of a box. */
function cut({ width, pixels }: PicturePixels, box: Box): Buffer {
  const part = Buffer.alloc(box.width * box.height * 3);
  for (let row = 0; row < box.height; row++) {
    const from = ((box.top + row) * width + box.left) * 3;
    part.set(pixels.subarray(from, from + box.width * 3), row * box.width * 3);
  }
  return part;
}

function paste({ width, pixels }: PicturePixels, box: Box, part: Buffer): void {
  for (let row = 0; row < box.height; row++) {
    const from = row * box.width * 3;
    part.copy(pixels, ((box.top + row) * width + box.left) * 3, from, from + box.width * 3);
  }
}

/** The box around a person's face; undefined when it lies beyond the picture's edges. */
function faceOf(person: Person, { width, height }: PicturePixels): Box | undefined {
  const { nose, leftEar, rightEar, leftEye, rightEye, leftShoulder, rightShoulder } = person.joints;
  const apart = (a: { x: number; y: number }, b: { x: number; y: number }) =>
    Math.hypot(a.x - b.x, a.y - b.y);
  // The largest of the estimates counts: of a person who is near, the feet are guessed, and from the side the ears lie
  // behind each other.
  const reach = Math.max(
    BY.height * Math.abs(tallness(person)),
    BY.shoulders * apart(leftShoulder, rightShoulder),
    BY.ears * apart(leftEar, rightEar),
    BY.eyes * apart(leftEye, rightEye),
  );
  const x = (middle(person, ['leftEar', 'rightEar'], 'x') + nose.x) / 2;
  const y = middle(person, ['leftEye', 'rightEye'], 'y');
  const left = Math.max(0, Math.round(x - reach));
  const top = Math.max(0, Math.round(y - reach));
  const right = Math.min(width, Math.round(x + reach));
  const bottom = Math.min(height, Math.round(y + reach));
  return right > left && bottom > top ? { left, top, width: right - left, height: bottom - top } : undefined;
}
