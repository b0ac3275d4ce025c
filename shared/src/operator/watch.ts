/** The state of the whole service as the operator's desk shows it: counts, shares, times and costs. It holds no health data. */

import { z } from 'zod';
import { isoTime } from '../timestamps.ts';
import { actId, why } from './acts.ts';

/** How many hours a view covers. A longer period reads more documents. */
export const WATCH_HOURS = { usual: 24, most: 168 } as const;

const HOURS_SAID = `Hours are a whole number from 1 to ${WATCH_HOURS.most}.`;

export const watchRequest = z.object({
  hours: z
    .string()
    .regex(/^[1-9][0-9]{0,2}$/, HOURS_SAID)
    .transform(Number)
    .pipe(z.number().max(WATCH_HOURS.most, HOURS_SAID)),
});

/** A figure and its goal. `value` and `met` are null when there is nothing to judge. */
const judged = z.strictObject({
  value: z.number().nullable(),
  goal: z.number(),
  met: z.boolean().nullable(),
});

/** How many scans succeeded, how long they took and waited, and what they cost. */
const figures = {
  /** The share of completed scans among those that a workflow completed or failed. */
  successRate: judged,
  /** The 95th percentile of the time from the request to the completion (s). */
  durationP95: judged,
  /** The share of all attempts of steps that were not the first attempt. */
  retryRate: judged,
  /**
   * The 95th percentile of the time from the request to the start of the first step (s); null when no step has started.
   */
  queueP95: z.number().nullable(),
  /**
   * The cost of the models for one scan that has ended, on average and at list prices (US dollars); null when there is
   * no such scan.
   */
  usdPerScan: z.number().nullable(),
};

export const watchView = z.strictObject({
  /** When the figures were counted. */
  at: isoTime,
  hours: z.number().int(),
  scans: z.number().int(),
  /** True when the period has more scans than are read. The oldest are then left out. */
  more: z.boolean(),
  byStatus: z.record(z.string(), z.number().int()),
  ...figures,
  errors: z.array(z.strictObject({ code: z.string(), scans: z.number().int() })),
  byBuild: z.array(z.strictObject({ build: z.string(), scans: z.number().int(), ...figures })),
  byModel: z.array(
    z.strictObject({
      model: z.string(),
      /** The number of steps that the model answered. */
      calls: z.number().int(),
      inputTokens: z.number(),
      outputTokens: z.number(),
      /** The cost at list prices (US dollars); null for a model without a known price. */
      usd: z.number().nullable(),
      /** The 95th percentile of the time of one step's answer, with all its asks (s). */
      callP95: z.number().nullable(),
      /** How often the model was asked for one answer, on average. It is above 1 when some answers could not be used. */
      asksPerCall: z.number().nullable(),
      /** The number of scans whose body fat the model estimated. The figures below are about these scans. */
      scans: z.number().int(),
      ...figures,
    }),
  ),
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
        /** Where its runbook is read, as the rules say it: a URL, or a path in the repository. Null when they do not say. */
        runbook: z.string().nullable(),
      }),
    )
    .nullable(),
  /** The number of abandoned webhook deliveries of each endpoint that has any. */
  deadLetters: z.array(z.strictObject({ endpointId: z.string(), dead: z.number().int() })),
  /** Operators who reached a limit of the desk in these hours, the latest first, 50 at most. */
  limited: z.array(z.strictObject({ operator: z.string(), limit: z.string(), at: isoTime })),
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
  /** Scans that have not ended and have no time of creation: how many, and the ids of at most ten. No list and no sweep finds them. */
  undated: z.strictObject({ scans: z.number().int(), named: z.array(z.string()) }),
  /** Paths of documents that cannot be read, because somebody has broken them. They are not counted in any figure. */
  broken: z.array(z.string()),
  /** Sentences about what could not be read, because a server did not answer. */
  gaps: z.array(z.string()),
});
export type WatchView = z.infer<typeof watchView>;

/** Delivers the dead letters of an endpoint again, at most the oldest 500 of them. A dry run only counts them. */
export const redeliverAct = z.strictObject({ dryRun: z.boolean(), actId, ...why });
export type RedeliverAct = z.infer<typeof redeliverAct>;

export const redeliverDone = z.strictObject({
  dryRun: z.boolean(),
  /** The number of deliveries that were started, or that a run would start. */
  deliveries: z.number().int(),
  /** Ids of dead letters whose event can no longer be read; they are not delivered again. */
  broken: z.array(z.string()),
  /** True when there are more dead letters than one request delivers again: the client may send it once more. */
  more: z.boolean(),
  /** When an earlier request with this id did it; this one has done nothing. */
  before: isoTime.optional(),
});
export type RedeliverDone = z.infer<typeof redeliverDone>;
