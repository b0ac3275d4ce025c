/** The bucket, as far as functions reach into it: delete or keep a scan's photos, sign what a user may fetch. */

import type { Bucket } from '@google-cloud/storage';
import { objects } from '@reddyfit/shared/names/paths';
import { config } from '../platform/config.ts';

let opened: Promise<Bucket> | undefined;

async function open(): Promise<Bucket> {
  const { bucket, storageApiEndpoint } = config();
  // Loaded on first use: it is large, and most functions do without it.
  const { Storage } = await import('@google-cloud/storage');
  return new Storage(storageApiEndpoint ? { apiEndpoint: storageApiEndpoint } : {}).bucket(bucket);
}

/** The photo bucket, opened once. */
export function photoBucket(): Promise<Bucket> {
  return (opened ??= open());
}

/**
 * What the bucket's lifecycle rule (deploy/photo-bucket-lifecycle.json) counts the days from. An upload's is when it was asked for; that
 * of photos which a completed scan owns is put so far away that the rule never reaches them.
 */
const KEPT_CUSTOM_TIME = '9999-12-31T00:00:00Z';

/** HTTP: no such object. */
const NOT_FOUND = 404;

/** Takes the photos of a completed scan out of reach of the bucket's lifecycle rule. Again: the same. */
export async function keepPhotos(uid: string, scanId: string): Promise<void> {
  const [photos] = await (await photoBucket()).getFiles({ prefix: objects.scanFolder(uid, scanId) });
  await Promise.all(
    photos.map((photo) =>
      photo.setMetadata({ customTime: KEPT_CUSTOM_TIME }).catch((error: { code?: unknown }) => {
        // Deleted meanwhile.
        if (error.code !== NOT_FOUND) throw error;
      }),
    ),
  );
}

/** Deletes a scan's photos. Again, or at once with another who deletes them: nothing left to delete. */
export async function deletePhotos(uid: string, scanId: string): Promise<void> {
  const [photos] = await (await photoBucket()).getFiles({ prefix: objects.scanFolder(uid, scanId) });
  await Promise.all(photos.map((photo) => photo.delete({ ignoreNotFound: true })));
}
