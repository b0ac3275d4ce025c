/** The timeline of a scan as the operator's desk shows it: ids, states, codes, times and counts. It holds no health data. */

import { z } from 'zod';
import { STEP_STATES } from '../scan/statuses.ts';
import { STEP_NAMES } from '../scan/steps.ts';
import { isoTime } from '../timestamps.ts';
import { DELIVERY_STATES } from '../webhooks/deliveries.ts';
import { foundScan } from './find.ts';

/** Something that happened to the scan, with the place that recorded it. */
const event = z.strictObject({
  at: isoTime,
  /** The scan's document, an entry of its audit chain, an activity of its workflow, or an attempt to deliver to a webhook. */
  from: z.enum(['document', 'audit', 'activity', 'webhook']),
  /** An audit action, the name of an activity, or the type of an event. */
  what: z.string(),
  /** Who did it, in the form of the audit chain. */
  actor: z.string().optional(),
  /** The number of attempts so far; of a webhook, the number of this attempt. */
  attempts: z.number().int().optional(),
  /** Time from the scheduling to the start of the last attempt (ms): the queue, and earlier attempts. */
  waitMs: z.number().optional(),
  /** Duration of the last attempt (ms). */
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
  /** Code of the step's last message. While the step is retried, or after it failed, that is the code of an error. */
  code: z.string().optional(),
  startedAt: isoTime.optional(),
  nextRetryAt: isoTime.optional(),
  /** Time from the step's start to its end, including retries and the waits for them (ms). */
  ms: z.number().optional(),
  /** The median of `ms` for this step among the scans of `median` (ms). */
  medianMs: z.number().optional(),
});

/** One attempt of a step. */
const attempt = z.strictObject({
  step: z.enum(STEP_NAMES),
  attempt: z.number().int(),
  /** True in the latest run of a step that ran again after the scan's end; that run counts its attempts from 1. */
  again: z.literal(true).optional(),
  /** When it ended; of one that has not ended, when it began or is due. */
  at: isoTime,
  /**
   * `completed`, `failed`, `timed_out` and `canceled`; `unheard` of one whose worker told nothing of its end, because it was gone, or
   * because the run closed before; and of the latest of a run that is open `waits` (for a worker), `running` and `retrying` (waits for its time).
   */
  outcome: z.enum([
    'completed',
    'failed',
    'timed_out',
    'canceled',
    'unheard',
    'waits',
    'running',
    'retrying',
  ]),
  /** Code of its error. */
  code: z.string().optional(),
  /** Its duration (ms). */
  ms: z.number().optional(),
  /** The wait after it until the next attempt (ms). */
  waitMs: z.number().optional(),
});
export type TimelineAttempt = z.infer<typeof attempt>;

export const timeline = z.strictObject({
  scan: foundScan,
  /** How often the server has written the document. */
  writes: z.number().int(),
  /** Time from the scan's creation to the start of its first step (ms). */
  queueMs: z.number().optional(),
  /** Medians of the latest completed scans that were created on the same day (UTC); absent when there are none. */
  median: z
    .strictObject({ scans: z.number().int(), queueMs: z.number().optional(), ms: z.number().optional() })
    .optional(),
  steps: z.array(step),
  /** Every attempt of every step, by step and number. Empty without a history. */
  attempts: z.array(attempt),
  /** The calls that brought the results, those that were declined while the step went on without them, and those of failed attempts. */
  calls: z.array(
    z.strictObject({
      step: z.enum(STEP_NAMES),
      /** Null when no request got an answer. */
      model: z.string().nullable(),
      /** Null in a failed attempt and in a call that was declined. */
      promptVersion: z.string().nullable(),
      /** The attempt that failed, and its error; absent of a call that brought a result. */
      failed: z
        .strictObject({
          attempt: z.number().int(),
          /** As of an attempt. */
          again: z.literal(true).optional(),
          code: z.string(),
        })
        .optional(),
      /** True when the model declined and the step completed without it. */
      refused: z.literal(true).optional(),
      inputTokens: z.number(),
      outputTokens: z.number(),
      ms: z.number(),
      asks: z.number(),
      /** The cost at list prices (US dollars); null for a model without a known price. */
      usd: z.number().nullable(),
    }),
  ),
  /** The outcome of the push about the scan's end for each device. The platform of a removed device is null. */
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
  /** Sentences about what could not be read, because a server did not answer or no longer has it. */
  gaps: z.array(z.string()),
});
export type Timeline = z.infer<typeof timeline>;
