/** Whether a scan's workflow still works on it. */

import { dailyScanWorkflowId } from '@reddyfit/shared/names/ids';
import type { TemporalClient } from '../platform/temporal-client.ts';

/** How long Temporal may take to answer (ms). */
const DESCRIBE_DEADLINE_MS = 10_000;

/** `none` when there never was one, or it ended so long ago that Temporal has forgotten it. Throws when Temporal is away. */
export async function scanWorkflowState(
  temporal: TemporalClient,
  scanId: string,
): Promise<'open' | 'closed' | 'none'> {
  const { WorkflowNotFoundError } = await import('@temporalio/client');
  return temporal.use(DESCRIBE_DEADLINE_MS, async (client) => {
    try {
      const { status } = await client.workflow.getHandle(dailyScanWorkflowId(scanId)).describe();
      return status.name === 'RUNNING' || status.name === 'PAUSED' ? 'open' : 'closed';
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 'none';
      throw error;
    }
  });
}
