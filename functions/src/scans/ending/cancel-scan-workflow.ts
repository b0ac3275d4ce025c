/** Asks the workflows about a scan to cancel, or terminates the scan's own workflow. */

import { dailyScanWorkflowId, retryStepWorkflowId } from '@reddyfit/shared/names/ids';
import type { OptionalStepName } from '@reddyfit/shared/scan/steps';
import type { WorkflowHandle } from '@temporalio/client';
import type { TemporalClient } from '../../platform/temporal-client.ts';

/** How long Temporal may take to accept the request (ms). */
const DEADLINE_MS = 10_000;

/**
 * Asks the scan's own workflow to cancel: it compensates, and ends as `canceled`. Resolves with true once Temporal has accepted
 * the request; with false when no workflow of this scan runs, because it has not started or has ended. Safe to repeat. Throws
 * when Temporal could not be reached in time, as the other functions here do.
 */
export function cancelScanWorkflow(temporal: TemporalClient, scanId: string): Promise<boolean> {
  return ask(temporal, dailyScanWorkflowId(scanId), (handle) => handle.cancel());
}

/** Asks the workflow of a step that runs again to cancel: it abandons its model call, and the step is left as failed. */
export function cancelStepRetry(
  temporal: TemporalClient,
  scanId: string,
  step: OptionalStepName,
): Promise<boolean> {
  return ask(temporal, retryStepWorkflowId(scanId, step), (handle) => handle.cancel());
}

/**
 * Terminates the workflow of a scan that someone else has ended. The workflow did not end within its time, so it may not react
 * to a cancellation.
 */
export function terminateScanWorkflow(temporal: TemporalClient, scanId: string): Promise<boolean> {
  return ask(temporal, dailyScanWorkflowId(scanId), (handle) => handle.terminate('the scan was ended'));
}

async function ask(
  temporal: TemporalClient,
  workflowId: string,
  end: (handle: WorkflowHandle) => Promise<unknown>,
): Promise<boolean> {
  const { WorkflowNotFoundError } = await import('@temporalio/client');
  return temporal.use(DEADLINE_MS, async (client) => {
    try {
      await end(client.workflow.getHandle(workflowId));
      return true;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  });
}
