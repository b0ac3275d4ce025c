/**
 * Reads the activities of a scan's workflow from its history: names, times, attempts and error codes. Payloads are
 * neither decoded nor read.
 */

import { dailyScanWorkflowId } from '@reddyfit/shared/names/ids';
import type { TimelineEvent } from '@reddyfit/shared/operator/timeline';
import type { WorkflowHandle } from '@temporalio/client';
import type { TemporalClient } from '../platform/temporal-client.ts';

/** How long Temporal may take to give a history (ms). */
const DEADLINE_MS = 5000;

type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;
type HistoryEvent = NonNullable<History['events']>[number];
type Described = Awaited<ReturnType<WorkflowHandle['describe']>>['raw'];
type PendingActivity = NonNullable<Described['pendingActivities']>[number];
type Failure = NonNullable<HistoryEvent['activityTaskFailedEventAttributes']>['failure'];

/** Temporal's PendingActivityState and PendingWorkflowTaskState of a task that no worker has taken yet. */
const SCHEDULED = 1;

/**
 * The activities of the scan's latest run, and the workflow's own task while it is due. The outcome of a task that no worker
 * has taken is `waits`, and that of an activity between two attempts `retrying`. Null when Temporal has no run, or no longer
 * keeps its history. Throws when Temporal is away.
 */
export async function activitiesOf(
  temporal: TemporalClient,
  scanId: string,
): Promise<TimelineEvent[] | null> {
  const { WorkflowNotFoundError } = await import('@temporalio/client');
  return temporal.use(DEADLINE_MS, async (client) => {
    const handle = client.workflow.getHandle(dailyScanWorkflowId(scanId));
    try {
      // `describe` comes first, because only it throws an error of its own when there is no such workflow.
      const run = await handle.describe();
      const history = await handle.fetchHistory();
      const ended = activityEvents(history.events ?? []);
      const open = (run.raw.pendingActivities ?? []).map((activity) => ({
        id: activity.activityId ?? '',
        attempt: activity.attempt ?? 1,
        outcome: outcomeOfPending(activity),
        code: codeOf(activity.lastFailure),
      }));
      const activities = ended.map(({ id, ...event }): TimelineEvent => {
        // The history does not hold the attempts of an activity that is still running.
        const pending = open.find((activity) => activity.id === id);
        if (!pending || event.outcome !== 'running') return event;
        const { outcome, code } = pending;
        return { ...event, attempts: pending.attempt, outcome, ...(code && { code }) };
      });
      // Temporal still names the task of a workflow that was terminated.
      return [...activities, ...(run.status.name === 'RUNNING' ? dueTask(run.raw.pendingWorkflowTask) : [])];
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      throw error;
    }
  });
}

/** Temporal calls an activity scheduled also while it waits for the time of its next attempt, for which it needs no worker. */
function outcomeOfPending({ state, lastFailure, scheduledTime }: PendingActivity): string {
  if (state !== SCHEDULED) return 'running';
  return lastFailure && millisOf(scheduledTime) > Date.now() ? 'retrying' : 'waits';
}

/** The workflow's task that is due: what a scan waits for that no worker has seen. */
function dueTask(task: Described['pendingWorkflowTask']): TimelineEvent[] {
  if (!task) return [];
  const at = new Date(millisOf(task.originalScheduledTime ?? task.scheduledTime)).toISOString();
  const outcome = task.state === SCHEDULED ? 'waits' : 'running';
  return [{ at, from: 'activity', what: 'workflow task', attempts: task.attempt ?? 1, outcome }];
}

interface ActivityEvent extends TimelineEvent {
  id: string;
}

function activityEvents(events: readonly HistoryEvent[]): ActivityEvent[] {
  const found = new Map<string, ActivityEvent & { startedMs?: number; askedMs: number }>();
  for (const event of events) {
    const atMs = msOf(event);
    const scheduled = event.activityTaskScheduledEventAttributes;
    if (scheduled) {
      found.set(String(event.eventId), {
        id: scheduled.activityId ?? '',
        at: new Date(atMs).toISOString(),
        askedMs: atMs,
        from: 'activity',
        what: scheduled.activityType?.name ?? 'unknown',
        outcome: 'running',
      });
    }
    const started = event.activityTaskStartedEventAttributes;
    const activity = found.get(String((started ?? endOf(event))?.scheduledEventId));
    if (!activity) continue;
    if (started) {
      const code = codeOf(started.lastFailure);
      Object.assign(activity, { attempts: started.attempt ?? 1, startedMs: atMs });
      activity.waitMs = atMs - activity.askedMs;
      if (code) activity.code = code;
      continue;
    }
    if (activity.startedMs !== undefined) activity.ms = atMs - activity.startedMs;
    activity.outcome = outcomeOf(event);
    const code = codeOf(
      event.activityTaskFailedEventAttributes?.failure ?? event.activityTaskTimedOutEventAttributes?.failure,
    );
    if (code) activity.code = code;
  }
  return [...found.values()].map(({ askedMs: _asked, startedMs: _started, ...event }) => event);
}

function endOf(event: HistoryEvent) {
  return (
    event.activityTaskCompletedEventAttributes ??
    event.activityTaskFailedEventAttributes ??
    event.activityTaskTimedOutEventAttributes ??
    event.activityTaskCanceledEventAttributes
  );
}

function outcomeOf(event: HistoryEvent): string {
  if (event.activityTaskCompletedEventAttributes) return 'completed';
  if (event.activityTaskCanceledEventAttributes) return 'canceled';
  return event.activityTaskTimedOutEventAttributes ? 'timed_out' : 'failed';
}

/** The type of the error, which is one of the project's own codes. The error's text is not read. */
function codeOf(failure: Failure): string | undefined {
  if (!failure) return undefined;
  if (failure.timeoutFailureInfo) return 'timeout';
  return failure.applicationFailureInfo?.type ?? codeOf(failure.cause);
}

const msOf = ({ eventTime }: HistoryEvent): number => millisOf(eventTime);

function millisOf(time: HistoryEvent['eventTime'] | undefined): number {
  return Number(time?.seconds ?? 0) * 1000 + Math.floor((time?.nanos ?? 0) / 1e6);
}
