/** A scan's four photos: from the bucket, and made ready for a model. */

import { ScanPipelineError } from '@reddyfit/shared/errors';
import { ANGLES, type Angle, type PhotoUrls } from '@reddyfit/shared/photos';
import { preparePhoto } from '../photos/prepare.ts';
import type { PhotoStore } from '../ports.ts';

/** The bytes of all four, null for one that is not there. */
export async function readPhotos(store: PhotoStore, urls: PhotoUrls): Promise<Record<Angle, Buffer | null>> {
  const bytes = await Promise.all(ANGLES.map((angle) => store.read(urls[angle])));
  return Object.fromEntries(ANGLES.map((angle, index) => [angle, bytes[index]!])) as Record<
    Angle,
    Buffer | null
  >;
}

/** Data URLs of all four. InvalidImageError names the photo that is missing or cannot be decoded. */
export async function preparePhotos(bytes: Record<Angle, Buffer | null>): Promise<Record<Angle, string>> {
  const urls = await Promise.all(
    ANGLES.map(async (angle) => {
      const photo = bytes[angle];
      if (!photo) throw invalid(angle);
      try {
        return await preparePhoto(photo);
      } catch (cause) {
        throw invalid(angle, cause);
      }
    }),
  );
  return Object.fromEntries(ANGLES.map((angle, index) => [angle, urls[index]!])) as Record<Angle, string>;
}

function invalid(angle: Angle, cause?: unknown): ScanPipelineError {
  const message = `The ${angle} photo could not be read. Take it again as a JPEG and start a new scan.`;
  return new ScanPipelineError('InvalidImageError', message, { cause });
}
