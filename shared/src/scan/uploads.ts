/** accounts/{uid}/uploads/{scanId}: upload URLs that were handed out, until it is settled what becomes of the photos. */

import { z } from 'zod';
import { timestamp } from '../timestamps.ts';

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
