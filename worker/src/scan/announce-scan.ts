/**
 * Announces the end of a scan that its own workflow did not end: one that was refused, was canceled before it started,
 * or lost its workflow.
 */

import type { AnnounceScanInput } from '@reddyfit/shared/temporal/workflows';
import { workflowInfo } from '@temporalio/workflow';
import { deleteImages, publishEvent, sendNotification } from './activity-proxies.ts';
import { eventOf } from '@reddyfit/shared/scan/scan-event';

/**
 * Sends the push and the event, and deletes the photos once more, since some may have been uploaded while the scan was
 * being ended.
 */
export async function announceScanWorkflow({ scanId, userId, status }: AnnounceScanInput): Promise<void> {
  const ref = { scanId, userId };
  const event = eventOf(ref, `scan.${status}`, status, workflowInfo().startTime.getTime());
  await Promise.allSettled([
    sendNotification({ ...ref, status }),
    publishEvent({ events: [event] }),
    // A scan whose workflow was lost after it had shown a result counts as completed and keeps its photos.
    ...(status === 'completed' ? [] : [deleteImages(ref)]),
  ]);
}
