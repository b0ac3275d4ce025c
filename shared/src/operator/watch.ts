/** How the service does as a whole, as the operator's desk shows it: counts, shares, times, costs. Nothing of any user's body. */

import { z } from 'zod';
import { isoTime } from '../timestamps.ts';
import { actId, why } from './acts.ts';

/** Hours back that may be asked for: the longer, the more documents are read. */
export const WATCH_HOURS = { usual: 24, most: 168 } as const;

export const watchRequest = z.object({
  hours: z
    .string()
    .regex(/^[1-9][0-9]{0,2}$/, `Hours are a whole number from 1 to ${WATCH_HOURS.most}.`)
    .transform(Number)
    .pipe(z.number().max(WATCH_HOURS.most)),
});

/** A figure beside its goal; null where there is nothing to judge. */
const judged = z.strictObject({
  value: z.number().nullable(),
  goal: z.number(),
  met: z.boolean().nullable(),
});

/** How scans did, waited and cost. */
const figures = {
  /** Of the scans that a workflow completed or failed. */
  successRate: judged,
  /** From the request to the completion (s). */
  durationP95: judged,
  /** Of all attempts of steps, those that were not the first. */
  retryRate: judged,
  /** From the request to the start of the first step (s), the 95th percentile; null where none began. */
  queueP95: z.number().nullable(),
  /** Models alone, at list prices, for a scan that has ended; null for none. */
  usdPerScan: z.number().nullable(),
};

export const watchView = z.strictObject({
  /** When it was counted. */
  at: isoTime,
  hours: z.number().int(),
  scans: z.number().int(),
  /** Older scans of the time are left out: there were more than are read. */
  more: z.boolean(),
  byStatus: z.record(z.string(), z.number().int()),
  ...figures,
  errors: z.array(z.strictObject({ code: z.string(), scans: z.number().int() })),
  byBuild: z.array(z.strictObject({ build: z.string(), scans: z.number().int(), ...figures })),
  byModel: z.array(
    z.strictObject({
      model: z.string(),
      /** Steps that it answered. */
      calls: z.number().int(),
      inputTokens: z.number(),
      outputTokens: z.number(),
      /** At list prices; null for a model that the table does not know. */
      usd: z.number().nullable(),
      /** Of one step's answers (s), with all its asks, the 95th percentile. */
      callP95: z.number().nullable(),
      /** How often it was asked for one answer: above 1 where answers could not be used. */
      asksPerCall: z.number().nullable(),
      /** Scans whose estimation it made, and how they did. */
      scans: z.number().int(),
      ...figures,
    }),
  ),
  queues: z.array(
    z.strictObject({
      queue: z.string(),
      /** Tasks that wait, as Temporal estimates them. */
      waiting: z.number().int(),
      /** Workers that asked for tasks within 90 s. */
      workers: z.number().int(),
    }),
  ),
  /** Null where no Alertmanager is configured. */
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
  /** Webhook deliveries that were given up, by endpoint. */
  deadLetters: z.array(z.strictObject({ endpointId: z.string(), dead: z.number().int() })),
  /** Operators who came to a limit of the desk in these hours, the latest first, 50 at most. */
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
  /** What the daily jobs and the sweeper have left of themselves. */
  jobs: z.array(
    z.strictObject({
      job: z.string(),
      lastSuccessAt: isoTime.nullable(),
      /** Counts that it found. */
      found: z.record(z.string(), z.number()),
    }),
  ),
  /** Paths of documents that cannot be read, since somebody has broken them: they count nowhere. */
  broken: z.array(z.string()),
  /** What could not be found out. */
  gaps: z.array(z.string()),
});
export type WatchView = z.infer<typeof watchView>;

/** To have the dead letters of an endpoint delivered anew, the oldest 500 of them; a dry run counts them. */
export const redeliverAct = z.strictObject({ dryRun: z.boolean(), actId, ...why });
export type RedeliverAct = z.infer<typeof redeliverAct>;

export const redeliverDone = z.strictObject({
  dryRun: z.boolean(),
  /** Deliveries that began, or would. */
  deliveries: z.number().int(),
  /** Ids of deliveries whose event cannot be read any more: they are never made. */
  broken: z.array(z.string()),
  /** There were more than one request takes up: ask again. */
  more: z.boolean(),
});
export type RedeliverDone = z.infer<typeof redeliverDone>;
