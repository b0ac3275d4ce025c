/** Requests and answers of the callable functions. */

import { z } from 'zod';
import { GRANT_ID_PATTERN, MAX_GRANT } from '../account/credits.ts';
import { SCAN_ID_PATTERN } from '../names/ids.ts';
import { ANGLES, type Angle } from '../scan/photos.ts';
import { photoUrls } from '../scan/document.ts';
import { TERMINAL_STATUSES } from '../scan/statuses.ts';
import { OPTIONAL_STEP_NAMES } from '../scan/steps.ts';
import { device, DEVICE_ID_PATTERN } from '../account/users.ts';

/** Content types a photo may have. */
export const PHOTO_CONTENT_TYPES = [
  'image/jpeg',
  'image/png',
  'image/heic',
  'image/heif',
  'image/avif',
  'image/webp',
] as const;

export type PhotoContentType = (typeof PHOTO_CONTENT_TYPES)[number];

/** Content types of photos that phones can take and that are not read, by the names that their settings give them. */
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
  /** Of an upload that was begun and not submitted: its places are signed anew. What arrived stays. */
  scanId: z.string().regex(SCAN_ID_PATTERN).optional(),
  /** Of all photos that `contentTypes` does not name. */
  contentType: photoContentType.default('image/jpeg'),
  /** Of single photos, where they differ. */
  contentTypes: z.partialRecord(z.enum(ANGLES), photoContentType).default({}),
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

/** cancelScan and deleteScan: which scan. */
export const scanIdRequest = z.strictObject({ scanId: z.string().regex(SCAN_ID_PATTERN) });

/** cancelScan: `canceling` while the running workflow gives back what it took; the document then tells how it ended. */
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

/** retryScanStep: `running` once the step is on its way; the document tells the rest. */
export const retryScanStepResponse = z.strictObject({
  scanId: z.string(),
  step: z.enum(OPTIONAL_STEP_NAMES),
  state: z.enum(['running', 'completed']),
});
export type RetryScanStepResponse = z.infer<typeof retryScanStepResponse>;

/** exportMyData and deleteMyAccount: nothing to say. */
export const emptyRequest = z.strictObject({});

/** exportMyData: where the file and the photos can be fetched until `expiresAt`. */
export const exportMyDataResponse = z.strictObject({
  /** GET: all data as JSON. */
  url: z.url(),
  /** Size of that file (bytes). */
  bytes: z.number().int().positive(),
  /** ISO 8601, UTC. */
  expiresAt: z.iso.datetime(),
  /** GET, one per photo. */
  photos: z.array(z.strictObject({ object: z.string(), url: z.url() })),
});
export type ExportMyDataResponse = z.infer<typeof exportMyDataResponse>;

/** deleteMyAccount: progress is in `deletion` of users/{uid}, until that goes too. */
export const deleteMyAccountResponse = z.strictObject({ state: z.literal('requested') });
export type DeleteMyAccountResponse = z.infer<typeof deleteMyAccountResponse>;

/** grantCredits, for operators: again with the same `grantId`, nothing more is granted. */
export const grantCreditsRequest = z.strictObject({
  uid: z.string().min(1).max(128),
  amount: z.number().int().min(1).max(MAX_GRANT),
  grantId: z.string().regex(GRANT_ID_PATTERN),
});

export const grantCreditsResponse = z.strictObject({
  uid: z.string(),
  /** The balance afterwards. */
  scanCredits: z.number().int().nonnegative(),
  /** False when this grant was made before. */
  granted: z.boolean(),
});
export type GrantCreditsResponse = z.infer<typeof grantCreditsResponse>;

const deviceId = z.string().regex(DEVICE_ID_PATTERN);

/** registerDevice: this device gets the user's pushes. Without an id of its own it is named by its token. */
export const registerDeviceRequest = device
  .pick({ token: true, platform: true })
  .strict()
  .extend({ deviceId: deviceId.optional() });

export const registerDeviceResponse = z.strictObject({ deviceId: z.string() });
export type RegisterDeviceResponse = z.infer<typeof registerDeviceResponse>;

/** unregisterDevice: by the id or by the token. */
export const unregisterDeviceRequest = z.union([
  z.strictObject({ deviceId }),
  device.pick({ token: true }).strict(),
]);

/** How many devices were registered so and are no longer. */
export const unregisterDeviceResponse = z.strictObject({ devices: z.number().int().nonnegative() });
export type UnregisterDeviceResponse = z.infer<typeof unregisterDeviceResponse>;
