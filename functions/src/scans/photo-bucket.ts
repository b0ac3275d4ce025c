/** The bucket, as far as functions reach into it: delete a scan's photos, sign what a user may fetch. */

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

/** Deletes a scan's photos. Again, or at once with another who deletes them: nothing left to delete. */
export async function deletePhotos(uid: string, scanId: string): Promise<void> {
  const [photos] = await (await photoBucket()).getFiles({ prefix: objects.scanFolder(uid, scanId) });
  await Promise.all(photos.map((photo) => photo.delete({ ignoreNotFound: true })));
}
