/** Ends a scan as failed whatever its workflow does, for the sweeper or for an operator. */

import type { ErrorCode } from '@reddyfit/shared/errors';
import { announceScan } from './announce-scan.ts';
import { terminateScanWorkflow } from './cancel-scan-workflow.ts';
import { endScan, type EndOutcome } from './end-scan.ts';
import { firestore } from '../platform/firestore.ts';
import { deletePhotos } from './photo-bucket.ts';
import { temporal } from '../platform/temporal.ts';

/**
 * At no cost, or complete with warnings when the body fat was shown. The document as it is now is the last word that its workflow has
 * written: one that still runs (`terminate`) is ended after the scan, where it stands; should it write before that, it finds the scan
 * ended and tells nobody. `actor` as in the audit chain. Again: nothing. Throws when Temporal or Storage is away, with the scan ended.
 */
export async function failScan(
  scanId: string,
  { code, actor, now, terminate }: { code: ErrorCode; actor: string; now: Date; terminate: boolean },
): Promise<EndOutcome> {
  const end = await endScan(firestore(), scanId, {
    status: 'failed',
    code,
    actor,
    action: 'daily_scan_workflow_failed',
    now,
    evenIfStarted: true,
  });
  if (end.outcome !== 'ended') return end;
  const { userId } = end.scan;
  if (terminate) await terminateScanWorkflow(temporal(), scanId);
  if (end.status !== 'completed') await deletePhotos(userId, scanId);
  await announceScan({ scanId, userId, status: end.status });
  return end;
}
