/** Callable: the user cancels an own scan. */

import { type CancelScanResponse, scanIdRequest } from '@reddyfit/shared/api/callables';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import { announceScan } from '../scans/announce-scan.ts';
import { recordAudit } from '../platform/audit-chain.ts';
import { callable } from '../platform/callable.ts';
import { cancelScanWorkflow } from '../scans/cancel-scan-workflow.ts';
import { endScan } from '../scans/end-scan.ts';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';
import { ownScan } from '../scans/own-scan.ts';
import { deletePhotos } from '../scans/photo-bucket.ts';
import { orUnavailable, temporal } from '../platform/temporal.ts';

/**
 * `{scanId}` → `{scanId, status}`. A running scan's workflow is asked to cancel (`canceling`): it gives back the credit, unless
 * the body fat has been shown, deletes the photos and writes `canceled`, or `completed` when it was done already. A scan that has not started is ended
 * here. One that has ended keeps its status. Errors: ScanNotFoundError, UnavailableError, and those of every callable.
 */
export const cancelScan = callable({
  name: 'cancelScan',
  for: 'user',
  request: scanIdRequest,
  rate: { max: 30, perSeconds: 60 },
  options: { memory: '512MiB', timeoutSeconds: 60 },
  handle: async ({ uid, request: { scanId }, now }): Promise<CancelScanResponse> => {
    const db = firestore();
    const scan = await ownScan(db, uid, scanId);
    if (isTerminal(scan.status)) {
      // Canceled here before, perhaps by a call that did not come as far as the photos.
      if (scan.status === 'canceled' && !scan.workflow) await deletePhotos(uid, scanId);
      return { scanId, status: scan.status };
    }

    // Nothing runs for a scan that is not admitted, and what ends it here keeps admission from admitting it.
    if (scan.status !== 'submitted') {
      await recordAudit(db, scanId, {
        key: 'scan_cancel_requested',
        at: now.toISOString(),
        actor: `user:${uid}`,
        action: 'scan_cancel_requested',
        detail: {},
      });
      if (await askWorkflow(scanId)) return { scanId, status: 'canceling' };
    }

    const end = await endScan(db, scanId, {
      status: 'canceled',
      code: 'ScanCanceledError',
      actor: `user:${uid}`,
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
    await announceScan({ scanId, userId: uid, status: 'canceled' });
    await deletePhotos(uid, scanId);
    logs.scanCanceled(scanId, 'before its start');
    return { scanId, status: 'canceled' };
  },
});

/** True when a workflow runs and has been asked to cancel. */
async function askWorkflow(scanId: string): Promise<boolean> {
  const asked = await orUnavailable(cancelScanWorkflow(temporal(), scanId));
  if (asked) logs.scanCanceled(scanId, 'running');
  return asked;
}
