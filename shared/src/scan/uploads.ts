/** accounts/{uid}/uploads/{scanId}: upload URLs that were handed out, until it is settled what becomes of the photos. */

import { z } from 'zod';
import { ANGLES, type Angle } from '../names/angles.ts';
import { timestamp } from '../timestamps.ts';

/** Largest photo (bytes): 15 MiB. */
export const MAX_PHOTO_BYTES = 15 * 1024 * 1024;

/** A photo as the phone sent it. */
export const declaredUpload = z.strictObject({
  /** Size (bytes). */
  bytes: z.number().int().min(1).max(MAX_PHOTO_BYTES),
  /** SHA-256 of the bytes, as 64 lower-case hex digits. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** `uploads` of a scan: what the phone sent for each angle, for the server to compare with what arrived. */
export const declaredUploads = z.strictObject(
  Object.fromEntries(ANGLES.map((angle) => [angle, declaredUpload])) as Record<Angle, typeof declaredUpload>,
);
export type DeclaredUploads = z.infer<typeof declaredUploads>;

/** How long an upload URL holds (ms): 15 min. */
export const UPLOAD_URL_LIFETIME_MS = 15 * 60_000;

/** How long an ID token holds (ms), also when its user is gone: Firebase Auth's one hour. */
export const ID_TOKEN_LIFETIME_MS = 60 * 60_000;

/** How long after its URLs have expired an upload may still become a scan (ms); then its photos are deleted. */
export const SUBMIT_WITHIN_MS = 20 * 60_000;

/** Uploads that a user may have begun and not submitted, unless MAX_OPEN_UPLOADS says otherwise: 600 MiB at most. */
export const DEFAULT_MAX_OPEN_UPLOADS = 10;

/** Written by the server when it hands out the URLs; deleted with the photos, or once a completed scan owns them. */
export const upload = z.object({
  /** When the last of its URLs expires. */
  expiresAt: timestamp,
  /** True once a scan document with this id was seen. */
  submitted: z.boolean(),
});
export type Upload = z.infer<typeof upload>;
