/**
 * Reads the attempts of a scan's steps from the history of its workflow, one by one. Of the payloads it decodes only what workers
 * tell of attempts: the signals `stepAttempt`, and what a failure says of the model that was asked.
 */

import { deskCode } from '@reddyfit/shared/operator/error-codes';
import type { TimelineAttempt } from '@reddyfit/shared/operator/timeline';
import { STEP_NAMES, type StepName } from '@reddyfit/shared/scan/steps';
import {
  failureSpent,
  type ModelSpent,
  STEP_ATTEMPT_SIGNAL,
  stepAttempt,
} from '@reddyfit/shared/temporal/step-attempts';
import {
  closesRun,
  codeOf,
  endOf,
  type HistoryEvent,
  millisOf,
  msOf,
  outcomeOf,
  outcomeOfPending,
  type Payload,
  type PendingActivity,
} from './history.ts';

/** Decodes the first of some payloads. Throws when its key is not there. */
export type DecodeFirst = (payloads: readonly Payload[] | null | undefined) => Promise<unknown>;

/** What a failed attempt has asked of a model. */
export interface FailedCall extends ModelSpent {
  step: StepName;
  attempt: number;
  /** As of a TimelineAttempt. */
  again?: true;
  code: string;
}

export interface FoundAttempts {
  attempts: TimelineAttempt[];
  failedCalls: FailedCall[];
  /** How many pieces of news could not be decoded. */
  unread: number;
}

const iso = (ms: number) => new Date(ms).toISOString();

/** The attempts that the history and the open activities tell of, by step and number. */
export async function attemptsOf(
  events: readonly HistoryEvent[],
  pending: readonly PendingActivity[],
  decode: DecodeFirst,
): Promise<FoundAttempts> {
  const found = new Map<StepName, Map<number, TimelineAttempt>>();
  const failedCalls: FailedCall[] = [];
  let unread = 0;

  const add = ({ step, ...told }: TimelineAttempt) => {
    const known = found.get(step) ?? new Map<number, TimelineAttempt>();
    found.set(step, known);
    // An attempt that another one has followed, and of whose end nothing was told, ended when that one began at the latest.
    for (let earlier = 1; earlier < told.attempt; earlier += 1) {
      const before = known.get(earlier);
      if (!before || before.outcome === 'running')
        known.set(earlier, { ...before, step, attempt: earlier, at: told.at, outcome: 'unheard' });
    }
    known.set(told.attempt, { ...known.get(told.attempt), step, ...told });
  };
  const spend = (step: StepName, attempt: number, code: string, spent: ModelSpent | undefined) => {
    if (spent) failedCalls.push({ step, attempt, code: deskCode(code), ...spent });
  };
  const read = async <Told>(
    payloads: readonly Payload[] | null | undefined,
    parse: (value: unknown) => Told | undefined,
  ): Promise<Told | undefined> => {
    if (!payloads || payloads.length === 0) return undefined;
    try {
      return parse(await decode(payloads));
    } catch {
      unread += 1;
      return undefined;
    }
  };

  /** Id of the event that scheduled a step → its name and its last start. */
  const scheduled = new Map<string, { step: StepName; attempt: number; startedMs: number | undefined }>();
  const askedToCancel = new Set<StepName>();
  for (const event of events) {
    const atMs = msOf(event);
    const asked = event.activityTaskScheduledEventAttributes;
    const step = asked && STEP_NAMES.find((name) => name === asked.activityType?.name);
    if (step) scheduled.set(String(event.eventId), { step, attempt: 1, startedMs: undefined });

    const signal = event.workflowExecutionSignaledEventAttributes;
    if (signal?.signalName === STEP_ATTEMPT_SIGNAL) {
      // oxlint-disable-next-line no-await-in-loop -- in the order of the history
      const news = await read(signal.input?.payloads, (value) => stepAttempt.parse(value));
      if (!news || news.takesLong || news.awaitsPhotos !== undefined) continue;
      const { step: name, attempt, nextRetryAt, failed } = news;
      if (nextRetryAt) {
        const waitMs = Math.max(0, Date.parse(nextRetryAt) - atMs);
        const told = failed && { code: deskCode(failed.code), ms: failed.ms };
        add({ step: name, attempt, at: iso(atMs), outcome: 'failed', waitMs, ...told });
        if (failed) spend(name, attempt, failed.code, failed.spent);
      } else if (!found.get(name)?.has(attempt)) {
        add({ step: name, attempt, at: iso(atMs), outcome: 'running' });
      }
      continue;
    }

    const cancel = event.activityTaskCancelRequestedEventAttributes;
    const canceled = scheduled.get(String(cancel?.scheduledEventId));
    if (canceled) askedToCancel.add(canceled.step);

    const started = event.activityTaskStartedEventAttributes;
    const ended = endOf(event);
    const activity = scheduled.get(String((started ?? ended)?.scheduledEventId));
    if (!activity) continue;
    if (started) {
      Object.assign(activity, { attempt: started.attempt ?? 1, startedMs: atMs });
      continue;
    }
    const failure =
      event.activityTaskFailedEventAttributes?.failure ?? event.activityTaskTimedOutEventAttributes?.failure;
    const code = codeOf(failure);
    const { step: name, attempt, startedMs } = activity;
    add({
      step: name,
      attempt,
      at: iso(atMs),
      outcome: outcomeOf(event),
      ...(code && { code: deskCode(code) }),
      ...(startedMs !== undefined && { ms: atMs - startedMs }),
    });
    const details = failure?.applicationFailureInfo?.details?.payloads;
    // oxlint-disable-next-line no-await-in-loop -- in the order of the history
    const spent = code && (await read(details, (value) => failureSpent.safeParse(value).data?.spent));
    if (code && spent) spend(name, attempt, code, spent);
  }

  const closed = events.find(closesRun);
  for (const activity of pending) {
    const step = STEP_NAMES.find((name) => name === activity.activityType?.name);
    if (!step) continue;
    const attempt = activity.attempt ?? 1;
    const atMs = millisOf(activity.lastStartedTime ?? activity.scheduledTime);
    // Its worker has told of its failure, and not yet failed it.
    if (found.get(step)?.get(attempt)?.outcome === 'failed') continue;
    const outcome = outcomeOfPending(activity);
    // Temporal still names the activities of a run that has closed. No worker takes what had not begun then.
    if (!closed || outcome === 'running') add({ step, attempt, at: iso(atMs), outcome });
    // The server knows the error of the attempt before also when its worker has told nothing.
    const before = found.get(step)?.get(attempt - 1);
    const code = codeOf(activity.lastFailure);
    if (before && code) before.code ??= deskCode(code);
  }
  // A closed run hears of no attempt any more.
  for (const attempt of closed ? [...found.values()].flatMap((known) => [...known.values()]) : []) {
    if (attempt.outcome !== 'running') continue;
    const outcome = askedToCancel.has(attempt.step) ? 'canceled' : 'unheard';
    Object.assign(attempt, { at: iso(msOf(closed!)), outcome });
  }
  const attempts = STEP_NAMES.flatMap((step) =>
    [...(found.get(step)?.values() ?? [])].sort((one, other) => one.attempt - other.attempt),
  );
  return { attempts, failedCalls, unread };
}
