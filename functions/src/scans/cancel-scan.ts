/** Cancels a scan, for its user or for an operator. */

import type { CancelScanResponse } from '@reddyfit/shared/api/callables';
import type { Scan } from '@reddyfit/shared/scan/document';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import type { Firestore } from 'firebase-admin/firestore';
import { announceScan } from './announce-scan.ts';
import { recordAudit } from '../platform/audit-chain.ts';
import { cancelScanWorkflow } from './cancel-scan-workflow.ts';
import { endScan } from './end-scan.ts';
import { logs } from '../platform/logs.ts';
import { deletePhotos } from './photo-bucket.ts';
import { orUnavailable, temporal } from '../platform/temporal.ts';

/**
 * A running scan's workflow is asked to cancel (`canceling`): it gives back the credit, unless the body fat has been shown, deletes the
 * photos and writes `canceled`, or `completed` when it was done already. A scan that has not started is ended here. One that has ended
 * keeps its status. Again: the same. `actor` as in the audit chain. Throws UnavailableError.
 */
export async function cancelScanFor(
  db: Firestore,
  scanId: string,
  scan: Scan,
  { actor, now }: { actor: string; now: Date },
): Promise<CancelScanResponse> {
  const { userId } = scan;
  if (isTerminal(scan.status)) {
    // Canceled here before, perhaps by a call that did not come as far as the photos.
    if (scan.status === 'canceled' && !scan.workflow) await deletePhotos(userId, scanId);
    return { scanId, status: scan.status };
  }

  // Nothing runs for a scan that is not admitted, and what ends it here keeps admission from admitting it.
  if (scan.status !== 'submitted') {
    await recordAudit(db, scanId, {
      key: 'scan_cancel_requested',
      at: now.toISOString(),
      actor,
      action: 'scan_cancel_requested',
      detail: {},
    });
    if (await askWorkflow(scanId)) return { scanId, status: 'canceling' };
  }

  const end = await endScan(db, scanId, {
    status: 'canceled',
    code: 'ScanCanceledError',
    actor,
    action: 'scan_canceled',
    now,
    evenIfStarted: false,
  });
  if (end.outcome === 'was ended') return { scanId, status: end.status };
  // Deleted meanwhile, which is what canceling comes to.
  if (end.outcome === 'missing') return { scanId, status: 'canceled' };
  if (end.outcome === 'started') {
    await askWorkflow(scanId);
    return { scanId, status: 'canceling' };
  }
  // It may have been started since it was asked for: see beginScan.
  if (end.scan.status !== 'submitted') await askWorkflow(scanId);
  await announceScan({ scanId, userId, status: 'canceled' });
  await deletePhotos(userId, scanId);
  logs.scanCanceled(scanId, 'before its start');
  return { scanId, status: 'canceled' };
}

/** True when a workflow runs and has been asked to cancel. */
async function askWorkflow(scanId: string): Promise<boolean> {
  const asked = await orUnavailable(cancelScanWorkflow(temporal(), scanId));
  if (asked) logs.scanCanceled(scanId, 'running');
  return asked;
}
