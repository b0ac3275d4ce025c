/**
 * Reads the activities of a scan's workflow, and of those in which its steps ran again, from their histories: names, times, attempts
 * and error codes.
 */

import { dailyScanWorkflowId, retryStepWorkflowId } from '@reddyfit/shared/names/ids';
import type { TimelineEvent } from '@reddyfit/shared/operator/timeline';
import type { OptionalStepName } from '@reddyfit/shared/scan/steps';
import type { Client } from '@temporalio/client';
import type { TemporalClient } from '../platform/temporal-client.ts';
import { attemptsOf, type DecodeFirst, type FoundAttempts } from './attempts.ts';
import {
  codeOf,
  type Described,
  endOf,
  type HistoryEvent,
  millisOf,
  msOf,
  outcomeOf,
  outcomeOfPending,
  SCHEDULED,
} from './history.ts';

/** How long Temporal may take to give a history (ms). */
const DEADLINE_MS = 5000;

/** What the history of a scan's workflow tells. */
export interface ScanActivities extends FoundAttempts {
  /** Each activity with its last attempt, and the workflow's own task while it is due. */
  events: TimelineEvent[];
}

/**
 * The activities of the scan's latest run, and each attempt of its steps. The outcome of a task that no worker
 * has taken is `waits`, and that of an activity between two attempts `retrying`. Null when Temporal has no run, or no longer
 * keeps its history. Throws when Temporal is away.
 */
export async function activitiesOf(temporal: TemporalClient, scanId: string): Promise<ScanActivities | null> {
  return temporal.use(DEADLINE_MS, async (client) => {
    const found = await runOf(client, dailyScanWorkflowId(scanId));
    if (!found) return null;
    const { run, events, pending, attempts } = found;
    const open = pending.map((activity) => ({
      id: activity.activityId ?? '',
      attempt: activity.attempt ?? 1,
      outcome: outcomeOfPending(activity),
      code: codeOf(activity.lastFailure),
    }));
    const activities = activityEvents(events).map(({ id, ...event }): TimelineEvent => {
      // The history does not hold the attempts of an activity that is still running.
      const still = open.find((activity) => activity.id === id);
      if (!still || event.outcome !== 'running') return event;
      const { outcome, code } = still;
      return { ...event, attempts: still.attempt, outcome, ...(code && { code }) };
    });
    // Temporal still names the task of a workflow that was terminated.
    const due = run.status.name === 'RUNNING' ? dueTask(run.raw.pendingWorkflowTask) : [];
    return { events: [...activities, ...due], ...attempts };
  });
}

/**
 * The attempts of these steps in the latest run of each after the scan's end. A run that Temporal no longer keeps has none. Throws
 * when Temporal is away.
 */
export async function attemptsAgain(
  temporal: TemporalClient,
  scanId: string,
  steps: readonly OptionalStepName[],
): Promise<FoundAttempts> {
  const runs = await temporal.use(DEADLINE_MS, (client) =>
    Promise.all(steps.map((step) => runOf(client, retryStepWorkflowId(scanId, step)))),
  );
  const found = runs.flatMap((run) => run?.attempts ?? []);
  const again = true as const;
  return {
    attempts: found.flatMap(({ attempts }) => attempts.map((attempt) => ({ ...attempt, again }))),
    failedCalls: found.flatMap(({ failedCalls }) => failedCalls.map((call) => ({ ...call, again }))),
    unread: found.reduce((sum, { unread }) => sum + unread, 0),
  };
}

/** The latest run of a workflow, its history and the attempts in it; null when Temporal has no run, or no longer keeps its history. */
async function runOf(client: Client, workflowId: string) {
  const { WorkflowNotFoundError } = await import('@temporalio/client');
  const handle = client.workflow.getHandle(workflowId);
  try {
    // `describe` comes first, because only it throws an error of its own when there is no such workflow.
    const run = await handle.describe();
    const events = (await handle.fetchHistory()).events ?? [];
    const pending = run.raw.pendingActivities ?? [];
    return {
      run,
      events,
      pending,
      attempts: await attemptsOf(events, pending, decoderOf(client, workflowId)),
    };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

function decoderOf({ options }: Client, workflowId: string): DecodeFirst {
  const { payloadCodecs, payloadConverter } = options.loadedDataConverter;
  const context = { type: 'workflow' as const, namespace: options.namespace, workflowId };
  return async (payloads) => {
    let decoded = payloads!.slice(0, 1);
    // oxlint-disable-next-line no-await-in-loop -- each codec takes what the one before gives
    for (const codec of payloadCodecs.toReversed()) decoded = await codec.decode(decoded, context);
    return payloadConverter.fromPayload(decoded[0]!);
  };
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
