/** Tells of a scan that was ended by another than its workflow: refused, canceled before it started, or left by a workflow that closed. */

import type { AnnounceScanInput } from '@reddyfit/shared/temporal/workflows';
import { workflowInfo } from '@temporalio/workflow';
import { deleteImages, publishEvent, sendNotification } from './activity-proxies.ts';
import { eventOf } from '@reddyfit/shared/scan/scan-event';

/** Push and event, and once more the photos: they may have come while the scan was being ended. */
export async function announceScanWorkflow({ scanId, userId, status }: AnnounceScanInput): Promise<void> {
  const ref = { scanId, userId };
  const event = eventOf(ref, `scan.${status}`, status, workflowInfo().startTime.getTime());
  await Promise.allSettled([
    sendNotification({ ...ref, status }),
    publishEvent({ events: [event] }),
    // A scan whose workflow was lost after it had shown a result has completed, and keeps its photos.
    ...(status === 'completed' ? [] : [deleteImages(ref)]),
  ]);
}
