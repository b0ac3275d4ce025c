/** Reads from Temporal's history when the attempts of a scan's activities began. */

import { dailyScanWorkflowId } from '@reddyfit/shared/names/ids';
import { temporal } from '@temporalio/proto';
import type { World } from './world.ts';

export interface Attempt {
  /** 1 for the first. */
  readonly attempt: number;
  /** When it began (ms since 1970). */
  readonly at: number;
  /** Whether the attempt before it ended because a heartbeat was missing. */
  readonly afterLostHeartbeat: boolean;
}

/** The last attempt of an activity that was scheduled once. Throws when no attempt has begun, or when it has not ended. */
export async function lastAttempt(world: World, scanId: string, activity: string): Promise<Attempt> {
  const handle = world.servers.temporal.workflow.getHandle(dailyScanWorkflowId(scanId));
  const { events } = await handle.fetchHistory();
  const scheduled = events?.find(
    (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === activity,
  );
  const started = events?.find((event) => {
    const id = event.activityTaskStartedEventAttributes?.scheduledEventId;
    return id !== undefined && id !== null && String(id) === String(scheduled?.eventId);
  });
  const attempt = started?.activityTaskStartedEventAttributes?.attempt;
  if (!started?.eventTime || !attempt)
    throw new Error(`no attempt of ${activity} in the history of ${scanId}`);
  const { seconds, nanos } = started.eventTime;
  const timeout = started.activityTaskStartedEventAttributes?.lastFailure?.timeoutFailureInfo?.timeoutType;
  return {
    attempt,
    at: Number(seconds) * 1000 + Number(nanos) / 1e6,
    afterLostHeartbeat: timeout === temporal.api.enums.v1.TimeoutType.TIMEOUT_TYPE_HEARTBEAT,
  };
}
