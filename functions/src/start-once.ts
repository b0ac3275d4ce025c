/** Starts a workflow under an id at which at most one runs. */

import type { QueuePriority } from '@reddyfit/shared/priority';
import { SCAN_ID_ATTRIBUTE, scanIdOfSpan } from '@reddyfit/shared/traces';
import type { TemporalClient } from './temporal-client.ts';
import { traced } from './tracing.ts';

/** How long Temporal may take to accept a workflow (ms). */
const START_DEADLINE_MS = 10_000;

export interface OnceStart {
  type: string;
  workflowId: string;
  taskQueue: string;
  input: unknown;
  /** Whether one that has ended may be followed by another. */
  again: 'never' | 'after it ended';
  /** How it stands in the queue; in the middle, under no key, when absent. */
  priority?: QueuePriority;
  /** The trace that it continues (W3C); that of the span around the caller when absent. */
  traceparent?: string | undefined;
}

/**
 * Starts it; one that runs is left as it is, and so is one that has ended when `again` is never. Throws when Temporal could
 * not be reached in time. Memo and search attributes stay empty: they are not encrypted.
 */
export async function startOnce(temporal: TemporalClient, start: OnceStart): Promise<void> {
  const scanId = scanIdOfSpan(start.workflowId);
  const attributes = scanId === null ? {} : { [SCAN_ID_ATTRIBUTE]: scanId };
  const span = { kind: 'client', parent: start.traceparent, attributes } as const;
  await traced(`StartWorkflow:${start.type}`, span, () => startOrFind(temporal, start));
}

async function startOrFind(temporal: TemporalClient, start: OnceStart): Promise<void> {
  const { WorkflowExecutionAlreadyStartedError } = await import('@temporalio/client');
  await temporal.use(START_DEADLINE_MS, async (client) => {
    try {
      await client.workflow.start(start.type, {
        workflowId: start.workflowId,
        taskQueue: start.taskQueue,
        args: [start.input],
        workflowIdReusePolicy: start.again === 'never' ? 'REJECT_DUPLICATE' : 'ALLOW_DUPLICATE',
        workflowIdConflictPolicy: 'USE_EXISTING',
        ...(start.priority && { priority: start.priority }),
      });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  });
}
