/**
 * The worker of short activities. It runs in the same process as the scans' worker, with a queue and slots of its own,
 * so that no concurrency setting makes a status, a credit or a cancellation wait for model calls.
 */

import { shortTaskQueue } from '@reddyfit/shared/names/ids';
import { Worker, type WorkerOptions } from '@temporalio/worker';
import type { Activities } from './activities.ts';

/** Short activities at once. They mostly wait for other servers. Temporal gives statuses priority over pushes. */
const MAX_SHORT_ACTIVITIES = 200;

/**
 * `options` are those of the process's other workers; this worker's queue name is derived from theirs. It runs
 * activities only.
 */
export function createShortWorker(options: WorkerOptions, activities: Activities): Promise<Worker> {
  const { workflowBundle: _, ...rest } = options;
  return Worker.create({
    ...rest,
    taskQueue: shortTaskQueue(options.taskQueue),
    activities,
    maxConcurrentActivityTaskExecutions: MAX_SHORT_ACTIVITIES,
  });
}
