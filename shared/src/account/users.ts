/** users/{uid} and what lies beneath it: profile, consents, devices, memories. */

import { z } from 'zod';
import { timestamp } from '../timestamps.ts';
import { BIRTH_DATE_PATTERN } from './birth-date.ts';
import { UNITS } from '../words/reader.ts';

/** Heights that the system accepts (cm). */
export const HEIGHT_CM = { min: 100, max: 250 } as const;

/** Age (years) from which scans are made, unless LEAST_AGE_YEARS says otherwise. */
export const DEFAULT_LEAST_AGE = 16;

/**
 * A field that holds a preference of the user. A value that cannot be read counts as absent, so that it keeps nobody from a
 * scan.
 */
const preference = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);

/** users/{uid}, written by the client. */
export const userProfile = z.object({
  /**
   * The equations were fitted to men or to women. For `unspecified` the equations of both are evaluated, and the interval is
   * wider.
   */
  sex: z.enum(['male', 'female', 'unspecified']),
  /** YYYY-MM-DD; see birth-date.ts. */
  birthDate: z.string().regex(BIRTH_DATE_PATTERN),
  /** Height in cm. */
  heightCm: z.number().min(HEIGHT_CM.min).max(HEIGHT_CM.max),
  /**
   * True while the user is pregnant: scans are then refused, since no equation was fitted to pregnant bodies. Absent means
   * false; a value that cannot be read refuses scans, too, since it may mean either.
   */
  pregnant: z.boolean().optional(),
  /** IANA time zone, for quiet hours (none when absent) and calendar days (UTC when absent). */
  timeZone: preference(z.string().min(1).max(64)),
  /** `private` keeps numbers off the lock screen. */
  pushPreview: preference(z.enum(['full', 'private'])),
  /** The user's locale, in any form that phones have for it; words/reader.ts says how it is read. */
  locale: preference(z.string()),
  /** The units of measurements in sentences. When absent, those of the locale's region. */
  units: preference(z.enum(UNITS)),
});
export type UserProfile = z.infer<typeof userProfile>;

/** The stages of an account's deletion, in their order. */
export const DELETION_STAGES = ['scans', 'photos', 'memories', 'records', 'sign_in', 'check'] as const;
export type DeletionStage = (typeof DELETION_STAGES)[number];

/** `deletion` of users/{uid}, written by the server. The document is deleted last, and this field with it. */
export const accountDeletion = z.strictObject({
  /** A `failed` deletion goes on when an operator, or the user, asks for it again. */
  state: z.enum(['requested', 'running', 'failed']),
  stage: z.enum(DELETION_STAGES).optional(),
  startedAt: timestamp,
  updatedAt: timestamp,
});

/** The consent a scan needs. */
export const SCAN_CONSENT = 'scan_analysis';

/** users/{uid}/consents/{purpose}, written by the client. */
export const consent = z.object({
  granted: z.boolean(),
  policyVersion: z.string().min(1).max(64),
  at: timestamp,
});
export type Consent = z.infer<typeof consent>;

/**
 * How many devices the server keeps for a user: it deletes all but the most recently renewed ones, since security rules cannot
 * count documents.
 */
export const MAX_DEVICES = 20;

/** A device that was not renewed for so many days is deleted; FCM itself gives up on an Android app after this time. */
export const DEVICE_UNSEEN_DAYS = 270;

/** What a device id may be, which the app chooses. */
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
 * users/{uid}/pushes/{scanId}:{status}, written by the server: for which devices one message is settled, so that a repeat goes
 * only to the others. Firestore's TTL deletes the document after `expiresAt`.
 */
export const pushRecord = z.object({
  /**
   * Keyed by the SHA-256 of the token (base64url). `sent`: FCM took the message. `dead`: the token is no longer valid.
   * `refused`: FCM refused the message for a reason that an operator must see to.
   */
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
