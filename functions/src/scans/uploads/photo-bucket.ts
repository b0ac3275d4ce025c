/** The photo bucket, for what functions do with it: delete or keep a scan's photos, sign URLs for a user. */

import type { Bucket } from '@google-cloud/storage';
import { objects } from '@reddyfit/shared/names/paths';
import { config } from '../../platform/config.ts';

let opened: Promise<Bucket> | undefined;

async function open(): Promise<Bucket> {
  const { bucket, storageApiEndpoint } = config();
  // The package is loaded on first use: it is large, and most functions do without it.
  const { Storage } = await import('@google-cloud/storage');
  return new Storage(storageApiEndpoint ? { apiEndpoint: storageApiEndpoint } : {}).bucket(bucket);
}

/** The photo bucket, opened once. */
export function photoBucket(): Promise<Bucket> {
  return (opened ??= open());
}

/**
 * The custom time of photos that a completed scan owns. The bucket's lifecycle rule (deploy/photo-bucket-lifecycle.json) counts
 * its days from a photo's custom time: first that of the request for the upload, then this one, which the rule never reaches.
 */
const KEPT_CUSTOM_TIME = '9999-12-31T00:00:00Z';

/** HTTP's status for an object that does not exist. */
const NOT_FOUND = 404;

/** Takes the photos of a completed scan out of reach of the bucket's lifecycle rule. A second call changes nothing. */
export async function keepPhotos(uid: string, scanId: string): Promise<void> {
  const [photos] = await (await photoBucket()).getFiles({ prefix: objects.scanFolder(uid, scanId) });
  await Promise.all(
    photos.map((photo) =>
      photo.setMetadata({ customTime: KEPT_CUSTOM_TIME }).catch((error: { code?: unknown }) => {
        // The photo was deleted meanwhile.
        if (error.code !== NOT_FOUND) throw error;
      }),
    ),
  );
}

/** Deletes a scan's photos. Safe to repeat and to run twice at once: photos that are gone already are passed over. */
export async function deletePhotos(uid: string, scanId: string): Promise<void> {
  const [photos] = await (await photoBucket()).getFiles({ prefix: objects.scanFolder(uid, scanId) });
  await Promise.all(photos.map((photo) => photo.delete({ ignoreNotFound: true })));
}
