/** What surrounds the work on a scan: its audit entries, its credit, its photos, and whom to tell. */

import { type AuditAction, OUTCOME_ACTIONS } from '@reddyfit/shared/audit/chain';
import type { DailyScanInput } from '@reddyfit/shared/temporal/workflows';
import { CancellationScope, condition, log, workflowInfo } from '@temporalio/workflow';
import type { Outcome } from './outcome.ts';
import * as activities from './activity-proxies.ts';
import type { Ended } from './scan-status.ts';

/** How long a final status waits for credit, photos and audit; they go on being settled after it. */
const SETTLE_BEFORE_STATUS = '10s';

const now = () => new Date(Date.now()).toISOString();

function audit(scanId: string, action: AuditAction, detail: Record<string, string> = {}): Promise<void> {
  const { workflowId, runId } = workflowInfo();
  return activities.auditLog({
    scanId,
    record: { key: action, at: now(), actor: `workflow:${workflowId}`, action, detail: { runId, ...detail } },
  });
}

/**
 * Records that the workflow started; nothing waits for it but the entry that follows. Also of a scan that is canceled before
 * it is recorded: what is given back comes after this.
 */
export function recordStart({ scanId }: DailyScanInput): Promise<void> {
  return CancellationScope.nonCancellable(() => audit(scanId, 'daily_scan_workflow_started'));
}

/**
 * Of a scan that began before its last write settled it: spends the credit when it completed, otherwise gives it back and deletes the
 * photos, and writes the outcome's audit entry.
 */
export async function settle({ scanId, userId }: DailyScanInput, outcome: Outcome): Promise<void> {
  const ref = { scanId, userId };
  const detail = outcome.status === 'completed' ? {} : { code: outcome.error.code };
  await Promise.all([
    audit(scanId, OUTCOME_ACTIONS[outcome.status], detail),
    ...(outcome.status === 'completed'
      ? [activities.commitScanCredit(ref)]
      : [activities.refundScanCredit(ref), activities.deleteImages(ref)]),
  ]);
}

/** Waits for `settled`, but not so long that a user waits for a bucket that is down. */
export async function briefly(settled: Promise<void>): Promise<void> {
  let done = false;
  const finished = settled.then(() => {
    done = true;
  });
  finished.catch(() => undefined);
  await condition(() => done, SETTLE_BEFORE_STATUS);
}

/** Hides faces in the photos that are kept. What did not succeed within a day is left to the operator's log. */
export async function hideFaces({ scanId, userId, photoUrls }: DailyScanInput): Promise<void> {
  await activities
    .hideKeptFaces({ scanId, userId, photoUrls })
    .catch(() => log.error('faces_not_hidden', { scanId }));
}

/** Push and memory, beside each other. Neither holds or fails the scan: after a day without success it is let go. */
export async function announce(
  input: DailyScanInput,
  outcome: Outcome,
  { status, shown }: Ended,
): Promise<void> {
  const { scanId, userId, createdAt } = input;
  const ref = { scanId, userId };
  const composition = outcome.status === 'completed' && status === 'completed' ? outcome.composition : null;
  const told = await Promise.allSettled([
    activities.sendNotification({
      ...ref,
      status,
      ...(composition && { bodyFatPercent: composition.estimation.bodyFatPercent }),
      ...(status === 'canceled' && shown && { creditUsed: true }),
    }),
    ...(composition && !composition.estimation.flags?.includes('weight_doubtful')
      ? [activities.rememberScan({ ...ref, ...composition, createdAt })]
      : []),
  ]);
  if (told.some(({ status: settlement }) => settlement === 'rejected'))
    log.error('announce_gave_up', { scanId });
}
