/** Photos as users take them: good photos, and unusable ones. */

import type { Angle } from '@reddyfit/shared/scan/photos';
import sharp from 'sharp';
import { inject } from 'vitest';
import { DEMO_SCENE } from '../../fixtures/bodies/demo.ts';
import { developed, plainCamera, takeEmptyRoom } from '../../fixtures/bodies/photo.ts';
import { takePhotos } from '../../local/demo/photos.ts';

/** JPEG bytes by angle; null for a photo that is never uploaded. */
export type Photos = Record<Angle, Buffer | null>;

let taken: Promise<Record<Angle, Buffer>> | undefined;

/** Four good photos. */
export function goodPhotos(): Promise<Record<Angle, Buffer>> {
  return (taken ??= takePhotos(inject('photos')));
}

/** Ways to make a photo unusable. */
export const SPOIL = {
  black: (photo: Buffer) => sharp(photo).linear(0.02, 0).jpeg().toBuffer(),
  tiny: (photo: Buffer) => sharp(photo).resize(300, 400).jpeg().toBuffer(),
  blurred: (photo: Buffer) => sharp(photo).blur(14).jpeg().toBuffer(),
  truncated: async (photo: Buffer) => photo.subarray(0, photo.length * 0.4),
  missing: async () => null,
  /** The room without anybody. */
  empty: async () => developed(await takeEmptyRoom(DEMO_SCENE, plainCamera(DEMO_SCENE.body))),
} as const;

/** Four photos, of which one is spoiled. */
export async function photosWith(spoiled: keyof typeof SPOIL, angle: Angle): Promise<Photos> {
  const photos = await goodPhotos();
  return { ...photos, [angle]: await SPOIL[spoiled](photos[angle]) };
}
