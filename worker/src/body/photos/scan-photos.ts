/** A scan's four photos: from the bucket, and made ready for a model. */

import { ScanPipelineError } from '@reddyfit/shared/errors';
import { ANGLES, type Angle, type PhotoUrls } from '@reddyfit/shared/scan/photos';
import { preparePhoto } from './prepare.ts';
import type { PhotoStore, StoredPhoto } from '../../ports.ts';

export type StoredPhotos = Record<Angle, StoredPhoto | null>;

/** All four as they arrived, null for one that is not there. */
export async function readPhotos(store: PhotoStore, urls: PhotoUrls): Promise<StoredPhotos> {
  const photos = await Promise.all(ANGLES.map((angle) => store.read(urls[angle])));
  return Object.fromEntries(ANGLES.map((angle, index) => [angle, photos[index]!])) as StoredPhotos;
}

/** The bytes of all four. InvalidImageError names the photo that is missing. */
export function photoBytes(photos: StoredPhotos): Record<Angle, Buffer> {
  return Object.fromEntries(
    ANGLES.map((angle) => {
      const photo = photos[angle];
      if (!photo) throw invalid(angle);
      return [angle, photo.bytes];
    }),
  ) as Record<Angle, Buffer>;
}

/** Data URLs of all four. InvalidImageError names the photo that is missing or cannot be decoded. */
export async function preparePhotos(photos: StoredPhotos): Promise<Record<Angle, string>> {
  const urls = await Promise.all(
    ANGLES.map(async (angle) => {
      const photo = photos[angle];
      if (!photo) throw invalid(angle);
      try {
        return await preparePhoto(photo.bytes);
      } catch (cause) {
        throw invalid(angle, cause);
      }
    }),
  );
  return Object.fromEntries(ANGLES.map((angle, index) => [angle, urls[index]!])) as Record<Angle, string>;
}

function invalid(angle: Angle, cause?: unknown): ScanPipelineError {
  return new ScanPipelineError('InvalidImageError.photo', { params: { angle }, cause });
}
