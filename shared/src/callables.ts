/** Requests and answers of the callable functions. */

import { z } from 'zod';
import { ANGLES, type Angle } from './photos.ts';
import { photoUrls } from './scans.ts';

/** Content types a photo may have. */
export const PHOTO_CONTENT_TYPES = ['image/jpeg', 'image/png', 'image/heic', 'image/webp'] as const;

/** Largest photo (bytes): 15 MiB. */
export const MAX_PHOTO_BYTES = 15 * 1024 * 1024;

/** requestScanUpload: asks for a scan id and four places to put photos. */
export const requestScanUploadRequest = z.strictObject({
  contentType: z.enum(PHOTO_CONTENT_TYPES).default('image/jpeg'),
});
export type RequestScanUploadRequest = z.infer<typeof requestScanUploadRequest>;

const signedUpload = z.strictObject({
  url: z.url(),
  method: z.literal('PUT'),
  /** To be sent exactly as they are. */
  headers: z.record(z.string(), z.string()),
  /** ISO 8601, UTC. */
  expiresAt: z.iso.datetime(),
});

export const requestScanUploadResponse = z.strictObject({
  scanId: z.string(),
  photoUrls,
  uploads: z.strictObject(
    Object.fromEntries(ANGLES.map((angle) => [angle, signedUpload])) as Record<Angle, typeof signedUpload>,
  ),
});
export type RequestScanUploadResponse = z.infer<typeof requestScanUploadResponse>;
