/** The way of one scan as the operator's desk shows it: ids, states, codes, times and counts. No health data. */

import { z } from 'zod';
import { STEP_STATES } from '../scan/statuses.ts';
import { STEP_NAMES } from '../scan/steps.ts';
import { isoTime } from '../timestamps.ts';
import { DELIVERY_STATES } from '../webhooks/endpoints.ts';
import { foundScan } from './find.ts';

/** What happened, by who knows of it. */
const event = z.strictObject({
  at: isoTime,
  /** `document`, an entry of the audit chain, an activity of the workflow, or an attempt at a webhook. */
  from: z.enum(['document', 'audit', 'activity', 'webhook']),
  /** An audit action, the name of an activity, or the type of an event. */
  what: z.string(),
  /** Who did it, as the chain has it. */
  actor: z.string().optional(),
  /** Attempts that were made up to this end. */
  attempts: z.number().int().optional(),
  /** From being asked for to the start of the last attempt (ms): the queue, and the attempts before it. */
  waitMs: z.number().optional(),
  /** Of the last attempt (ms). */
  ms: z.number().optional(),
  outcome: z.string().optional(),
  /** Code of the last error. */
  code: z.string().optional(),
  /** Ids and codes. */
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
export type TimelineEvent = z.infer<typeof event>;

const step = z.strictObject({
  step: z.enum(STEP_NAMES),
  state: z.enum(STEP_STATES),
  attempt: z.number().int(),
  /** Code of its last sentence: of an error, while it is tried again or after it failed. */
  code: z.string().optional(),
  startedAt: isoTime.optional(),
  nextRetryAt: isoTime.optional(),
  /** From its start to its end, retries and their waits included (ms). */
  ms: z.number().optional(),
  /** The same, the median of the day. */
  medianMs: z.number().optional(),
});
export type TimelineStep = z.infer<typeof step>;

export const timeline = z.strictObject({
  scan: foundScan,
  /** Writes of the server to the document. */
  writes: z.number().int(),
  /** From its creation to the start of its first step (ms). */
  queueMs: z.number().optional(),
  /** Of completed scans of the same day (UTC), the latest of them; absent when there are none. */
  median: z
    .strictObject({ scans: z.number().int(), queueMs: z.number().optional(), ms: z.number().optional() })
    .optional(),
  steps: z.array(step),
  calls: z.array(
    z.strictObject({
      step: z.enum(STEP_NAMES),
      model: z.string(),
      promptVersion: z.string(),
      inputTokens: z.number(),
      outputTokens: z.number(),
      ms: z.number(),
      asks: z.number(),
      /** At list prices; null for a model that the table does not know. */
      usd: z.number().nullable(),
    }),
  ),
  /** What became of the message of its end, by device; a device that is gone has no platform. */
  pushes: z.array(
    z.strictObject({ status: z.string(), platform: z.string().nullable(), outcome: z.string() }),
  ),
  deliveries: z.array(
    z.strictObject({
      endpointId: z.string(),
      eventId: z.string(),
      state: z.enum(DELIVERY_STATES),
      attempts: z.number().int(),
      lastStatus: z.number().nullable(),
      nextAttemptAt: isoTime.nullable(),
    }),
  ),
  /** Oldest first. */
  events: z.array(event),
  workflow: z.strictObject({ id: z.string(), runId: z.string() }).nullable(),
  traceId: z.string().nullable(),
  /** What could not be found out. */
  gaps: z.array(z.string()),
});
export type Timeline = z.infer<typeof timeline>;
