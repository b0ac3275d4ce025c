/**
 * accounts/{uid}/uploads/{scanId}: that upload URLs were handed out for a scan, until its photos are deleted or a
 * completed scan owns them.
 */

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

/** `uploads` of a scan: what the phone sent for each angle. The server compares it with what arrived. */
export const declaredUploads = z.strictObject(
  Object.fromEntries(ANGLES.map((angle) => [angle, declaredUpload])) as Record<Angle, typeof declaredUpload>,
);
export type DeclaredUploads = z.infer<typeof declaredUploads>;

/** How long an upload URL is valid (ms): 15 min. */
export const UPLOAD_URL_LIFETIME_MS = 15 * 60_000;

/** How long an ID token is valid (ms), even when its user was deleted meanwhile: Firebase Auth's one hour. */
export const ID_TOKEN_LIFETIME_MS = 60 * 60_000;

/** How long after its URLs have expired an upload may still become a scan (ms). After that its photos are deleted. */
export const SUBMIT_WITHIN_MS = 20 * 60_000;

/**
 * How many uploads a user may have begun and not submitted, unless MAX_OPEN_UPLOADS says otherwise. Their photos take
 * 600 MiB at most.
 */
export const DEFAULT_MAX_OPEN_UPLOADS = 10;

/**
 * The server writes this document when it hands out the URLs. It deletes it with the photos, or once a completed scan
 * owns them.
 */
export const upload = z.object({
  /** When the last of its URLs expires. */
  expiresAt: timestamp,
  /** True once the server has seen a scan document with this id. */
  submitted: z.boolean(),
});
export type Upload = z.infer<typeof upload>;
