/** Replays an archived history against the workflows as they are now. */

import type { DataConverter } from '@temporalio/client';
import proto from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import type { ClosedRun, History } from '../ports.ts';

/**
 * Resolves when today's workflow takes the same way. Throws DeterminismViolationError when it does not. The data converter must
 * have the keys of the time when the history was made.
 */
export async function replay(
  { run, history }: { run: ClosedRun; history: History },
  options: { workflowBundle: { code: string }; dataConverter: DataConverter },
): Promise<void> {
  const message = proto.temporal.api.history.v1.History.fromObject(history);
  await Worker.runReplayHistory(options, message, run.workflowId);
}
