/** Signs the URLs to which a client may upload the photos of one scan. */

import type { RequestScanUploadResponse } from '@reddyfit/shared/api/callables';
import { objects } from '@reddyfit/shared/names/paths';
import { type Angle, ANGLES, photoUrlsOf } from '@reddyfit/shared/scan/photos';
import { MAX_PHOTO_BYTES } from '@reddyfit/shared/scan/uploads';
import type { Bucket } from '@google-cloud/storage';

export interface UploadPlace {
  uid: string;
  scanId: string;
  contentTypeOf: (angle: Angle) => string;
  now: Date;
  /** When the URLs expire. */
  expires: Date;
}

/**
 * V4 signed PUT URLs, one per angle. Each signature covers the content type, the size (1 B to 15 MiB), that no object is there
 * yet, and the time of the request (from which the bucket's lifecycle rule counts), so Cloud Storage refuses anything else.
 */
export async function signUploads(bucket: Bucket, place: UploadPlace): Promise<RequestScanUploadResponse> {
  const { uid, scanId, contentTypeOf, expires } = place;
  const extensionHeaders = {
    'x-goog-content-length-range': `1,${MAX_PHOTO_BYTES}`,
    'x-goog-custom-time': place.now.toISOString(),
    'x-goog-if-generation-match': '0',
  };
  const signed = await Promise.all(
    ANGLES.map(async (angle) => {
      const contentType = contentTypeOf(angle);
      const [url] = await bucket.file(objects.photo(uid, scanId, angle)).getSignedUrl({
        version: 'v4',
        action: 'write',
        accessibleAt: place.now,
        expires,
        contentType,
        extensionHeaders,
        host: bucket.storage.apiEndpoint,
      });
      const headers = { 'content-type': contentType, ...extensionHeaders };
      return [angle, { url, method: 'PUT' as const, headers, expiresAt: expires.toISOString() }] as const;
    }),
  );
  return {
    scanId,
    photoUrls: photoUrlsOf(bucket.name, uid, scanId),
    uploads: Object.fromEntries(signed) as Record<Angle, (typeof signed)[number][1]>,
  };
}
