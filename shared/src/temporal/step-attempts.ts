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

/** The news of one signal, as far as the desk reads it. */
export const attemptNews = z.object({
  step: z.enum(STEP_NAMES),
  attempt: z.number().int(),
  /** When the next attempt comes, after an attempt that failed. */
  nextRetryAt: isoTime.optional(),
  /** Absent in the signals of earlier builds. */
  failed: failedAttempt.optional(),
  awaitsPhotos: z.boolean().optional(),
  takesLong: z.boolean().optional(),
});

/** The detail of a failure, as far as the desk reads it. */
export const failureSpent = z.object({ spent: modelSpent.optional() });
