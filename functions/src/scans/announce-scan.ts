/** Has the worker tell of a scan that ended without its own workflow: push and event. */

import { ANNOUNCE_SCAN_WORKFLOW, announceScanWorkflowId } from '@reddyfit/shared/names/ids';
import type { AnnounceScanInput } from '@reddyfit/shared/temporal/workflows';
import { config } from '../platform/config.ts';
import { logs } from '../platform/logs.ts';
import { startOnce } from '../platform/start-once.ts';
import { temporal } from '../platform/temporal.ts';

/**
 * Best effort: the end itself is on the document, which the client listens to. Never throws.
 */
export async function announceScan(input: AnnounceScanInput): Promise<void> {
  try {
    await startOnce(temporal(), {
      type: ANNOUNCE_SCAN_WORKFLOW,
      workflowId: announceScanWorkflowId(input.scanId),
      taskQueue: config().temporal.taskQueue,
      input,
      again: 'never',
    });
  } catch (error) {
    logs.announcementLost(input.scanId, error);
  }
}
