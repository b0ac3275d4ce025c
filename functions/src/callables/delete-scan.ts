/** Callable: deletes a scan of the user's own that has ended. */

import { type DeleteScanResponse, scanIdRequest } from '@reddyfit/shared/api/callables';
import { DELETE_SCAN_WORKFLOW, deleteScanWorkflowId } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import type { Scan } from '@reddyfit/shared/scan/document';
import { isTerminal, SCAN_STATUSES } from '@reddyfit/shared/scan/statuses';
import type { DeleteScanInput } from '@reddyfit/shared/temporal/workflows';
import type { Firestore } from 'firebase-admin/firestore';
import { owesCredit } from '../accounts/credit-ledger.ts';
import { auditHeadOf } from '../platform/audit-chain.ts';
import { CallError } from '../platform/call-error.ts';
import { callable } from '../platform/callable.ts';
import { config } from '../platform/config.ts';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';
import { refuseBroken } from '../scans/broken-fields.ts';
import { ownScan } from '../scans/own-scan.ts';
import { scanWorkflowState } from '../scans/scan-workflow-state.ts';
import { startOnce } from '../platform/start-once.ts';
import { orUnavailable, temporal } from '../platform/temporal.ts';

/**
 * `{scanId}` → `{scanId, state}`: `deleting` once a workflow has taken the deletion over; `deleted` when it is done. The
 * workflow deletes photos, memories and then the document, however long the worker or the memory service is away. The
 * audit chain stays: it holds ids only. A workflow does this and not the function itself, because only the worker reaches
 * the memory service. Errors: ScanNotFoundError, ScanRunningError, ScanUnreadableError, UnavailableError, and those of every callable.
 */
export const deleteScan = callable({
  name: 'deleteScan',
  for: 'user',
  request: scanIdRequest,
  rate: { max: 60, perSeconds: 60 },
  options: { memory: '512MiB', timeoutSeconds: 60 },
  handle: async ({ uid, request: { scanId } }): Promise<DeleteScanResponse> => {
    const db = firestore();
    if (await hasDeleted(db, uid, scanId)) return { scanId, state: 'deleted' };
    const scan = await ownScan(db, uid, scanId);
    // A status that cannot be read is none that a cancellation would end.
    if (!(await isOver(db, uid, scanId, scan))) {
      refuseBroken(scanId, scan, { act: 'delete' }, { actor: `user:${uid}` });
      throw new CallError('ScanRunningError');
    }
    const input: DeleteScanInput = { scanId, userId: uid };
    await orUnavailable(
      startOnce(temporal(), {
        type: DELETE_SCAN_WORKFLOW,
        workflowId: deleteScanWorkflowId(scanId),
        taskQueue: config().temporal.taskQueue,
        input,
        again: 'after it ended',
      }),
    );
    logs.deletionRequested(scanId);
    return { scanId, state: 'deleting' };
  },
});

/**
 * True when nothing works on the scan any more. Where somebody has broken its status, that is so when Temporal has no workflow of it
 * that runs, since admission starts none for such a status, and no credit is reserved, which would have to be given back first.
 */
async function isOver(db: Firestore, uid: string, scanId: string, { status }: Scan): Promise<boolean> {
  if (SCAN_STATUSES.includes(status)) return isTerminal(status);
  const { state } = await orUnavailable(scanWorkflowState(temporal(), scanId));
  return state !== 'open' && !(await db.runTransaction((tx) => owesCredit(db, tx, uid, scanId)));
}

/** True when the document is gone because this user deleted it. */
async function hasDeleted(db: Firestore, uid: string, scanId: string): Promise<boolean> {
  const [scan, auditLog] = await db.getAll(db.doc(paths.scan(scanId)), db.doc(paths.auditLog(scanId)));
  const seq = auditHeadOf(auditLog!).keys['scan_deleted'];
  if (scan!.exists || seq === undefined) return false;
  return (await db.doc(paths.auditEntry(scanId, seq)).get()).get('actor') === `user:${uid}`;
}
