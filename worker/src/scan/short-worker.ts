/**
 * The worker of short activities: beside the scans' worker in the same process, on a queue and in slots of its own, so that no setting
 * of concurrency makes a status, a credit or a cancellation wait for model calls.
 */

import { shortTaskQueue } from '@reddyfit/shared/names/ids';
import { Worker, type WorkerOptions } from '@temporalio/worker';
import type { Activities } from './activities.ts';

/** Under way at once. They wait for other servers, most of the time; Temporal serves statuses before pushes. */
const MAX_SHORT_ACTIVITIES = 200;

/** `options` are those of the process's workers; its queue is beside theirs. It runs activities only. */
export function createShortWorker(options: WorkerOptions, activities: Activities): Promise<Worker> {
  const { workflowBundle: _, ...rest } = options;
  return Worker.create({
    ...rest,
    taskQueue: shortTaskQueue(options.taskQueue),
    activities,
    maxConcurrentActivityTaskExecutions: MAX_SHORT_ACTIVITIES,
  });
}
