/** Finds the scan that the running activity is about. */

import { scanIdOfSpan } from '@reddyfit/shared/temporal/traces';
import { activityInfo } from '@temporalio/activity';

/**
 * The id of the scan that the running activity is about; null outside of activities, and in activities about something
 * else.
 */
export function activeScanId(): string | null {
  try {
    const { workflowExecution } = activityInfo();
    return workflowExecution ? scanIdOfSpan(workflowExecution.workflowId) : null;
  } catch {
    return null; // Not in an activity.
  }
}
