/**
 * The worker of the daily operations. It runs in the same process as the scans' worker, with a task queue of its own
 * and two slots, so that a million histories to archive delay no scan.
 */

import { operationsTaskQueue } from '@reddyfit/shared/names/ids';
import { Worker, type WorkerOptions } from '@temporalio/worker';
import { upgrading } from '../platform/deployment.ts';
import type { OperationsActivities } from './activities.ts';

/** Pages in progress at once: one for each daily operation. */
const MAX_PAGES = 2;

/** `options` are those of the process's other workers; this worker's queue name is derived from theirs. */
export function createOperationsWorker(
  options: WorkerOptions,
  activities: OperationsActivities,
): Promise<Worker> {
  return Worker.create({
    ...upgrading(options),
    taskQueue: operationsTaskQueue(options.taskQueue),
    activities,
    maxConcurrentActivityTaskExecutions: MAX_PAGES,
    maxConcurrentWorkflowTaskExecutions: MAX_PAGES,
    maxCachedWorkflows: MAX_PAGES,
    workflowThreadPoolSize: 1,
  });
}
