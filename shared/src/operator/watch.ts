/** The state of the whole service as the operator's desk shows it: counts, shares, times and costs. It holds no health data. */

import { z } from 'zod';
import { isoTime } from '../timestamps.ts';
import { actId, why } from './acts.ts';

/** How many hours a view covers. A longer period reads more documents. */
export const WATCH_HOURS = { usual: 24, most: 168 } as const;

export const watchRequest = z.object({
  hours: z.coerce.number().int().min(1).max(WATCH_HOURS.most).default(WATCH_HOURS.usual),
});

/** A figure and its goal. `value` and `met` are null when there is nothing to judge. */
const judged = z.strictObject({
  value: z.number().nullable(),
  goal: z.number(),
  met: z.boolean().nullable(),
});

const goals = {
  /** The share of completed scans among those that a workflow completed or failed. */
  successRate: judged,
  /** The 95th percentile of the time from the request to the completion (s). */
  durationP95: judged,
  /** The share of all attempts of steps that were not the first attempt. */
  retryRate: judged,
};

export const watchView = z.strictObject({
  /** When the figures were counted. */
  at: isoTime,
  hours: z.number().int(),
  scans: z.number().int(),
  /** True when the period has more scans than are read. The oldest are then left out. */
  more: z.boolean(),
  byStatus: z.record(z.string(), z.number().int()),
  ...goals,
  errors: z.array(z.strictObject({ code: z.string(), scans: z.number().int() })),
  byBuild: z.array(z.strictObject({ build: z.string(), scans: z.number().int(), ...goals })),
  byModel: z.array(
    z.strictObject({
      model: z.string(),
      /** The number of steps that the model answered. */
      calls: z.number().int(),
      inputTokens: z.number(),
      outputTokens: z.number(),
      /** The cost at list prices (US dollars); null for a model without a known price. */
      usd: z.number().nullable(),
      /** The number of scans whose body fat the model estimated; the figures below are those of these scans. */
      scans: z.number().int(),
      ...goals,
    }),
  ),
  /** The cost of models per scan that has ended, at list prices (US dollars); null when no scan has ended. */
  modelUsdPerScan: z.number().nullable(),
  queues: z.array(
    z.strictObject({
      queue: z.string(),
      /** The number of waiting tasks, which Temporal estimates. */
      waiting: z.number().int(),
      /** The number of workers that have asked for tasks within the last 90 s. */
      workers: z.number().int(),
    }),
  ),
  /** Firing alerts. Null when no Alertmanager is configured or when it does not answer. */
  alerts: z
    .array(
      z.strictObject({
        name: z.string(),
        severity: z.string(),
        since: isoTime,
        summary: z.string(),
        runbook: z.string().nullable(),
      }),
    )
    .nullable(),
  /** The number of abandoned webhook deliveries of each endpoint that has any. */
  deadLetters: z.array(z.strictObject({ endpointId: z.string(), dead: z.number().int() })),
  /** Accounts that are being deleted. */
  deletions: z.array(
    z.strictObject({
      userId: z.string(),
      state: z.string(),
      stage: z.string().nullable(),
      startedAt: isoTime,
      updatedAt: isoTime,
    }),
  ),
  /** The last results that the daily jobs and the sweeper have recorded. */
  jobs: z.array(
    z.strictObject({
      job: z.string(),
      lastSuccessAt: isoTime.nullable(),
      /** The counts of the job's last run. */
      found: z.record(z.string(), z.number()),
    }),
  ),
  /** Sentences about what could not be read, because a server did not answer. */
  gaps: z.array(z.string()),
});
export type WatchView = z.infer<typeof watchView>;

/** Delivers the dead letters of an endpoint again, at most the oldest 500 of them. A dry run only counts them. */
export const redeliverAct = z.strictObject({ dryRun: z.boolean(), actId, ...why });
export type RedeliverAct = z.infer<typeof redeliverAct>;

export const redeliverDone = z.strictObject({
  dryRun: z.boolean(),
  /** The number of deliveries that were started, or that would be by a run. */
  deliveries: z.number().int(),
  /** True when there are more than one request starts: the client may ask again. */
  more: z.boolean(),
});
export type RedeliverDone = z.infer<typeof redeliverDone>;
