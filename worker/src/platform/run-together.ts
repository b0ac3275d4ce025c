/** Runs the workers of one process, which serve and end together. */

import { errorName } from '@reddyfit/shared/log-fields';
import type { Worker } from '@temporalio/worker';
import { log } from './logs.ts';

/**
 * Runs the `first` workers, creates the others, and runs each of these as soon as it is there. Calls `onAll` when all run.
 *
 * When one fails, or cannot be created, all end as after SIGTERM or SIGINT: a process that serves only some of its queues would take scans as if it served
 * all, and whoever supervises it would not replace it. Resolves once they have finished the activities in hand, or their grace is over; with the
 * errors of those that failed.
 */
export async function runTogether(
  first: readonly Worker[],
  createOthers: () => readonly Promise<Worker>[],
  onAll: (all: readonly Worker[]) => void,
): Promise<readonly unknown[]> {
  const running: Worker[] = [];
  const failures: unknown[] = [];
  let isEnding = false;
  const end = () => {
    isEnding = true;
    for (const worker of running) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  const serve = async (worker: Worker) => {
    // A signal ends the workers that run, and would not be heard of by one that comes later.
    isEnding ||= running.some((one) => one.getState() !== 'RUNNING');
    running.push(worker);
    const run = worker.run();
    if (isEnding) end();
    await run;
  };
  const together = (served: Promise<void>) =>
    served
      .catch((error: unknown) => {
        log('ERROR', 'worker_failed', { error: errorName(error) });
        failures.push(error);
      })
      .finally(end);

  const runs = first.map((worker) => together(serve(worker)));
  const others = createOthers();
  const all = first.length + others.length;
  const created = async (other: Promise<Worker>) => {
    const served = serve(await other);
    if (running.length === all && !isEnding) onAll(running);
    await served;
  };
  await Promise.all([...runs, ...others.map((other) => together(created(other)))]);
  return failures;
}
