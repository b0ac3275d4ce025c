import proto from '@temporalio/proto';
import { expect, it } from 'vitest';
import { countHistory } from './temporal-actions.ts';

const { EventType } = proto.temporal.api.enums.v1;
type Event = proto.temporal.api.history.v1.IHistoryEvent;

let last = 0;
const event = (type: keyof typeof EventType, attributes: object = {}) => {
  last += 1;
  return { eventId: last, eventType: EventType[type], ...attributes } as unknown as Event & {
    eventId: number;
  };
};

/** The events of an activity that ended after this many attempts. */
function activity(name: string, attempt: number, failed = false): Event[] {
  const scheduled = event('EVENT_TYPE_ACTIVITY_TASK_SCHEDULED', {
    activityTaskScheduledEventAttributes: { activityType: { name } },
  });
  const { eventId: scheduledEventId } = scheduled;
  return [
    scheduled,
    event('EVENT_TYPE_ACTIVITY_TASK_STARTED', {
      activityTaskStartedEventAttributes: { scheduledEventId, attempt },
    }),
    failed
      ? event('EVENT_TYPE_ACTIVITY_TASK_FAILED', { activityTaskFailedEventAttributes: { scheduledEventId } })
      : event('EVENT_TYPE_ACTIVITY_TASK_COMPLETED', {
          activityTaskCompletedEventAttributes: { scheduledEventId },
        }),
  ];
}

it('counts what Temporal Cloud bills, and nothing that is free', () => {
  const marker = (workflowTaskCompletedEventId: number) =>
    event('EVENT_TYPE_MARKER_RECORDED', { markerRecordedEventAttributes: { workflowTaskCompletedEventId } });
  const upsert = (name: string) =>
    event('EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES', {
      upsertWorkflowSearchAttributesEventAttributes: { searchAttributes: { indexedFields: { [name]: {} } } },
    });
  const { actions, kinds } = countHistory([
    event('EVENT_TYPE_WORKFLOW_EXECUTION_STARTED'), // 1
    event('EVENT_TYPE_WORKFLOW_TASK_SCHEDULED'),
    event('EVENT_TYPE_WORKFLOW_TASK_COMPLETED'),
    ...activity('estimation', 3), // 1, and 2 retries
    event('EVENT_TYPE_TIMER_STARTED'), // 1
    event('EVENT_TYPE_TIMER_FIRED'),
    event('EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED'), // 1
    upsert('outcome'), // 1
    upsert('TemporalChangeVersion'),
    marker(3), // 1 for both
    marker(3),
    event('EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED'), // 2
    event('EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED'),
  ]);
  expect(actions).toBe(1 + 3 + 1 + 1 + 1 + 1 + 2);
  expect(kinds).toEqual({
    start: 1,
    estimation: 1,
    retry: 2,
    timer: 1,
    signal: 1,
    'search attributes': 1,
    markers: 1,
    child: 2,
  });
});

it('tells which activities were tried how often, and which failed', () => {
  const { activities } = countHistory([
    ...activity('insights', 3, true),
    ...activity('insights', 1),
    ...activity('auditLog', 2),
  ]);
  expect(activities).toEqual({
    insights: { runs: 2, attempts: 4, failed: 1 },
    auditLog: { runs: 1, attempts: 2, failed: 0 },
  });
});
