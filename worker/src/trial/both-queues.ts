/** Runs the workers that tests of scan workflows need: one for a queue, and one for the queue of short activities beside it. */

import { shortTaskQueue } from '@reddyfit/shared/names/ids';
import { Worker, type WorkerOptions } from '@temporalio/worker';

export interface BothWorkers {
  /** Runs both workers until `body` has ended. Resolves with its result. */
  runUntil<Result>(body: () => Promise<Result>): Promise<Result>;
}

/** Workers for `options.taskQueue` and for its short activities. Both know all `activities`. */
export async function onBothQueues(options: WorkerOptions): Promise<BothWorkers> {
  const { workflowBundle: _, maxConcurrentActivityTaskExecutions: __, tuner: ___, ...rest } = options;
  const [worker, short] = await Promise.all([
    Worker.create(options),
    Worker.create({ ...rest, taskQueue: shortTaskQueue(options.taskQueue) }),
  ]);
  return { runUntil: (body) => short.runUntil(() => worker.runUntil(body)) };
}
