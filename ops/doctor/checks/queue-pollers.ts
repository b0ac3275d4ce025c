/** Checks that workers poll the task queues; without one, scans wait. */

import { operationsTaskQueue, shortTaskQueue, webhookTaskQueue } from '@reddyfit/shared/names/ids';
import type { Connection } from '@temporalio/client';
import { type Check, type Finding, ok, problem } from '../check.ts';
import { askTemporal } from './temporal.ts';

/** Temporal's TaskQueueType. */
const QUEUE_TYPES = { workflows: 1, activities: 2 } as const;

/**
 * Temporal lists a poller for five minutes. One that has not polled for this long (ms), which is longer than a poll takes, is
 * gone.
 */
const SILENT_MS = 90_000;

export const queuePollers: Check = {
  name: 'queue pollers',
  run: (site) =>
    askTemporal(site, async (connection) => {
      const { namespace, taskQueue } = site.temporal;
      const queues = [taskQueue, webhookTaskQueue(taskQueue), operationsTaskQueue(taskQueue)];
      return Promise.all([
        ...queues.map((queue) => pollersOf(connection, namespace, queue, ['workflows', 'activities'])),
        pollersOf(connection, namespace, shortTaskQueue(taskQueue), ['activities']),
      ]);
    }),
};

async function pollersOf(
  connection: Connection,
  namespace: string,
  queue: string,
  polledFor: readonly (keyof typeof QUEUE_TYPES)[],
): Promise<Finding> {
  const kinds = await Promise.all(
    polledFor.map(async (kind) => {
      const { pollers } = await connection.workflowService.describeTaskQueue({
        namespace,
        taskQueue: { name: queue },
        taskQueueType: QUEUE_TYPES[kind],
      });
      const polling = (pollers ?? []).filter(
        ({ lastAccessTime }) => Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1000 < SILENT_MS,
      );
      return { kind, workers: new Set(polling.map(({ identity }) => identity)).size };
    }),
  );
  const seen = `${queue}: ${kinds.map(({ kind, workers }) => `${workers} for ${kind}`).join(', ')}`;
  if (kinds.every(({ workers }) => workers > 0)) return ok(seen);
  return problem(seen, 'Start a worker, or see why it does not poll: its /readyz and its log.');
}
