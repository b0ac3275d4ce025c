/** Starts a verification of all chains and anchors, which a worker makes, and tells how far it has come. */

import {
  CHECK_AUDIT_QUERY,
  CHECK_AUDIT_WORKFLOW,
  checkAuditWorkflowId,
  operationsTaskQueue,
} from '@reddyfit/shared/names/ids';
import { auditCheckFound, type AuditCheckView } from '@reddyfit/shared/operator/audit-check';
import type { Firestore } from 'firebase-admin/firestore';
import { config } from '../platform/config.ts';
import { startOnce } from '../platform/start-once.ts';
import { orUnavailable, temporal } from '../platform/temporal.ts';
import type { TemporalClient } from '../platform/temporal-client.ts';
import { type Auditor, recordListing } from './audits.ts';
import { SCHEDULED } from './history.ts';

/** How long Temporal may take to tell of it (ms). A worker that is gone answers no query. */
const DEADLINE_MS = 4000;

/**
 * Records in the auditor's chain that it was asked for, then starts it. Key: one runs at a time; a second call finds it running and
 * starts none. Throws UnavailableError.
 */
export async function startAuditCheck(db: Firestore, auditor: Auditor): Promise<void> {
  await recordListing(db, auditor, 'chains_checked', { chains: 'all' });
  await orUnavailable(
    startOnce(temporal(), {
      type: CHECK_AUDIT_WORKFLOW,
      workflowId: idHere(),
      taskQueue: operationsTaskQueue(config().temporal.taskQueue),
      input: undefined,
      again: 'after it ended',
    }),
  );
}

const idHere = () => checkAuditWorkflowId(config().projectId ?? '');

const STATES = { RUNNING: 'running', COMPLETED: 'done' } as const;

const NONE: AuditCheckView = { state: 'never', startedAt: null, endedAt: null, found: null, gaps: [] };

/** The latest verification. What a worker does not tell is a gap; where Temporal tells nothing, the state is `unknown`. */
export async function auditCheckOf(client: TemporalClient = temporal()): Promise<AuditCheckView> {
  const { WorkflowNotFoundError } = await import('@temporalio/client');
  return client
    .use(DEADLINE_MS, async ({ workflow }): Promise<AuditCheckView> => {
      const handle = workflow.getHandle(idHere());
      const run = await handle.describe().catch((error: unknown) => {
        if (error instanceof WorkflowNotFoundError) return null;
        throw error;
      });
      if (!run) return NONE;
      const state = STATES[run.status.name as keyof typeof STATES] ?? 'stopped';
      // Where no worker has taken its task, nobody would answer the query either.
      const isTaken = run.raw.pendingWorkflowTask?.state !== SCHEDULED;
      const ask = {
        running: () =>
          isTaken ? handle.query<unknown>(CHECK_AUDIT_QUERY).catch(() => undefined) : undefined,
        // Temporal itself tells the result, and not a worker: without an answer nothing is known.
        done: () => handle.result() as Promise<unknown>,
        stopped: () => undefined,
      };
      const told = await ask[state]();
      const found = auditCheckFound.safeParse(told).data ?? null;
      return {
        state,
        startedAt: found?.startedAt ?? run.startTime.toISOString(),
        endedAt: run.closeTime?.toISOString() ?? null,
        found,
        gaps: found ? [] : [GAPS[state]],
      };
    })
    .catch(() => ({ ...NONE, state: 'unknown', gaps: ['Temporal does not answer.'] }));
}

const GAPS = {
  running: 'No worker has told how far it has come.',
  done: 'What it found cannot be read.',
  stopped: 'It was ended before its end.',
};
