/** What tests of scans' workflows run them with: a worker of a queue, and one of the short activities beside it. */

import { shortTaskQueue } from '@reddyfit/shared/names/ids';
import { Worker, type WorkerOptions } from '@temporalio/worker';

export interface BothWorkers {
  /** Runs both as long as `body` takes; resolves as that does. */
  runUntil<Result>(body: () => Promise<Result>): Promise<Result>;
}

/** Workers of `options.taskQueue` and of its short activities, which both know all `activities`. */
export async function onBothQueues(options: WorkerOptions): Promise<BothWorkers> {
  const { workflowBundle: _, maxConcurrentActivityTaskExecutions: __, tuner: ___, ...rest } = options;
  const [worker, short] = await Promise.all([
    Worker.create(options),
    Worker.create({ ...rest, taskQueue: shortTaskQueue(options.taskQueue) }),
  ]);
  return { runUntil: (body) => short.runUntil(() => worker.runUntil(body)) };
}
