/** Ends a scan as failed, whatever its workflow does, for the sweeper or for an operator. */

import { OUTCOME_ACTIONS } from '@reddyfit/shared/audit/chain';
import type { ErrorCode } from '@reddyfit/shared/errors';
import { paths } from '@reddyfit/shared/names/paths';
import type { TerminalStatus } from '@reddyfit/shared/scan/statuses';
import type { Firestore } from 'firebase-admin/firestore';
import { auditEntryAt, auditHeadOf } from '../../platform/audit-chain.ts';
import { announceScan } from './announce-scan.ts';
import { terminateScanWorkflow } from './cancel-scan-workflow.ts';
import { endScan, type EndOutcome } from './end-scan.ts';
import { firestore } from '../../platform/firestore.ts';
import { deletePhotos } from '../uploads/photo-bucket.ts';
import { temporal } from '../../platform/temporal.ts';

/**
 * The scan fails at no cost, or completes with warnings when its document shows a body fat. With `terminate`, its workflow,
 * which may still run, is terminated after the scan has ended; should the workflow write in between, it finds the scan ended
 * and announces nothing. `actor` as in the audit chain. A second call makes sure that what follows the end is done: of a scan
 * that a function or an operator ended, the workflow and the photos are gone afterwards; of one that its own workflow ended,
 * nothing changes. When Temporal or Storage does not answer, the scan has ended, and the function throws.
 */
export async function failScan(
  scanId: string,
  { code, actor, now, terminate }: { code: ErrorCode; actor: string; now: Date; terminate: boolean },
): Promise<EndOutcome> {
  const db = firestore();
  const end = await endScan(db, scanId, {
    status: 'failed',
    code,
    actor,
    action: 'daily_scan_workflow_failed',
    now,
    evenIfStarted: true,
  });
  if (end.outcome === 'ended') {
    const { userId } = end.scan;
    await afterwards({ scanId, userId, status: end.status }, terminate);
    await announceScan({ scanId, userId, status: end.status });
  }
  if (end.outcome === 'was ended' && terminate && (await isEndedFromOutside(db, scanId, end.status))) {
    const [scan, owed] = await db.getAll(db.doc(paths.scan(scanId)), db.doc(paths.announcement(scanId)));
    const userId = scan!.get('userId') as string;
    await afterwards({ scanId, userId, status: end.status }, terminate);
    // What is owed no more was told of.
    if (owed!.exists) await announceScan({ scanId, userId, status: end.status });
  }
  return end;
}

/** Each of it changes nothing when it is done again. */
async function afterwards(
  { scanId, userId, status }: { scanId: string; userId: string; status: TerminalStatus },
  terminate: boolean,
): Promise<void> {
  if (terminate) await terminateScanWorkflow(temporal(), scanId);
  if (status !== 'completed') await deletePhotos(userId, scanId);
}

/** Whether the chain names another than the scan's workflow as who ended it. */
async function isEndedFromOutside(db: Firestore, scanId: string, status: TerminalStatus): Promise<boolean> {
  const { keys } = auditHeadOf(await db.doc(paths.auditLog(scanId)).get());
  const seq = keys[OUTCOME_ACTIONS[status]];
  if (seq === undefined) return false;
  const entry = await auditEntryAt(db, scanId, seq);
  return entry !== undefined && !String(entry.actor).startsWith('workflow:');
}
