/** Starts a workflow under an id, so that at most one with that id runs. */

import type { QueuePriority } from '@reddyfit/shared/temporal/priority';
import { SCAN_ID_ATTRIBUTE, scanIdOfSpan } from '@reddyfit/shared/temporal/traces';
import type { Client, WorkflowStartOptions } from '@temporalio/client';
import { logs } from './logs.ts';
import type { TemporalClient } from './temporal-client.ts';
import { traced } from './tracing.ts';

/** How long Temporal may take to accept a workflow (ms). */
const START_DEADLINE_MS = 10_000;

export interface OnceStart {
  type: string;
  workflowId: string;
  taskQueue: string;
  input: unknown;
  /** Whether another workflow may run under the same id after the first has ended. */
  again: 'never' | 'after it ended';
  /** After this time (s) Temporal ends the workflow, whatever it does; never when absent. */
  executionTimeoutSeconds?: number;
  /** The workflow's place in the queue; when absent, the middle priority without a fairness key. */
  priority?: QueuePriority;
  /**
   * Operators find the workflow in Temporal by `searchAttributes`, and see `memo` beside it: ids, versions and times, no health
   * data.
   */
  searchAttributes?: NonNullable<WorkflowStartOptions['typedSearchAttributes']>;
  memo?: Record<string, string>;
  /** The trace that the workflow continues (W3C); when absent, that of the span around the caller. */
  traceparent?: string | undefined;
}

/**
 * Starts the workflow. The idempotency key is its id: a second call changes nothing while the workflow runs, nor after it has
 * ended when `again` is `never`. In a namespace that does not know the search attributes the workflow starts without them: they
 * are for operators, the workflow is for a user. Throws when Temporal could not be reached in time.
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
      await startFindable(client, start);
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  });
}

/** gRPC's code with which Temporal answers a search attribute that the namespace does not know, and other mistakes. */
const INVALID_ARGUMENT = 3;

let toldOfMissing = false;

/** Starts the workflow with its search attributes, or without them when Temporal refuses the start for an invalid argument. */
async function startFindable(client: Client, { searchAttributes, ...start }: OnceStart): Promise<void> {
  const options = {
    workflowId: start.workflowId,
    taskQueue: start.taskQueue,
    args: [start.input],
    workflowIdReusePolicy: start.again === 'never' ? 'REJECT_DUPLICATE' : 'ALLOW_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    ...(start.executionTimeoutSeconds && { workflowExecutionTimeout: start.executionTimeoutSeconds * 1000 }),
    ...(start.priority && { priority: start.priority }),
    ...(start.memo && { memo: start.memo }),
  } as const;
  try {
    await client.workflow.start(start.type, {
      ...options,
      ...(searchAttributes && { typedSearchAttributes: searchAttributes }),
    });
  } catch (error) {
    const { cause } = error as { cause?: { code?: unknown } };
    if (!searchAttributes || cause?.code !== INVALID_ARGUMENT) throw error;
    await client.workflow.start(start.type, options);
    if (!toldOfMissing) logs.searchAttributesMissing();
    toldOfMissing = true;
  }
}
