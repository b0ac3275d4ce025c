/** Starts the workflow of an admitted scan, once, however often it is asked to. */

import { DAILY_SCAN_WORKFLOW, dailyScanWorkflowId } from '@reddyfit/shared/ids';
import type { DailyScanInput } from '@reddyfit/shared/workflow';
import { scanQueuePriority } from './scan-queue-priority.ts';
import { startOnce } from './start-once.ts';
import type { TemporalClient } from './temporal-client.ts';

/**
 * Starts `dailyScanWorkflow` for the scan; one that runs or has ended already is left as it is, and that is success.
 * Throws when Temporal could not be reached in time.
 */
export function startScan(temporal: TemporalClient, taskQueue: string, input: DailyScanInput): Promise<void> {
  return startOnce(temporal, {
    type: DAILY_SCAN_WORKFLOW,
    workflowId: dailyScanWorkflowId(input.scanId),
    taskQueue,
    input,
    again: 'never',
    priority: scanQueuePriority(input.userId),
  });
}
