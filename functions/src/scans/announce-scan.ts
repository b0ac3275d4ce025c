/**
 * Has the worker tell of a scan that was ended by another than its workflow: push and event.
 *
 * That it is owed stands in announcements/<scanId>, written with the end itself, in one transaction. So a process that dies between the
 * two leaves it there, and the sweeper makes it up.
 */

import { ANNOUNCE_SCAN_WORKFLOW, announceScanWorkflowId } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import type { AnnounceScanInput } from '@reddyfit/shared/temporal/workflows';
import { FieldValue, type Firestore, Timestamp, type Transaction } from 'firebase-admin/firestore';
import { terminateScanWorkflow } from './cancel-scan-workflow.ts';
import { config } from '../platform/config.ts';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';
import { startOnce } from '../platform/start-once.ts';
import { temporal } from '../platform/temporal.ts';

/** Announcements made up in one run of the sweeper. */
const MOST = 100;

/** States that the end of a scan is to be announced, with the writes that end it. Again: overwrites it. */
export function oweAnnouncement(
  db: Firestore,
  tx: Transaction,
  { scanId, userId, status }: AnnounceScanInput,
): void {
  tx.set(db.doc(paths.announcement(scanId)), { userId, status, at: FieldValue.serverTimestamp() });
}

/**
 * Starts the announcement, once per scan however often it is asked for, and strikes it off what is owed. Never throws: what could not be
 * done stays owed, and the end itself is on the document, which the client listens to. Resolves with whether it was done.
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

/** Announces an end once more, unless that is under way: the message goes to devices that have not got it. Throws when Temporal is away. */
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
 * Announces what has been owed since `before`. Who ended the scan may have died before they ended its workflow, too: one that still runs is
 * ended first. Resolves with how many were made up; the next run goes on with what is left.
 * Throws when Temporal is away.
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
