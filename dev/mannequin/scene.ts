/** Scenes by seed: who stands where, in what light, before which camera. */

import type { Angle } from '@reddyfit/shared/photos';
import type { Body } from './body.ts';
import type { Camera } from './camera.ts';
import { sampleLook } from './look.ts';
import { PHOTO, plainCamera, type Scene } from './photo.ts';
import { random } from './random.ts';
import { sampleRoom } from './room.ts';
import { sampleBody, type Sampled } from './sample.ts';

/** A sampled body in a sampled room. */
export interface SampledScene extends Sampled {
  readonly scene: Scene;
}

/** The scene of a seed; `things` puts a picture, a door and a box beside the person. */
export function sampleScene(seed: number, { things = false } = {}): SampledScene {
  const sampled = sampleBody(seed);
  const chance = random(seed + 100_000);
  const look = sampleLook(sampled.body.sex, chance);
  const worn = [look.skin, look.shortsColour, ...(look.top === 'bare' ? [] : [look.topColour])];
  const room = sampleRoom(chance, worn, things);
  const [right, up] = [chance.between(-0.5, 0.5), chance.between(0.3, 0.6)];
  const light = [right, up, Math.sqrt(1 - right * right - up * up)] as const;
  return { ...sampled, scene: { body: sampled.body, look, room, light } };
}

/** Most that a body is turned, and a camera held askew, in a photo taken by hand (radians): 8°. */
const ASKEW = (8 * Math.PI) / 180;

/**
 * A camera as a phone sees: 1.8 to 3.2 m away at chest height, level but turned about its axis by up to 8°; the body
 * turned by up to 8°, anew for each photo.
 */
export function handHeldCamera(
  body: Body,
  seed: number,
  angle: Angle,
  size: { width: number; height: number } = PHOTO,
): Camera {
  const place = random(seed + 200_000);
  const distanceCm = place.between(180, 320);
  const heightCm = place.between(90, 150);
  const held = random(seed * 7 + angle.length * 1000 + angle.charCodeAt(0));
  const plain = plainCamera(body, size);
  return {
    ...plain,
    pxPerCm: plain.pxPerCm * held.between(0.86, 0.94),
    floorY: 0.91 * size.height,
    centreX: size.width * held.between(0.47, 0.53),
    yaw: held.between(-ASKEW, ASKEW),
    roll: held.between(-ASKEW, ASKEW),
    perspective: { distanceCm, heightCm },
  };
}
