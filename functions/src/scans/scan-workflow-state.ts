/** Asks Temporal whether a scan's workflow still runs. */

import { dailyScanWorkflowId } from '@reddyfit/shared/names/ids';
import type { TemporalClient } from '../platform/temporal-client.ts';

/** How long Temporal may take to answer (ms). */
const DESCRIBE_DEADLINE_MS = 10_000;

/** The state of a scan's workflow, and when the workflow started. */
export type ScanWorkflowState = { state: 'open' | 'closed'; startedAt: Date } | { state: 'none' };

/**
 * The state of a scan's workflow; `none` when there never was one, or when it ended so long ago that Temporal has forgotten
 * it. Throws when Temporal does not answer.
 */
export async function scanWorkflowState(
  temporal: TemporalClient,
  scanId: string,
): Promise<ScanWorkflowState> {
  const { WorkflowNotFoundError } = await import('@temporalio/client');
  return temporal.use(DESCRIBE_DEADLINE_MS, async (client) => {
    try {
      const run = await client.workflow.getHandle(dailyScanWorkflowId(scanId)).describe();
      const isOpen = run.status.name === 'RUNNING' || run.status.name === 'PAUSED';
      return { state: isOpen ? 'open' : 'closed', startedAt: run.startTime };
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return { state: 'none' };
      throw error;
    }
  });
}
