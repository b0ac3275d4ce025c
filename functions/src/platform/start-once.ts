/** Starts a workflow under an id at which at most one runs. */

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
  /** Whether one that has ended may be followed by another. */
  again: 'never' | 'after it ended';
  /** After this time (s) Temporal ends it, whatever it does; never when absent. */
  executionTimeoutSeconds?: number;
  /** How it stands in the queue; in the middle, under no key, when absent. */
  priority?: QueuePriority;
  /** What it can be found by in Temporal, and what is shown beside it there: ids, versions and times, no health data. */
  searchAttributes?: NonNullable<WorkflowStartOptions['typedSearchAttributes']>;
  memo?: Record<string, string>;
  /** The trace that it continues (W3C); that of the span around the caller when absent. */
  traceparent?: string | undefined;
}

/**
 * Starts the workflow. Key: its id. One that runs already is left as it is; so is one that has ended, when `again` is never. In a namespace
 * that does not know the search attributes it starts without them: they are for operators, the workflow is for a user. Throws when
 * Temporal could not be reached in time.
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

/**
 * Hands a workflow a signal, and starts it for that where none runs under the id. Key: none of its own; again: the signal comes again, and the
 * workflow tells by what it says. Throws when Temporal could not be reached in time.
 */
export async function signalOrStart(
  temporal: TemporalClient,
  {
    type,
    workflowId,
    taskQueue,
    input,
    signal,
    news,
  }: Pick<OnceStart, 'type' | 'workflowId' | 'taskQueue' | 'input'> & { signal: string; news: unknown },
): Promise<void> {
  const scanId = scanIdOfSpan(workflowId);
  const attributes = scanId === null ? {} : { [SCAN_ID_ATTRIBUTE]: scanId };
  await traced(`SignalWithStartWorkflow:${type}`, { kind: 'client', attributes }, () =>
    temporal.use(START_DEADLINE_MS, async (client) => {
      await client.workflow.signalWithStart(type, {
        workflowId,
        taskQueue,
        args: [input],
        signal,
        signalArgs: [news],
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      });
    }),
  );
}

/** gRPC: what Temporal answers to a search attribute that the namespace does not know, and to other mistakes. */
const INVALID_ARGUMENT = 3;

let toldOfMissing = false;

/** With its search attributes, or without where they are what Temporal refuses. */
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
