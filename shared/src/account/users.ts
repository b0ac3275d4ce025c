/** users/{uid} and what lies beneath it: profile, consents, devices, memories. */

import { z } from 'zod';
import { timestamp } from '../timestamps.ts';
import { BIRTH_DATE_PATTERN } from './birth-date.ts';
import { UNITS } from '../words/reader.ts';

/** Height the system accepts (cm). */
export const HEIGHT_CM = { min: 100, max: 250 } as const;

/** Age (years) from which scans are made, unless LEAST_AGE_YEARS says otherwise. */
export const DEFAULT_LEAST_AGE = 16;

/** A field that says how the user likes things: one that cannot be read is as good as absent, and keeps nobody from a scan. */
const preference = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);

/** users/{uid}, written by the client. */
export const userProfile = z.object({
  /** What the equations need, which were made of men and of women; of `unspecified` both are asked, and the interval is wider. */
  sex: z.enum(['male', 'female', 'unspecified']),
  /** YYYY-MM-DD; see birth-date.ts. */
  birthDate: z.string().regex(BIRTH_DATE_PATTERN),
  /** Height in cm. */
  heightCm: z.number().min(HEIGHT_CM.min).max(HEIGHT_CM.max),
  /** True while the user is pregnant: no scan is made then, since no equation knows such a body. Absent is as good as false. */
  pregnant: preference(z.boolean()),
  /** IANA time zone, for quiet hours (none when absent) and calendar days (UTC when absent). */
  timeZone: preference(z.string().min(1).max(64)),
  /** `private` keeps numbers off the lock screen. */
  pushPreview: preference(z.enum(['full', 'private'])),
  /** The user's locale, in any form that phones have for it; words/reader.ts says how it is read. */
  locale: preference(z.string()),
  /** What sentences measure in; those of the locale's region when absent. */
  units: preference(z.enum(UNITS)),
});
export type UserProfile = z.infer<typeof userProfile>;

/** What an account's deletion is busy with, in this order. */
export const DELETION_STAGES = ['scans', 'photos', 'memories', 'records', 'sign_in', 'check'] as const;
export type DeletionStage = (typeof DELETION_STAGES)[number];

/** `deletion` of users/{uid}, written by the server; the document goes last, and this with it. */
export const accountDeletion = z.strictObject({
  /** `failed` waits for the operator, or for the user to ask again. */
  state: z.enum(['requested', 'running', 'failed']),
  stage: z.enum(DELETION_STAGES).optional(),
  startedAt: timestamp,
  updatedAt: timestamp,
});
export type AccountDeletion = z.infer<typeof accountDeletion>;

/** The consent a scan needs. */
export const SCAN_CONSENT = 'scan_analysis';

/** users/{uid}/consents/{purpose}, written by the client. */
export const consent = z.object({
  granted: z.boolean(),
  policyVersion: z.string().min(1).max(64),
  at: timestamp,
});
export type Consent = z.infer<typeof consent>;

/** Devices the server keeps of a user, the most recently renewed ones: rules cannot count documents. */
export const MAX_DEVICES = 20;

/** A device that has not been heard of for so long is dropped; FCM itself gives up on an Android app after this time. */
export const DEVICE_UNSEEN_DAYS = 270;

/** What an app may call a device. */
export const DEVICE_ID_PATTERN = /^(?!__.*__$)[A-Za-z0-9_-]{1,128}$/;

/** users/{uid}/devices/{deviceId}, written by the client. */
export const device = z.object({
  /** FCM registration token. */
  token: z.string().min(1).max(4096),
  platform: z.enum(['ios', 'android', 'web']),
  updatedAt: timestamp,
});
export type Device = z.infer<typeof device>;

/**
 * users/{uid}/pushes/{scanId}:{status}, written by the server: which devices one message is settled for, so that a repeat
 * goes only to the others. The database drops it at `expiresAt`.
 */
export const pushRecord = z.object({
  /** By SHA-256 of the token, base64url: taken by FCM; the token was dead; refused for a reason the operator must see to. */
  tokens: z.record(z.string(), z.enum(['sent', 'dead', 'refused'])),
  expiresAt: timestamp,
});
export type PushRecord = z.infer<typeof pushRecord>;

/** users/{uid}/memories/{memoryId}, written by the server; the embedding is a Firestore vector. */
export const memory = z.strictObject({
  text: z.string(),
  embedding: z.unknown(),
  scanId: z.string(),
  createdAt: timestamp,
});
export type Memory = z.infer<typeof memory>;
