/** Reads from Temporal how many tasks wait in each task queue, and how many workers poll it. */

import { operationsTaskQueue, shortTaskQueue, webhookTaskQueue } from '@reddyfit/shared/names/ids';
import type { WatchView } from '@reddyfit/shared/operator/watch';
import type { TemporalClient } from '../platform/temporal-client.ts';

/** How long Temporal may take to describe them (ms). */
const DEADLINE_MS = 5000;

/** Temporal's TaskQueueType: workflows, activities. */
const TYPES = [1, 2];

/**
 * Temporal remembers a poller for five minutes. A poller that has been silent for this long (ms), which is longer than
 * a poll, is gone.
 */
const SILENT_MS = 90_000;

/** The state of each task queue. Throws when Temporal is away. */
export function taskQueues(
  temporal: TemporalClient,
  { namespace, taskQueue }: { namespace: string; taskQueue: string },
  now: Date,
): Promise<WatchView['queues']> {
  const names = [
    taskQueue,
    shortTaskQueue(taskQueue),
    webhookTaskQueue(taskQueue),
    operationsTaskQueue(taskQueue),
  ];
  return temporal.use(DEADLINE_MS, ({ workflowService }) =>
    Promise.all(
      names.map(async (queue) => {
        const described = await Promise.all(
          TYPES.map((taskQueueType) =>
            workflowService.describeTaskQueue({
              namespace,
              taskQueue: { name: queue },
              taskQueueType,
              reportStats: true,
            }),
          ),
        );
        const waiting = described.map(({ stats }) => Number(stats?.approximateBacklogCount ?? 0));
        const polling = described
          .flatMap(({ pollers }) => pollers ?? [])
          .filter(
            ({ lastAccessTime }) => now.getTime() - Number(lastAccessTime?.seconds ?? 0) * 1000 < SILENT_MS,
          );
        return {
          queue,
          waiting: waiting.reduce((sum, count) => sum + count, 0),
          workers: new Set(polling.map(({ identity }) => identity)).size,
        };
      }),
    ),
  );
}
