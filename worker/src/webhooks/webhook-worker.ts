/** The worker of webhook deliveries: beside the scans' worker in the same process, on a queue and in slots of its own. */

import { webhookTaskQueue } from '@reddyfit/shared/names/ids';
import { Worker, type WorkerOptions } from '@temporalio/worker';
import type { WebhookActivities } from './activities.ts';

/** Requests under way at once. They wait for other servers, most of the time, so they are many. */
const MAX_REQUESTS = 400;

/** Deliveries kept in memory; those that wait for hours are read again when their time has come. */
const MAX_CACHED = 200;

/** `options` are those of the process's workers; its queue is beside theirs. */
export function createWebhookWorker(options: WorkerOptions, activities: WebhookActivities): Promise<Worker> {
  const { workerDeploymentOptions: deployment } = options;
  return Worker.create({
    ...options,
    // Deliveries wait for hours: a new build takes them over.
    ...(deployment?.useWorkerVersioning && {
      workerDeploymentOptions: { ...deployment, defaultVersioningBehavior: 'AUTO_UPGRADE' },
    }),
    taskQueue: webhookTaskQueue(options.taskQueue),
    activities,
    maxConcurrentActivityTaskExecutions: MAX_REQUESTS,
    maxCachedWorkflows: MAX_CACHED,
    workflowThreadPoolSize: 1,
  });
}
