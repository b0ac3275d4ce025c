/** How much work a worker takes on at once: a fixed number of scans, or as much as the machine can bear. */

import type { WorkerOptions } from '@temporalio/worker';
import { z } from 'zod';

/** Steps that one scan usually has under way at most: insights, nutrition and workout. */
const STEPS_PER_SCAN = 3;

const FIXED = /^fixed:([1-9]\d{0,2})$/;
const RESOURCE = /^resource:(0\.\d+|1(?:\.0+)?),(0\.\d+|1(?:\.0+)?)$/;

export type Concurrency = { scans: number } | { cpu: number; memory: number };

/** WORKER_CONCURRENCY: `fixed:<scans>`, or `resource:<cpu>,<memory>` with the shares (0 to 1) of the machine to use. */
export const concurrency = z.string().transform((value, context): Concurrency => {
  const fixed = FIXED.exec(value);
  if (fixed) return { scans: Number(fixed[1]) };
  const resource = RESOURCE.exec(value);
  const [cpu, memory] = [Number(resource?.[1]), Number(resource?.[2])];
  if (cpu > 0 && memory > 0) return { cpu, memory };
  context.addIssue('must be fixed:<scans> or resource:<cpu>,<memory>, with shares above 0 and up to 1');
  return z.NEVER;
});

/** The worker's options for `chosen`; `activities` is the number of activities at once when `chosen` is undefined. */
export function slotsFor(
  chosen: Concurrency | undefined,
  activities: number,
): Pick<WorkerOptions, 'tuner' | 'maxConcurrentActivityTaskExecutions'> {
  if (!chosen) return { maxConcurrentActivityTaskExecutions: activities };
  if ('scans' in chosen) return { maxConcurrentActivityTaskExecutions: chosen.scans * STEPS_PER_SCAN };
  return { tuner: { tunerOptions: { targetCpuUsage: chosen.cpu, targetMemoryUsage: chosen.memory } } };
}
