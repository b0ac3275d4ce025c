/** The workflows of scans, as Temporal knows them. */

import { dailyScanWorkflowId } from '@reddyfit/shared/names/ids';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { ScanRuns } from '../ports.ts';

/** Runs that `client` reaches, which may be another one from call to call. */
export function temporalScanRuns(client: () => Client): ScanRuns {
  const handle = (scanId: string) => client().workflow.getHandle(dailyScanWorkflowId(scanId));
  return {
    async isOpen(scanId) {
      const run = await unlessMissing(handle(scanId).describe());
      return run?.status.name === 'RUNNING' || run?.status.name === 'PAUSED';
    },
    async cancel(scanId) {
      await unlessMissing(handle(scanId).cancel());
    },
    async terminate(scanId) {
      await unlessMissing(handle(scanId).terminate('the account is being deleted'));
    },
  };
}

/** Undefined when there is no such workflow, or it has closed. */
async function unlessMissing<Result>(asking: Promise<Result>): Promise<Result | undefined> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}
