/** Starts the workflow of an admitted scan, once, however often it is called. */

import { DAILY_SCAN_WORKFLOW, dailyScanWorkflowId } from '@reddyfit/shared/names/ids';
import { scanPriority } from '@reddyfit/shared/temporal/priority';
import { SEARCH_ATTRIBUTES } from '@reddyfit/shared/temporal/search-attributes';
import type { Admission } from './admission/admission.ts';
import { sha256 } from '../platform/audit-chain.ts';
import { appVersion, type Config } from '../platform/config.ts';
import { startOnce } from '../platform/start-once.ts';
import type { TemporalClient } from '../platform/temporal-client.ts';

/**
 * How long push, event and memory may take after a scan has ended (s): a day, and an hour to spare. Temporal ends a workflow
 * that makes no progress after its scan's time limit and this time; the sweeper has ended its scan long before.
 */
const AFTERMATH_SECONDS = 25 * 3600;

/**
 * Starts `dailyScanWorkflow` for the scan. The idempotency key is the workflow's id: when the workflow runs or has ended
 * already, the call succeeds and changes nothing. Throws when Temporal could not be reached in time.
 */
export function startScan(
  temporal: TemporalClient,
  { temporal: { taskQueue }, scanTimeLimitSeconds }: Pick<Config, 'temporal' | 'scanTimeLimitSeconds'>,
  { input, traceparent }: Pick<Extract<Admission, { outcome: 'start' }>, 'input' | 'traceparent'>,
): Promise<void> {
  return startOnce(temporal, {
    type: DAILY_SCAN_WORKFLOW,
    workflowId: dailyScanWorkflowId(input.scanId),
    taskQueue,
    input,
    traceparent,
    again: 'never',
    executionTimeoutSeconds: scanTimeLimitSeconds + AFTERMATH_SECONDS,
    priority: scanPriority(input.userId, sha256),
    searchAttributes: [
      { key: SEARCH_ATTRIBUTES.outcome, value: 'running' },
      { key: SEARCH_ATTRIBUTES.appVersion, value: appVersion() },
      // The workflow sets it to true when a stand-in model answers.
      { key: SEARCH_ATTRIBUTES.simulated, value: false },
    ],
    memo: { scanId: input.scanId, requestedAt: input.createdAt },
  });
}
