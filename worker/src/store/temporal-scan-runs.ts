/** The workflows about a scan (its own, the announcement of its end, retries of its steps) in Temporal. */

import { scanWorkflowIds } from '@reddyfit/shared/names/ids';
import { type Client, type WorkflowHandle, WorkflowNotFoundError } from '@temporalio/client';
import type { ScanRuns } from './ports.ts';

/** The runs that `client` reaches. It is called for each request, since the client may be replaced. */
export function temporalScanRuns(client: () => Client): ScanRuns {
  const each = <Result>(scanId: string, ask: (handle: WorkflowHandle) => Promise<Result>) =>
    Promise.all(scanWorkflowIds(scanId).map((id) => unlessMissing(ask(client().workflow.getHandle(id)))));
  return {
    async isOpen(scanId) {
      const runs = await each(scanId, (handle) => handle.describe());
      return runs.some((run) => run?.status.name === 'RUNNING' || run?.status.name === 'PAUSED');
    },
    async cancel(scanId) {
      await each(scanId, (handle) => handle.cancel());
    },
    async terminate(scanId) {
      await each(scanId, (handle) => handle.terminate('the account is being deleted'));
    },
  };
}

/** Resolves with undefined when the workflow does not exist or has closed. */
async function unlessMissing<Result>(asking: Promise<Result>): Promise<Result | undefined> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}
