/** The conditions under which mannequins are photographed. */

import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import { handHeld } from '../../fixtures/bodies/develop.ts';
import { developed, PHOTO, plainCamera, takePhoto } from '../../fixtures/bodies/photo.ts';
import { random } from '../../fixtures/bodies/random.ts';
import { handHeldCamera, sampleScene, type SampledScene } from '../../fixtures/bodies/scene.ts';

export const CONDITIONS = {
  clean: 'parallel view, level, plain wall',
  'hand-held':
    'perspective from 1.8–3.2 m, body and camera turned by up to ±8°, things in the room, noise, blur, exposure',
} as const;
export type Condition = keyof typeof CONDITIONS;

export interface Photographed extends SampledScene {
  readonly photos: Record<Angle, Buffer>;
}

/** The four photos (1200×1600) of a seed's mannequin. */
export async function photograph(seed: number, condition: Condition): Promise<Photographed> {
  const byHand = condition === 'hand-held';
  const sampled = sampleScene(seed, { things: byHand });
  const { scene } = sampled;
  const photos = {} as Record<Angle, Buffer>;
  for (const angle of ANGLES) {
    const camera = byHand ? handHeldCamera(scene.body, seed, angle, PHOTO) : plainCamera(scene.body, PHOTO);
    const photo = await takePhoto(scene, camera, angle);
    const chance = random(seed * 13 + ANGLES.indexOf(angle));
    photos[angle] = await developed(byHand ? await handHeld(photo, chance) : photo);
  }
  return { ...sampled, photos };
}
