/** One worker for all tests of a file. Their faults strike only one user or one scan. */

import { randomUUID } from 'node:crypto';
import type { StackFile } from '../../local/stack/stack-file.ts';
import { safetyIdentifier } from '../../worker/src/model/openai.ts';
import { modelAt } from '../e2e/model.ts';
import type { User } from '../e2e/users.ts';
import type { World } from '../e2e/world.ts';
import { type FleetWorker, openFleet } from './fleet.ts';
import { type HeldOptions, type HeldScan, submitHeld } from './submit-held.ts';

export interface SharedFleet {
  readonly worker: FleetWorker;
  readonly modelUrl: string;
  /** Controls of its model for the requests about this user. */
  modelOf(user: User): ReturnType<typeof modelAt>;
  /**
   * Submits a scan whose workflow starts no step before `go`, so that strikes that name the scan can be put in place until
   * then.
   */
  submit(world: World, user: User, options?: HeldOptions): Promise<HeldScan>;
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
    submit: (world, user, options) => submitHeld({ ...fleet, worker }, world, user, options),
    close: () => fleet.close(),
  };
}
