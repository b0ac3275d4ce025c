/** Starts the workflow of an admitted scan, once, however often it is asked to. */

import { DAILY_SCAN_WORKFLOW, dailyScanWorkflowId } from '@reddyfit/shared/ids';
import type { DailyScanInput } from '@reddyfit/shared/workflow';
import type { TemporalClient } from './temporal-client.ts';

/** How long Temporal may take to accept a workflow (ms). */
const START_DEADLINE_MS = 10_000;

/**
 * Starts `dailyScanWorkflow` for the scan; one that runs or has ended already is left as it is, and that is success.
 * Throws when Temporal could not be reached in time. Memo and search attributes stay empty: they are not encrypted.
 */
export async function startScan(
  temporal: TemporalClient,
  taskQueue: string,
  input: DailyScanInput,
): Promise<void> {
  const { WorkflowExecutionAlreadyStartedError } = await import('@temporalio/client');
  await temporal.use(START_DEADLINE_MS, async (client) => {
    try {
      await client.workflow.start(DAILY_SCAN_WORKFLOW, {
        workflowId: dailyScanWorkflowId(input.scanId),
        taskQueue,
        args: [input],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        workflowIdConflictPolicy: 'USE_EXISTING',
      });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  });
}
