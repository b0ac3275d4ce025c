/** The four photos of a demo scan: a folder's, or drawn. */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import { DEMO_SCENE } from '../../fixtures/bodies/demo.ts';
import { takePhotos as photosOf } from '../../fixtures/bodies/photo.ts';

/** JPEG bytes by angle, drawn when there is no folder. Throws with the files that a folder lacks. */
export async function takePhotos(folder: string | undefined): Promise<Record<Angle, Buffer>> {
  if (folder === undefined) return photosOf(DEMO_SCENE);
  const photos: Partial<Record<Angle, Buffer>> = {};
  const missing: string[] = [];
  for (const angle of ANGLES) {
    const file = `${angle}.jpg`;
    try {
      photos[angle] = await readFile(join(folder, file));
    } catch {
      missing.push(file);
    }
  }
  if (missing.length > 0) {
    throw new Error(
      `${folder} has no ${missing.join(', ')}; a scan needs ${ANGLES.map((a) => `${a}.jpg`).join(', ')}`,
    );
  }
  return photos as Record<Angle, Buffer>;
}

/** Writes front.jpg, back.jpg, left.jpg and right.jpg, drawn, into a folder, which is made. Again: the same. */
export async function drawPhotos(folder: string): Promise<void> {
  const photos = await photosOf(DEMO_SCENE);
  await mkdir(folder, { recursive: true });
  await Promise.all(ANGLES.map((angle) => writeFile(join(folder, `${angle}.jpg`), photos[angle])));
}
