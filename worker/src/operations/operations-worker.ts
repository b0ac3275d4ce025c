/**
 * The worker of the daily operations: beside the scans' worker in the same process, on a queue of its own and with two slots,
 * so that a million histories to archive hold no scan.
 */

import { operationsTaskQueue } from '@reddyfit/shared/names/ids';
import { Worker, type WorkerOptions } from '@temporalio/worker';
import type { OperationsActivities } from './activities.ts';

/** Pages under way at once: one of each daily operation. */
const MAX_PAGES = 2;

/** `options` are those of the process's workers; its queue is beside theirs. */
export function createOperationsWorker(
  options: WorkerOptions,
  activities: OperationsActivities,
): Promise<Worker> {
  const { workerDeploymentOptions: deployment } = options;
  return Worker.create({
    ...options,
    // What a schedule started under one build is finished under the next.
    ...(deployment?.useWorkerVersioning && {
      workerDeploymentOptions: { ...deployment, defaultVersioningBehavior: 'AUTO_UPGRADE' },
    }),
    taskQueue: operationsTaskQueue(options.taskQueue),
    activities,
    maxConcurrentActivityTaskExecutions: MAX_PAGES,
    maxConcurrentWorkflowTaskExecutions: MAX_PAGES,
    maxCachedWorkflows: MAX_PAGES,
    workflowThreadPoolSize: 1,
  });
}
