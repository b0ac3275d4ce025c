/** A scan for a worker that already polls, but must not take a task of this scan before the test allows it. */

import { type OwnQueueOptions, submitTo } from '../e2e/own-queue.ts';
import type { User } from '../e2e/users.ts';
import type { SubmittedScan, World } from '../e2e/world.ts';
import type { Fleet, FleetWorker } from './fleet.ts';
import type { Struck } from './strikes.ts';

export type HeldOptions = Omit<OwnQueueOptions, 'beforeStart'>;

export type HeldScan = SubmittedScan & {
  /** Lets the workflow take its first step. */
  go(): void;
};

/**
 * Submits a scan to the queue of `worker`, which must be the only worker on it. The first decision of the scan's workflow is
 * held until `go`.
 */
export async function submitHeld(
  { taskQueue, worker }: Pick<Fleet, 'taskQueue'> & { worker: FleetWorker },
  world: World,
  user: User,
  options?: HeldOptions,
): Promise<HeldScan> {
  let held: Struck | undefined;
  // The workflow starts before the document is written, so the strike is in place before its first decision.
  const beforeStart = (scanId: string) => {
    held = worker.temporal.strike({
      path: '/RespondWorkflowTaskCompleted',
      about: scanId,
      fate: 'hold request',
    });
  };
  const scan = await submitTo(taskQueue, world, user, { ...options, beforeStart });
  return { ...scan, go: () => held!.release() };
}
