/** Requests and answers of the callable functions. */

import { z } from 'zod';
import { GRANT_ID_PATTERN, MAX_GRANT } from '../account/credits.ts';
import { SCAN_ID_PATTERN } from '../names/ids.ts';
import { ANGLES, type Angle } from '../scan/photos.ts';
import { photoUrls } from '../scan/document.ts';
import { TERMINAL_STATUSES } from '../scan/statuses.ts';
import { OPTIONAL_STEP_NAMES } from '../scan/steps.ts';
import { device, DEVICE_ID_PATTERN } from '../account/users.ts';

/** Content types that a photo may have. */
export const PHOTO_CONTENT_TYPES = [
  'image/jpeg',
  'image/png',
  'image/heic',
  'image/heif',
  'image/avif',
  'image/webp',
] as const;

export type PhotoContentType = (typeof PHOTO_CONTENT_TYPES)[number];

/**
 * Content types of photos that phones can take but the server does not read, with the names that the phones' settings
 * give them.
 */
const UNREAD_CONTENT_TYPES: Record<string, string> = {
  'image/jxl': 'JPEG XL',
  'image/dng': 'RAW (DNG)',
  'image/x-adobe-dng': 'RAW (DNG)',
  'image/tiff': 'TIFF',
  'image/gif': 'GIF',
};

const photoContentType = z.custom<PhotoContentType>(
  (value) => PHOTO_CONTENT_TYPES.some((type) => type === value),
  {
    error: ({ input }) => {
      const name = typeof input === 'string' ? UNREAD_CONTENT_TYPES[input.toLowerCase()] : undefined;
      const problem = name ? `${name} photos are not read` : 'not a content type of a photo';
      return `${problem}: send JPEG, HEIC, AVIF, PNG or WebP, as one of ${PHOTO_CONTENT_TYPES.join(', ')}`;
    },
  },
);

/** requestScanUpload: asks for a scan id and four places to put photos, or for new URLs of an upload that was begun. */
export const requestScanUploadRequest = z.strictObject({
  /**
   * The id of an upload that was begun and not submitted: the server signs new URLs for it. Photos that have arrived
   * stay.
   */
  scanId: z.string().regex(SCAN_ID_PATTERN).optional(),
  /** The content type of every photo that `contentTypes` does not name. */
  contentType: photoContentType.default('image/jpeg'),
  /** The content types of single photos that differ from `contentType`. */
  contentTypes: z.partialRecord(z.enum(ANGLES), photoContentType).default({}),
});

const signedUpload = z.strictObject({
  url: z.url(),
  method: z.literal('PUT'),
  /** The client must send these headers exactly as they are. */
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

/** cancelScan and deleteScan: which scan. */
export const scanIdRequest = z.strictObject({ scanId: z.string().regex(SCAN_ID_PATTERN) });

/**
 * cancelScan: `canceling` while the running workflow cancels the scan and settles its credit; the scan's document then
 * tells how it ended.
 */
export const cancelScanResponse = z.strictObject({
  scanId: z.string(),
  status: z.enum(['canceling', ...TERMINAL_STATUSES]),
});
export type CancelScanResponse = z.infer<typeof cancelScanResponse>;

/** deleteScan: `deleting` until the document is gone. */
export const deleteScanResponse = z.strictObject({
  scanId: z.string(),
  state: z.enum(['deleting', 'deleted']),
});
export type DeleteScanResponse = z.infer<typeof deleteScanResponse>;

/** retryScanStep: which step of which scan. Essential steps have no retry: without them a scan does not complete. */
export const retryScanStepRequest = scanIdRequest.extend({ step: z.enum(OPTIONAL_STEP_NAMES) });

/**
 * retryScanStep: `running` once a workflow has the step, whose progress the document then shows; `completed` when the
 * step had completed already.
 */
export const retryScanStepResponse = z.strictObject({
  scanId: z.string(),
  step: z.enum(OPTIONAL_STEP_NAMES),
  state: z.enum(['running', 'completed']),
});
export type RetryScanStepResponse = z.infer<typeof retryScanStepResponse>;

/** exportMyData, deleteMyAccount and listWebhooks: the request has no fields. */
export const emptyRequest = z.strictObject({});

/** exportMyData: where the file and the photos can be fetched until `expiresAt`. */
export const exportMyDataResponse = z.strictObject({
  /** A GET of this URL returns all data as JSON. */
  url: z.url(),
  /** Size of that file (bytes). */
  bytes: z.number().int().positive(),
  /** ISO 8601, UTC. */
  expiresAt: z.iso.datetime(),
  /** One URL for each photo, to be read with GET. */
  photos: z.array(z.strictObject({ object: z.string(), url: z.url() })),
});
export type ExportMyDataResponse = z.infer<typeof exportMyDataResponse>;

/** deleteMyAccount: `deletion` of users/{uid} tells the progress until that document is deleted, too. */
export const deleteMyAccountResponse = z.strictObject({ state: z.literal('requested') });
export type DeleteMyAccountResponse = z.infer<typeof deleteMyAccountResponse>;

/**
 * grantCredits, for operators. The idempotency key is `grantId`: a second call with the same one grants nothing more.
 */
export const grantCreditsRequest = z.strictObject({
  uid: z.string().min(1).max(128),
  amount: z.number().int().min(1).max(MAX_GRANT),
  grantId: z.string().regex(GRANT_ID_PATTERN),
});

export const grantCreditsResponse = z.strictObject({
  uid: z.string(),
  /** The balance afterwards. */
  scanCredits: z.number().int().nonnegative(),
  /** False when an earlier call has made this grant. */
  granted: z.boolean(),
});
export type GrantCreditsResponse = z.infer<typeof grantCreditsResponse>;

const deviceId = z.string().regex(DEVICE_ID_PATTERN);

/**
 * registerDevice: this device gets the user's pushes. When the request has no `deviceId`, the server derives one from
 * the token.
 */
export const registerDeviceRequest = device
  .pick({ token: true, platform: true })
  .strict()
  .extend({ deviceId: deviceId.optional() });

export const registerDeviceResponse = z.strictObject({ deviceId: z.string() });
export type RegisterDeviceResponse = z.infer<typeof registerDeviceResponse>;

/** unregisterDevice: names the device by its id or by its token. */
export const unregisterDeviceRequest = z.union([
  z.strictObject({ deviceId }),
  device.pick({ token: true }).strict(),
]);

/** unregisterDevice: how many registered devices matched and were removed. */
export const unregisterDeviceResponse = z.strictObject({ devices: z.number().int().nonnegative() });
export type UnregisterDeviceResponse = z.infer<typeof unregisterDeviceResponse>;
