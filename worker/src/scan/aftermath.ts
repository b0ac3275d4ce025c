/** What surrounds the work on a scan: its audit entries, its credit, its photos, and the user's notification. */

import { type AuditAction, OUTCOME_ACTIONS } from '@reddyfit/shared/audit/chain';
import { startRecord } from '@reddyfit/shared/audit/start';
import type { DailyScanInput } from '@reddyfit/shared/temporal/workflows';
import { CancellationScope, condition, log, sleep, workflowInfo } from '@temporalio/workflow';
import type { Afterwards, AfterWrite } from './activities.ts';
import type { Outcome } from './outcome.ts';
import * as activities from './activity-proxies.ts';
import type { Ended } from './scan-status.ts';

/** How long the final status waits for credit, photos and audit. They are settled after it if they take longer. */
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
 * Records that the workflow started `at` (ISO 8601), which may be long ago. Only the outcome's audit entry waits for it. A scan that
 * is canceled before the start is recorded records it all the same, since the refund's entry comes after it.
 */
export function recordStart({ scanId }: DailyScanInput, at: string): Promise<void> {
  const { workflowId: id, runId } = workflowInfo();
  return CancellationScope.nonCancellable(() =>
    activities.auditLog({ scanId, record: startRecord({ id, runId }, at) }),
  );
}

/**
 * Settles a scan that began before the last write settled it: spends the credit of a completed scan; gives the credit
 * of any other back and deletes its photos. Writes the outcome's audit entry.
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

/** Waits for `settled`, but no longer than SETTLE_BEFORE_STATUS, so that the user does not wait for a bucket that is down. */
export async function briefly(settled: Promise<void>): Promise<void> {
  let done = false;
  const finished = settled.then(() => {
    done = true;
  });
  finished.catch(() => undefined);
  await condition(() => done, SETTLE_BEFORE_STATUS);
}

/**
 * What follows a scan that its workflow ends as `status`: the push, the memory of a completed scan, and the faces in the photos
 * that are kept. `shown` says whether its body fat was shown.
 */
export function afterwardsOf(
  { scanId, userId, createdAt, photoUrls }: DailyScanInput,
  outcome: Outcome,
  { status, shown }: Pick<Ended, 'status' | 'shown'>,
  { hidesFaces = false } = {},
): Afterwards {
  const ref = { scanId, userId };
  const composition = outcome.status === 'completed' && status === 'completed' ? outcome.composition : null;
  return {
    ...(hidesFaces && status === 'completed' && { hideKeptFaces: { ...ref, photoUrls } }),
    sendNotification: {
      ...ref,
      status,
      ...(composition && { bodyFatPercent: composition.estimation.bodyFatPercent }),
      ...(status === 'canceled' && shown && { creditUsed: true }),
    },
    ...(composition &&
      !composition.estimation.flags?.includes('weight_doubtful') && {
        rememberScan: { ...ref, ...composition, createdAt },
      }),
  };
}

/** Runs the activity of a part, after the wait that its server asked for when the last write tried it. */
function later(part: keyof Afterwards, { waitMs }: AfterWrite, run: () => Promise<void>): Promise<void> {
  const ms = waitMs?.[part];
  return ms ? sleep(ms).then(run) : run();
}

/**
 * Hides faces in the photos that are kept, unless the last write has. When that fails for a day, it is given up with a line in
 * the log for operators.
 */
export async function hideFaces(
  { scanId, userId, photoUrls }: DailyScanInput,
  after: AfterWrite,
): Promise<void> {
  if (after.done?.includes('hideKeptFaces')) return;
  await later('hideKeptFaces', after, () => activities.hideKeptFaces({ scanId, userId, photoUrls })).catch(
    () => log.error('faces_not_hidden', { scanId }),
  );
}

/**
 * Sends the push and remembers the scan, in parallel, unless the last write has. Neither holds up or fails the scan; both are
 * given up after a day without success.
 */
export async function announce(input: DailyScanInput, outcome: Outcome, ended: Ended): Promise<void> {
  const { after } = ended;
  const { sendNotification, rememberScan } = afterwardsOf(input, outcome, ended);
  const isDue = (part: keyof Afterwards) => !after.done?.includes(part);
  const told = await Promise.allSettled([
    ...(sendNotification && isDue('sendNotification')
      ? [later('sendNotification', after, () => activities.sendNotification(sendNotification))]
      : []),
    ...(rememberScan && isDue('rememberScan')
      ? [later('rememberScan', after, () => activities.rememberScan(rememberScan))]
      : []),
  ]);
  if (told.some(({ status: settlement }) => settlement === 'rejected'))
    log.error('announce_gave_up', { scanId: input.scanId });
}
