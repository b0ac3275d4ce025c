/** The metadata of a bucket in Cloud Storage. */

import type { BucketMetadata, Storage } from '@google-cloud/storage';

/** Null when there is no such bucket. Throws when Cloud Storage cannot be asked. */
export async function metadataOf(storage: Storage, bucket: string): Promise<BucketMetadata | null> {
  try {
    const [metadata] = await storage.bucket(bucket).getMetadata();
    return metadata as BucketMetadata;
  } catch (error) {
    if ((error as { code?: unknown }).code === 404) return null;
    throw error;
  }
}
