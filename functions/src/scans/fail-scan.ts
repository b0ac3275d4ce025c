/** Ends a scan as failed, whatever its workflow does, for the sweeper or for an operator. */

import type { ErrorCode } from '@reddyfit/shared/errors';
import { announceScan } from './announce-scan.ts';
import { terminateScanWorkflow } from './cancel-scan-workflow.ts';
import { endScan, type EndOutcome } from './end-scan.ts';
import { firestore } from '../platform/firestore.ts';
import { deletePhotos } from './photo-bucket.ts';
import { temporal } from '../platform/temporal.ts';

/**
 * The scan fails at no cost, or completes with warnings when its document shows a body fat. With `terminate`, its workflow,
 * which may still run, is terminated after the scan has ended; should the workflow write in between, it finds the scan ended
 * and announces nothing. `actor` as in the audit chain. A second call changes nothing. When Temporal or Storage does not
 * answer, the scan has ended, and the function throws.
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
