/** The bucket, as far as functions reach into it: delete a scan's photos, sign what a user may fetch. */

import type { Bucket } from '@google-cloud/storage';
import { objects } from '@reddyfit/shared/paths';
import { config } from './config.ts';

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

/** Deletes a scan's photos. Again: nothing left to delete. */
export async function deletePhotos(uid: string, scanId: string): Promise<void> {
  await (await photoBucket()).deleteFiles({ prefix: objects.scanFolder(uid, scanId), force: true });
}
