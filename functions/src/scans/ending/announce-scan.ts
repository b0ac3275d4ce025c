/**
 * Has the worker announce the end of a scan that did not end by its own workflow: push and event.
 *
 * That an announcement is owed is recorded in announcements/<scanId>, in the same transaction as the end itself. When a process
 * dies between the two, the record stays and the sweeper makes the announcement.
 */

import { ANNOUNCE_SCAN_WORKFLOW, announceScanWorkflowId } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import type { AnnounceScanInput } from '@reddyfit/shared/temporal/workflows';
import { FieldValue, type Firestore, Timestamp, type Transaction } from 'firebase-admin/firestore';
import { terminateScanWorkflow } from './cancel-scan-workflow.ts';
import { config } from '../../platform/config.ts';
import { firestore } from '../../platform/firestore.ts';
import { logs } from '../../platform/logs.ts';
import { startOnce } from '../../platform/start-once.ts';
import { temporal } from '../../platform/temporal.ts';

/** How many announcements one run of the sweeper makes. */
const MOST = 100;

/** Records, with the writes that end a scan, that the end is to be announced. A second call overwrites the record. */
export function oweAnnouncement(
  db: Firestore,
  tx: Transaction,
  { scanId, userId, status }: AnnounceScanInput,
): void {
  tx.set(db.doc(paths.announcement(scanId)), { userId, status, at: FieldValue.serverTimestamp() });
}

/**
 * Starts the announcement, once per scan however often it is called, and deletes the record that it is owed. Never throws: an
 * announcement that could not be started stays owed, and the client, which listens to the document, sees the end anyway.
 * Resolves with true when the announcement was started.
 */
export async function announceScan(input: AnnounceScanInput): Promise<boolean> {
  try {
    await start(input, 'never');
    await firestore().doc(paths.announcement(input.scanId)).delete();
    return true;
  } catch (error) {
    logs.announcementLate(input.scanId, error);
    return false;
  }
}

/**
 * Announces an end once more, unless an announcement is under way. The message goes only to devices that have not received it.
 * Throws when Temporal does not answer.
 */
export function announceAgain(input: AnnounceScanInput): Promise<void> {
  return start(input, 'after it ended');
}

function start(input: AnnounceScanInput, again: 'never' | 'after it ended'): Promise<void> {
  return startOnce(temporal(), {
    type: ANNOUNCE_SCAN_WORKFLOW,
    workflowId: announceScanWorkflowId(input.scanId),
    taskQueue: config().temporal.taskQueue,
    input,
    again,
  });
}

/**
 * Makes the announcements that have been owed since `before` or longer. The process that ended the scan may have died before it
 * terminated the scan's workflow, so a workflow that still runs is terminated first. Resolves with how many announcements were
 * made; the next run goes on with the rest. Throws when Temporal does not answer.
 */
export async function makeUpAnnouncements(before: Date): Promise<number> {
  const { docs } = await firestore()
    .collection(paths.announcements())
    .where('at', '<=', Timestamp.fromDate(before))
    .orderBy('at')
    .limit(MOST)
    .get();
  let made = 0;
  for (const owed of docs) {
    const { userId, status } = owed.data() as Omit<AnnounceScanInput, 'scanId'>;
    await terminateScanWorkflow(temporal(), owed.id);
    if (!(await announceScan({ scanId: owed.id, userId, status }))) break;
    made += 1;
  }
  return made;
}
