/** scans/{scanId}: what the client writes, and what the server adds. */

import { z } from 'zod';
import { ERROR_CODES } from '../errors.ts';
import { ANGLES, type Angle } from './photos.ts';
import { kgToLb, round } from './measures.ts';
import { rejectedPhoto } from './rejected-photo.ts';
import { scanResults, WAIVABLE_ISSUES } from './results.ts';
import { SCAN_STATUSES, STEP_STATES } from './statuses.ts';
import { OPTIONAL_STEP_NAMES, type OptionalStepName, STEP_NAMES, type StepName } from './steps.ts';
import { timestamp } from '../timestamps.ts';
import { declaredUploads } from './uploads.ts';
import { TRACEPARENT_PATTERN } from '../temporal/traces.ts';
import { messageParams } from '../words/params.ts';

/** Body weight the system accepts (lb). */
export const WEIGHT_LB = { min: 20, max: 1000 } as const;

/** Body weight the system accepts when the client sends kilograms (kg). */
export const WEIGHT_KG = { min: 10, max: 450 } as const;

/**
 * What the sentence about a weight out of its bounds is told: the bounds of the field that was sent (lb, as all weights in
 * parameters). Those of the two fields are nearly the same mass, but each is a round number of its own unit.
 */
export const weightBounds = (field: 'weightLb' | 'weightKg') =>
  field === 'weightLb'
    ? { minLb: WEIGHT_LB.min, maxLb: WEIGHT_LB.max }
    : { minLb: round(kgToLb(WEIGHT_KG.min), 2), maxLb: round(kgToLb(WEIGHT_KG.max), 2) };

/** Angles of elevation that a camera can have (degrees). */
export const ELEVATION_DEGREES = { min: -90, max: 90 } as const;

const elevation = z.number().min(ELEVATION_DEGREES.min).max(ELEVATION_DEGREES.max).optional();

/** One angle (degrees) for each photo of which it is known. */
export const cameraElevationAngles = z
  .strictObject(
    Object.fromEntries(ANGLES.map((angle) => [angle, elevation])) as Record<Angle, typeof elevation>,
  )
  .describe(
    'How far above the horizon the camera looked when it took each photo (degrees, as CameraElevationAngle of Exif; below the horizon is negative), by the sensor of the device that took it. A photo of which that is not known is left out.',
  );
export type CameraElevationAngles = z.infer<typeof cameraElevationAngles>;

/** One string per angle. */
export const photoUrls = z.strictObject(
  Object.fromEntries(ANGLES.map((angle) => [angle, z.string().min(1).max(2048)])) as Record<
    Angle,
    z.ZodString
  >,
);

const clientFields = {
  userId: z.string().min(1).max(128).describe('Whose scan it is.'),
  photoUrls,
  weightLb: z
    .number()
    .min(WEIGHT_LB.min)
    .max(WEIGHT_LB.max)
    .optional()
    .describe('Body weight (lb). Of a scan that came with weightKg the server adds it.'),
  weightKg: z
    .number()
    .min(WEIGHT_KG.min)
    .max(WEIGHT_KG.max)
    .optional()
    .describe('Body weight (kg), of a client that would rather send that.'),
  /**
   * Size and SHA-256 of each photo as the client sent it. The server compares them with what arrived, before it reserves a
   * credit.
   */
  uploads: declaredUploads.optional(),
  cameraElevationAngles: cameraElevationAngles.optional(),
  without: z
    .array(z.enum(WAIVABLE_ISSUES))
    .min(1)
    .max(WAIVABLE_ISSUES.length)
    .refine((reasons) => new Set(reasons).size === reasons.length)
    .optional()
    .describe(
      'Reasons of a rejection that this scan is to let pass, at the price of the measurement; as results.qualityCheck.offer had them.',
    ),
  createdAt: timestamp.describe("When the client created it, by the server's clock."),
};

/**
 * A scan as the client creates it. `oneWeight` checks what the schema does not: that exactly one of weightLb and weightKg is
 * there.
 */
export const submittedScan = z.strictObject({ ...clientFields, status: z.literal('submitted') });

/** Says what is wrong with the weights of a request, which must have exactly one of the two; null when nothing is wrong. */
export function oneWeight(weights: { weightLb?: unknown; weightKg?: unknown }): 'both' | 'none' | null {
  const sent = [weights.weightLb, weights.weightKg].filter((weight) => weight !== undefined).length;
  if (sent === 1) return null;
  return sent === 2 ? 'both' : 'none';
}

