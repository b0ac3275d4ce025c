/** The daily operations as Temporal Schedules. */

import {
  ARCHIVE_HISTORIES_WORKFLOW,
  operationsTaskQueue,
  SCHEDULES,
  VERIFY_AUDIT_WORKFLOW,
} from '@reddyfit/shared/names/ids';
import {
  ScheduleAlreadyRunning,
  type ScheduleClient,
  ScheduleOverlapPolicy,
  type ScheduleUpdateOptions,
} from '@temporalio/client';

/** Schedule id → the workflow and its time (UTC). Both run at night for most users, the audit after the archive. */
const DAILY = {
  [SCHEDULES.archive]: { workflowType: ARCHIVE_HISTORIES_WORKFLOW, calendar: { hour: 2, minute: 15 } },
  [SCHEDULES.audit]: { workflowType: VERIFY_AUDIT_WORKFLOW, calendar: { hour: 3, minute: 15 } },
} as const;

/**
 * Creates or updates the schedules. Key: the schedule's id; an existing schedule is updated and stays paused if it was.
 * A run that was missed because the server was down is made up for within a day. While a run is still going on, no
 * other run of its schedule starts.
 */
export async function ensureSchedules(
  schedules: ScheduleClient,
  scanTaskQueue: string,
): Promise<{ id: string; outcome: 'made' | 'updated' }[]> {
  const done: { id: string; outcome: 'made' | 'updated' }[] = [];
  for (const [id, { workflowType, calendar }] of Object.entries(DAILY)) {
    const options = {
      spec: { calendars: [calendar], jitter: '10m' },
      action: {
        type: 'startWorkflow',
        workflowType,
        workflowId: id,
        taskQueue: operationsTaskQueue(scanTaskQueue),
        args: [],
      },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 day' },
    } as const satisfies Omit<ScheduleUpdateOptions, 'state'>;
    try {
      await schedules.create({ scheduleId: id, ...options });
      done.push({ id, outcome: 'made' });
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      await schedules.getHandle(id).update(({ state }) => ({ ...options, state }));
      done.push({ id, outcome: 'updated' });
    }
  }
  return done;
}
