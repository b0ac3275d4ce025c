/** One worker for all tests of a file, whose faults each strike one user or one scan. */

import { randomUUID } from 'node:crypto';
import type { StackFile } from '../../local/stack/stack-file.ts';
import { safetyIdentifier } from '../../worker/src/model/openai.ts';
import { modelAt } from '../e2e/model.ts';
import { type OwnQueueOptions, submitTo } from '../e2e/own-queue.ts';
import type { User } from '../e2e/users.ts';
import type { SubmittedScan, World } from '../e2e/world.ts';
import { type FleetWorker, openFleet } from './fleet.ts';
import type { Struck } from './strikes.ts';

export interface SharedFleet {
  readonly worker: FleetWorker;
  readonly modelUrl: string;
  /** Its model, as far as it is asked about this user. */
  modelOf(user: User): ReturnType<typeof modelAt>;
  /** Submits a scan, whose workflow takes no step before `go`: strikes that name the scan can be put in place until then. */
  submit(
    world: World,
    user: User,
    options?: Omit<OwnQueueOptions, 'beforeStart'>,
  ): Promise<SubmittedScan & { go(): void }>;
  close(): Promise<void>;
}

export async function openSharedFleet(stack: StackFile): Promise<SharedFleet> {
  const fleet = await openFleet(stack, `faults-${randomUUID()}`);
  const worker = await fleet.start();
  worker.go();
  return {
    worker,
    modelUrl: fleet.modelUrl,
    modelOf: ({ uid }) => modelAt(fleet.modelUrl, safetyIdentifier(uid, stack.projectId)),
    async submit(world, user, options) {
      let held: Struck | undefined;
      // The document comes after the workflow, whose first decision waits for it.
      const beforeStart = (scanId: string) => {
        held = worker.temporal.strike({
          path: '/RespondWorkflowTaskCompleted',
          about: scanId,
          fate: 'hold request',
        });
      };
      const scan = await submitTo(fleet.taskQueue, world, user, { ...options, beforeStart });
      return { ...scan, go: () => held!.release() };
    },
    close: () => fleet.close(),
  };
}
