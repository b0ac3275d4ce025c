/** Cancels a scan on behalf of its user or of an operator. */

import type { CancelScanResponse } from '@reddyfit/shared/api/callables';
import type { Scan } from '@reddyfit/shared/scan/document';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import type { Firestore } from 'firebase-admin/firestore';
import { announceScan } from './announce-scan.ts';
import { recordAudit } from '../../platform/audit-chain.ts';
import { cancelScanWorkflow } from './cancel-scan-workflow.ts';
import { endScan } from './end-scan.ts';
import { logs } from '../../platform/logs.ts';
import { deletePhotos } from '../uploads/photo-bucket.ts';
import { scanWorkflowState } from '../scan-workflow-state.ts';
import { orUnavailable, temporal } from '../../platform/temporal.ts';

/**
 * When the scan's workflow runs, it is asked to cancel (`canceling`): it gives back the credit, unless the body fat has been
 * shown, deletes the photos and writes `canceled`, or `completed` when it was done already. A scan that has not started, or
 * whose workflow has closed without ending it, or is one that Temporal has forgotten, is ended here. A scan that has ended
 * keeps its status. Safe to repeat. `actor` as in the audit chain. Throws UnavailableError, and ScanUnreadableError when the
 * scan would be ended here and somebody has broken its document.
 */
export async function cancelScanFor(
  db: Firestore,
  scanId: string,
  scan: Scan,
  { actor, now }: { actor: string; now: Date },
): Promise<CancelScanResponse> {
  const { userId } = scan;
  if (isTerminal(scan.status)) {
    // An earlier call canceled the scan here, but may not have come as far as the photos.
    if (scan.status === 'canceled' && !scan.workflow) await deletePhotos(userId, scanId);
    return { scanId, status: scan.status };
  }

  let isLost = false;
  // No workflow runs for a scan that was not admitted, and once it is ended here, admission does not admit it.
  if (scan.status !== 'submitted') {
    await recordAudit(db, scanId, {
      key: 'scan_cancel_requested',
      at: now.toISOString(),
      actor,
      action: 'scan_cancel_requested',
      detail: {},
    });
    // Temporal takes a request to cancel also for a workflow that has closed.
    const { state } = await orUnavailable(scanWorkflowState(temporal(), scanId));
    if (state === 'open' && (await askWorkflow(scanId))) return { scanId, status: 'canceling' };
    // Only a workflow writes `workflow` and `processing`, and admission starts none for a scan that has them. One that Temporal has
    // forgotten cancels nothing.
    isLost = state === 'closed' || (state === 'none' && (!!scan.workflow || scan.status === 'processing'));
  }

  const end = await endScan(db, scanId, {
    status: 'canceled',
    code: 'ScanCanceledError',
    actor,
    action: 'scan_canceled',
    now,
    evenIfStarted: isLost,
  });
  if (end.outcome === 'was ended') return { scanId, status: end.status };
  // The scan was deleted meanwhile. For the user that is as good as canceled.
  if (end.outcome === 'missing') return { scanId, status: 'canceled' };
  if (end.outcome === 'started') {
    await askWorkflow(scanId);
    return { scanId, status: 'canceling' };
  }
  // A workflow may have started since the first request: see beginScan.
  if (end.scan.status !== 'submitted' && !isLost) await askWorkflow(scanId);
  await announceScan({ scanId, userId, status: end.status });
  if (end.status !== 'completed') await deletePhotos(userId, scanId);
  logs.scanCanceled(scanId, isLost ? 'without its workflow' : 'before its start');
  return { scanId, status: end.status };
}

/** Asks the scan's workflow to cancel. Resolves with false when none runs. */
async function askWorkflow(scanId: string): Promise<boolean> {
  const asked = await orUnavailable(cancelScanWorkflow(temporal(), scanId));
  if (asked) logs.scanCanceled(scanId, 'running');
  return asked;
}
