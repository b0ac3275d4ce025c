/** scans/{scanId}: what the client writes, and what the server adds. */

import { z } from 'zod';
import { ERROR_CODES } from '../errors.ts';
import { ANGLES, type Angle } from './photos.ts';
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

/** One string per angle. */
export const photoUrls = z.strictObject(
  Object.fromEntries(ANGLES.map((angle) => [angle, z.string().min(1).max(2048)])) as Record<
    Angle,
    z.ZodString
  >,
);

const clientFields = {
  userId: z.string().min(1).max(128),
  photoUrls,
  /** Body weight (lb). When the client sent weightKg instead, the server adds weightLb as it admits or refuses the scan. */
  weightLb: z.number().min(WEIGHT_LB.min).max(WEIGHT_LB.max).optional(),
  /** Body weight (kg), sent by a client instead of weightLb. */
  weightKg: z.number().min(WEIGHT_KG.min).max(WEIGHT_KG.max).optional(),
  /**
   * Size and SHA-256 of each photo as the client sent it. The server compares them with what arrived, before it reserves a
   * credit.
   */
  uploads: declaredUploads.optional(),
  /**
   * Reasons for a rejection that this scan lets pass, as `results.qualityCheck.offer` of the scan before named them. In return
   * the body is not measured.
   */
  without: z
    .array(z.enum(WAIVABLE_ISSUES))
    .min(1)
    .max(WAIVABLE_ISSUES.length)
    .refine((reasons) => new Set(reasons).size === reasons.length)
    .optional(),
  createdAt: timestamp,
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
export type SubmittedScan = z.infer<typeof submittedScan>;

/** State of one step, as the client sees it. */
export const scanStep = z.strictObject({
  state: z.enum(STEP_STATES),
  /** Attempt under way or last made; 0 while pending. */
  attempt: z.number().int().nonnegative(),
  startedAt: timestamp.optional(),
  completedAt: timestamp.optional(),
  /** When the attempt under way began. Absent during the first attempt, which began at `startedAt`. */
  attemptStartedAt: timestamp.optional(),
  /** When a retrying step runs again. */
  nextRetryAt: timestamp.optional(),
  /** A sentence for the user. */
  message: z.string().optional(),
  /**
   * The code of the sentence in `message`; `params` are the sentence's parameters. A client may show `message` or render a
   * sentence of its own.
   */
  messageCode: z.string().optional(),
  params: messageParams.optional(),
});
export type ScanStep = z.infer<typeof scanStep>;

/** A scan as the server keeps it. */
export const scan = z.strictObject({
  ...clientFields,
  status: z.enum(SCAN_STATUSES),
  steps: z
    .strictObject(
      Object.fromEntries(STEP_NAMES.map((name) => [name, scanStep])) as Record<StepName, typeof scanStep>,
    )
    .optional(),
  /** 0 to 100, never falling. */
  progress: z.number().min(0).max(100).optional(),
  /** Grows with every server write. */
  rev: z.number().int().positive().optional(),
  results: scanResults.optional(),
  /** A sentence for each optional step that failed. */
  warnings: z.array(z.string()).optional(),
  /** The codes and parameters of the sentences in `warnings`, in the same order. */
  warningCodes: z.array(z.strictObject({ messageCode: z.string(), params: messageParams })).optional(),
  error: z
    .strictObject({
      code: z.enum(ERROR_CODES),
      message: z.string(),
      retryable: z.boolean(),
      messageCode: z.string().optional(),
      params: messageParams.optional(),
    })
    .optional(),
  workflow: z.strictObject({ id: z.string(), runId: z.string() }).optional(),
  /** True when a stand-in model answered. */
  simulated: z.boolean().optional(),
  /** The trace that all work on the scan continues (W3C). */
  traceparent: z.string().regex(TRACEPARENT_PATTERN).optional(),
  /** Build of the functions that admitted or refused the scan. */
  build: z.string().optional(),
  updatedAt: timestamp.optional(),
  completedAt: timestamp.optional(),
  /** Time from the scan's creation to its end (ms), once it has ended. Queries find the slowest scans by it. */
  durationMs: z.number().nonnegative().optional(),
});
/** A scan from admission on, when the server has set `weightLb`. */
export type Scan = z.infer<typeof scan> & { weightLb: number };

/** The optional steps of a completed scan that have not completed. Each may be run again, or is running again already. */
export function retryableSteps(steps: Scan['steps']): OptionalStepName[] {
  if (!steps) return [];
  return OPTIONAL_STEP_NAMES.filter((name) => steps[name].state !== 'completed');
}
