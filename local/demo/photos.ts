/** The four photos of a demo scan: read from a folder, or drawn. */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import { DEMO_SCENE } from '../../fixtures/bodies/demo.ts';
import { takePhotos as photosOf } from '../../fixtures/bodies/photo.ts';

/** JPEG bytes by angle, drawn when no folder is given. Throws an error that names the files that the folder lacks. */
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

/**
 * Draws front.jpg, back.jpg, left.jpg and right.jpg into a folder, which it creates. A second call writes the same files
 * again.
 */
export async function drawPhotos(folder: string): Promise<void> {
  const photos = await photosOf(DEMO_SCENE);
  await mkdir(folder, { recursive: true });
  await Promise.all(ANGLES.map((angle) => writeFile(join(folder, `${angle}.jpg`), photos[angle])));
}