/** What an app needs to say a `message` in words of its own. */
const sentenceOf = {
  messageCode: z
    .string()
    .optional()
    .describe('Which sentence message is: an app may write its own from it and params.'),
  params: messageParams.optional().describe('What the sentence is about; weights in lb.'),
};

/** State of one step, as the client sees it. What `describe` says of a field stands in the API's description, too. */
export const scanStep = z.strictObject({
  state: z
    .enum(STEP_STATES)
    .describe(
      'pending waits for what it needs; retrying waits for its next attempt; skipped will not run; completed and failed have ended.',
    ),
  attempt: z
    .number()
    .int()
    .nonnegative()
    .describe('The attempt under way or last made, from 1 on; 0 while pending.'),
  startedAt: timestamp.optional().describe('When its first attempt began.'),
  completedAt: timestamp.optional().describe('When it ended, completed or failed.'),
  attemptStartedAt: timestamp
    .optional()
    .describe('When the attempt under way began; absent in the first, which began at startedAt.'),
  nextRetryAt: timestamp.optional().describe('When a retrying step runs again.'),
  message: z
    .string()
    .optional()
    .describe("A sentence for the user, in the user's language: why it is retried, or why it failed."),
  ...sentenceOf,
});
export type ScanStep = z.infer<typeof scanStep>;

/** A scan as the server keeps it. */
export const scan = z.strictObject({
  ...clientFields,
  status: z
    .enum(SCAN_STATUSES)
    .describe('submitted, queued and processing go on; completed, rejected, failed and canceled have ended.'),
  steps: z
    .strictObject(
      Object.fromEntries(STEP_NAMES.map((name) => [name, scanStep])) as Record<StepName, typeof scanStep>,
    )
    .optional(),
  busy: z
    .strictObject({
      startsAt: timestamp.describe(
        'When its photos are expected to be under way, both quality check and estimation; rather too late than too early.',
      ),
      message: z.string().describe("A sentence for the user, in the user's language, as of its admission."),
      messageCode: z
        .string()
        .describe('Which sentence message is: an app may write its own from it and params.'),
      params: messageParams.describe('minutes: about how many it was from admission to startsAt.'),
    })
    .optional()
    .describe(
      'There while the scan waits for others: from its admission until quality check and estimation have begun.',
    ),
  progress: z.number().min(0).max(100).optional().describe('From 0 to 100; it never falls.'),
  rev: z
    .number()
    .int()
    .positive()
    .optional()
    .describe(
      'Grows with each write of the server: drop a state whose rev is smaller than one you have shown.',
    ),
  results: scanResults.optional(),
  warnings: z
    .array(z.string())
    .optional()
    .describe('A sentence for the user about each optional step that failed.'),
  warningCodes: z
    .array(z.strictObject({ messageCode: z.string(), params: messageParams }))
    .optional()
    .describe('Which sentences warnings are, in the same order.'),
  error: z
    .strictObject({
      code: z.enum(ERROR_CODES).describe('What an app decides by.'),
      message: z.string().describe("A sentence for the user, in the user's language."),
      retryable: z.boolean().describe('Whether a new scan with the same photos may succeed.'),
      ...sentenceOf,
      photos: z
        .array(rejectedPhoto)
        .optional()
        .describe(
          'Of a rejected scan: each fault of each photo, in the order front, back, left, right. A photo without faults is not named.',
        ),
    })
    .optional(),
  workflow: z.strictObject({ id: z.string(), runId: z.string() }).optional(),
  simulated: z.boolean().optional().describe('True when a stand-in answered instead of a model.'),
  traceparent: z
    .string()
    .regex(TRACEPARENT_PATTERN)
    .optional()
    .describe('The trace that all work on the scan continues (W3C).'),
  build: z.string().optional().describe('Build of the functions that admitted it, or refused it.'),
  updatedAt: timestamp.optional().describe('When the server wrote last.'),
  completedAt: timestamp
    .optional()
    .describe('When the scan ended, whatever its status: until then it goes on.'),
  /** What the slowest are found by. */
  durationMs: z
    .number()
    .nonnegative()
    .optional()
    .describe('From its creation to its end (ms), once it has ended.'),
});
/** A scan from admission on, when the server has set `weightLb`. */
export type Scan = z.infer<typeof scan> & { weightLb: number };

/** The optional steps of a completed scan that have not completed. Each may be run again, or is running again already. */
export function retryableSteps(steps: Scan['steps']): OptionalStepName[] {
  if (!steps) return [];
  // A document of another build may lack a step.
  return OPTIONAL_STEP_NAMES.filter((name) => steps[name] && steps[name].state !== 'completed');
}
