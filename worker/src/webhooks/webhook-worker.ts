/**
 * The worker of webhook deliveries. It runs in the same process as the scans' worker, but has its own task queue and
 * slots.
 */

import { webhookTaskQueue } from '@reddyfit/shared/names/ids';
import { Worker, type WorkerOptions } from '@temporalio/worker';
import { upgrading } from '../platform/deployment.ts';
import type { WebhookActivities } from './activities.ts';

/** The most requests under way at once. The limit is high because requests mostly wait for other servers. */
const MAX_REQUESTS = 400;

/** Workflows kept in memory. Temporal replays a delivery that waited for hours when its wait is over. */
const MAX_CACHED = 200;

/** `options` are those of the process's workers; the task queue's name is derived from theirs. */
export function createWebhookWorker(options: WorkerOptions, activities: WebhookActivities): Promise<Worker> {
  return Worker.create({
    ...upgrading(options),
    taskQueue: webhookTaskQueue(options.taskQueue),
    activities,
    maxConcurrentActivityTaskExecutions: MAX_REQUESTS,
    maxCachedWorkflows: MAX_CACHED,
    workflowThreadPoolSize: 1,
  });
}
