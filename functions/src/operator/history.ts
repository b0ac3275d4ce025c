/**
 * What the desk reads of the raw history of a workflow: types, times, and the codes of errors. Payloads are neither decoded nor
 * read here.
 */

import type { WorkflowHandle } from '@temporalio/client';

type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;
export type HistoryEvent = NonNullable<History['events']>[number];
export type Described = Awaited<ReturnType<WorkflowHandle['describe']>>['raw'];
export type PendingActivity = NonNullable<Described['pendingActivities']>[number];
type Failure = NonNullable<HistoryEvent['activityTaskFailedEventAttributes']>['failure'];
export type Payload = NonNullable<
  NonNullable<NonNullable<HistoryEvent['workflowExecutionSignaledEventAttributes']>['input']>['payloads']
>[number];

/** Temporal's PendingActivityState and PendingWorkflowTaskState of a task that no worker has taken yet. */
export const SCHEDULED = 1;

/** Temporal calls an activity scheduled also while it waits for the time of its next attempt, for which it needs no worker. */
export function outcomeOfPending({
  state,
  lastFailure,
  scheduledTime,
}: PendingActivity): 'running' | 'retrying' | 'waits' {
  if (state !== SCHEDULED) return 'running';
  return lastFailure && millisOf(scheduledTime) > Date.now() ? 'retrying' : 'waits';
}

/** The attributes of an activity's end; undefined for another event. */
export function endOf(event: HistoryEvent) {
  return (
    event.activityTaskCompletedEventAttributes ??
    event.activityTaskFailedEventAttributes ??
    event.activityTaskTimedOutEventAttributes ??
    event.activityTaskCanceledEventAttributes
  );
}

/** How an activity ended, by the event of its end. */
export function outcomeOf(event: HistoryEvent): 'completed' | 'canceled' | 'timed_out' | 'failed' {
  if (event.activityTaskCompletedEventAttributes) return 'completed';
  if (event.activityTaskCanceledEventAttributes) return 'canceled';
  return event.activityTaskTimedOutEventAttributes ? 'timed_out' : 'failed';
}

/** Whether the run closed with this event. */
export function closesRun(event: HistoryEvent): boolean {
  return Boolean(
    event.workflowExecutionCompletedEventAttributes ??
    event.workflowExecutionFailedEventAttributes ??
    event.workflowExecutionTimedOutEventAttributes ??
    event.workflowExecutionCanceledEventAttributes ??
    event.workflowExecutionTerminatedEventAttributes ??
    event.workflowExecutionContinuedAsNewEventAttributes,
  );
}

/** The type of the error, which is one of the project's own codes. The error's text is not read. */
export function codeOf(failure: Failure): string | undefined {
  if (!failure) return undefined;
  if (failure.timeoutFailureInfo) return 'timeout';
  return failure.applicationFailureInfo?.type ?? codeOf(failure.cause);
}

export const msOf = ({ eventTime }: HistoryEvent): number => millisOf(eventTime);

export function millisOf(time: HistoryEvent['eventTime'] | undefined): number {
  return Number(time?.seconds ?? 0) * 1000 + Math.floor((time?.nanos ?? 0) / 1e6);
}
