/**
 * What a worker tells of the attempts of a scan's steps. It lies in the workflow's history, encrypted: in the signal `stepAttempt`,
 * and in the details of the failure of a step's last attempt. It holds ids, codes, times and counts, and no health data.
 */

import { z } from 'zod';
import { STEP_NAMES } from '../scan/steps.ts';
import { isoTime } from '../timestamps.ts';

export const STEP_ATTEMPT_SIGNAL = 'stepAttempt';

/** What a failed attempt has asked of a model, whether it got an answer or not. A request without an answer has no tokens. */
const modelSpent = z.object({
  /** The model that answered; null when no request got an answer. */
  model: z.string().nullable(),
  /** The number of requests. */
  asks: z.number().int(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  /** The time of all requests (ms). */
  ms: z.number(),
});
export type ModelSpent = z.infer<typeof modelSpent>;

/** How an attempt failed: code of the error, duration (ms), and what it has asked of a model. */
const failedAttempt = z.object({
  code: z.string(),
  ms: z.number(),
  spent: modelSpent.optional(),
});
export type FailedAttempt = z.infer<typeof failedAttempt>;

/** News of one attempt of a step: the argument of the signal. The desk parses it; the workflow takes it as its worker sent it. */
export const stepAttempt = z.object({
  step: z.enum(STEP_NAMES),
  attempt: z.number().int(),
  /** When the next attempt comes, after an attempt that failed; absent when an attempt begins. */
  nextRetryAt: isoTime.optional(),
  /** How the attempt failed, with `nextRetryAt`; absent in the signals of earlier builds. The workflow does not read it. */
  failed: failedAttempt.optional(),
  /** True while the attempt waits for photos that are still being uploaded, false when it stops waiting. */
  awaitsPhotos: z.boolean().optional(),
  /** True when an attempt that mostly takes a moment has not ended after one. */
  takesLong: z.boolean().optional(),
  /** True when the first attempt of a scan that waited for others has begun. */
  begun: z.boolean().optional(),
});
export type StepAttempt = z.infer<typeof stepAttempt>;

/** The detail of a failure, as far as the desk reads it. */
export const failureSpent = z.object({ spent: modelSpent.optional() });
