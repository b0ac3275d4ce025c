/** Asks the workflow of a scan to cancel: it compensates, and ends as `canceled`. */

import { dailyScanWorkflowId } from '@reddyfit/shared/names/ids';
import type { TemporalClient } from '../platform/temporal-client.ts';

/** How long Temporal may take to accept a cancellation (ms). */
const CANCEL_DEADLINE_MS = 10_000;

/**
 * Resolves with true once Temporal has accepted it; with false when no workflow of this scan runs, because it has not
 * started or has ended. Again: the same. Throws when Temporal could not be reached in time.
 */
export async function cancelScanWorkflow(temporal: TemporalClient, scanId: string): Promise<boolean> {
  const { WorkflowNotFoundError } = await import('@temporalio/client');
  return temporal.use(CANCEL_DEADLINE_MS, async (client) => {
    try {
      await client.workflow.getHandle(dailyScanWorkflowId(scanId)).cancel();
      return true;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  });
}
