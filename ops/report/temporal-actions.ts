/**
 * Counts the billable actions of Temporal Cloud that a scan takes, by https://docs.temporal.io/cloud/actions (read
 * 2026-11-25).
 */

import proto from '@temporalio/proto';
import type { ScanFacts } from '../../functions/src/report/scan-facts.ts';

const { EventType } = proto.temporal.api.enums.v1;
type Event = proto.temporal.api.history.v1.IHistoryEvent;

/** Scans start with fairness keys, for which Temporal bills a tenth of an action more for each action of the namespace. */
const FAIRNESS_SHARE = 0.1;

/** How often an activity with a heartbeat timeout sends a heartbeat (s): see `beat` in worker/src/scan/step-activity.ts. */
const BEAT_SECONDS = 9;

/** What one history shows. */
export interface HistoryCount {
  readonly actions: number;
  /** The same actions by what they were for: a type of activity, `timer`, `signal` and so on, `retry` for every later attempt. */
  readonly kinds: Readonly<Record<string, number>>;
  /** Attempts and failed attempts by activity type, of all activities that ended. */
  readonly activities: Readonly<
    Record<string, { readonly runs: number; readonly attempts: number; readonly failed: number }>
  >;
}

/** Counts the history of a closed workflow. Heartbeats and fairness leave no events: heartbeatsOf and billed add them. */
export function countHistory(events: readonly Event[]): HistoryCount {
  const activities: Record<string, { runs: number; attempts: number; failed: number }> = {};
  const typeOf = new Map<string, string>();
  const markers = new Set<string>();
  const kinds: Record<string, number> = {};
  const count = (kind: string, actions = 1) => {
    if (actions > 0) kinds[kind] = (kinds[kind] ?? 0) + actions;
  };
  for (const event of events) {
    switch (event.eventType) {
      case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED:
        count('start');
        break;
      case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED:
        count('signal');
        break;
      case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED:
        count('update');
        break;
      case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED:
        count('options');
        break;
      case EventType.EVENT_TYPE_TIMER_STARTED:
        count('timer');
        break;
      case EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED:
        count('child', 2);
        break;
      case EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES:
        if (!onlyChangeVersion(event)) count('search attributes');
        break;
      case EventType.EVENT_TYPE_MARKER_RECORDED:
        // All markers of one workflow task are one action.
        markers.add(String(event.markerRecordedEventAttributes?.workflowTaskCompletedEventId));
        break;
      case EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED: {
        const type = event.activityTaskScheduledEventAttributes?.activityType?.name ?? 'unknown';
        typeOf.set(String(event.eventId), type);
        activities[type] ??= { runs: 0, attempts: 0, failed: 0 };
        activities[type].runs += 1;
        count(type);
        break;
      }
      case EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED: {
        const { scheduledEventId, attempt } = event.activityTaskStartedEventAttributes ?? {};
        const activity = activities[typeOf.get(String(scheduledEventId)) ?? 'unknown'];
        // Attempts before the last leave no events.
        if (activity) activity.attempts += attempt ?? 1;
        count('retry', (attempt ?? 1) - 1);
        break;
      }
      case EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED:
      case EventType.EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT: {
        const { scheduledEventId } =
          event.activityTaskFailedEventAttributes ?? event.activityTaskTimedOutEventAttributes ?? {};
        const activity = activities[typeOf.get(String(scheduledEventId)) ?? 'unknown'];
        if (activity) activity.failed += 1;
        break;
      }
    }
  }
  count('markers', markers.size);
  return { actions: Object.values(kinds).reduce((sum, each) => sum + each, 0), kinds, activities };
}

/** True for an upsert that only records which patches a workflow has seen, which is free. */
function onlyChangeVersion(event: Event): boolean {
  const fields = event.upsertWorkflowSearchAttributesEventAttributes?.searchAttributes?.indexedFields ?? {};
  return Object.keys(fields).every((name) => name === 'TemporalChangeVersion');
}

/** An estimate, from their durations, of the heartbeats that a scan's steps sent. The delta takes a moment and sends none. */
export function heartbeatsOf({ steps }: Pick<ScanFacts, 'steps'>): number {
  return Object.values(steps).reduce(
    (sum, { durationMs = 0 }) => sum + Math.floor(durationMs / 1000 / BEAT_SECONDS),
    0,
  );
}

/** All billed actions: those that histories show, heartbeats, and what fairness adds. */
export function billed(historyActions: number, heartbeats: number): number {
  return (historyActions + heartbeats) * (1 + FAIRNESS_SHARE);
}
