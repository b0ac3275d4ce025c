/**
 * Interceptors around every activity: they send heartbeats, turn errors into Temporal failures, and announce retries to
 * the workflow.
 */

import { ERRORS, ScanPipelineError } from '@reddyfit/shared/errors';
import { errorName } from '@reddyfit/shared/log-fields';
import { retryDelay, STEP_NAMES, type StepName } from '@reddyfit/shared/scan/steps';
import {
  type FailedAttempt,
  STEP_ATTEMPT_SIGNAL,
  type StepAttempt,
} from '@reddyfit/shared/temporal/step-attempts';
import { ApplicationFailure, CancelledFailure, Context, type Info } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import type { ActivityInboundCallsInterceptor, ActivityInterceptorsFactory } from '@temporalio/worker';
import { spentOf } from '../model/spent.ts';
import { log } from '../platform/logs.ts';
import type { FailureDetail } from './failures.ts';

/**
 * A heartbeat is sent this long before the heartbeat timeout ends (ms). Each one is a Temporal action, so there is one within a
 * timeout and not two. Core sends one that fails again after 0.1, 0.3, 0.6, 1.1, 1.9 and 3.3 s, so that an attempt is lost only
 * where Temporal, or the thread that sends, is away for longer than this; where it is, another attempt comes.
 */
export const BEAT_ARRIVES_WITHIN_MS = 5000;

/**
 * The longest wait that is granted to a server that asks for one (ms): for a step, and for the activities that follow a
 * result.
 */
export const LONGEST_WAIT_MS = { step: 5 * 60_000, afterwards: 60 * 60_000 } as const;

/** A step that takes a tenth of a second, for which a body fat waits, so its worker tells when it takes longer than this (ms). */
const MOMENTARY: StepName = 'delta';
const MOMENT_MS = 900;

/**
 * Interceptors for the activities of this worker. `client` signals the workflows; it is called each time, since the
 * client may be replaced.
 */
export function stepActivityInterceptors(client: () => Client): ActivityInterceptorsFactory {
  return (context) => ({ inbound: inbound(context, client) });
}

function inbound(context: Context, client: () => Client): ActivityInboundCallsInterceptor {
  const { info } = context;
  return {
    async execute(input, next) {
      const stopBeating = beat(context);
      const stopWatching = tellIfLong(client, info);
      if (info.attempt > 1) void announce(client(), info, { attempt: info.attempt });
      // An action of Temporal, which a scan costs only where others are in its way.
      else if (isOfBusyScan(input.args)) void announce(client(), info, { attempt: 1, begun: true });
      const startedAt = performance.now();
      try {
        return await next(input);
      } catch (error) {
        const failure = toFailure(error, context);
        const nextRetryAt = nextAttempt(info, failure);
        if (nextRetryAt) {
          const failed = failedAttemptOf(failure, error, performance.now() - startedAt);
          await announce(client(), info, { attempt: info.attempt, nextRetryAt, failed });
        }
        throw failure;
      } finally {
        stopBeating();
        stopWatching();
      }
    },
  };
}

/** Whether the step belongs to a scan whose document says that it waits for others. */
const isOfBusyScan = ([given]: readonly unknown[]) =>
  (given as { busy?: boolean } | undefined)?.busy === true;

/** Tells the workflow when the momentary step takes longer. Returns a function that stops that. */
function tellIfLong(client: () => Client, info: Info): () => void {
  if (stepOf(info) !== MOMENTARY) return () => undefined;
  let over = false;
  // Nothing else lets a body fat go without the change that it waits for, so this is said until it is heard.
  const tell = async () => {
    const isHeard = await announce(client(), info, { attempt: info.attempt, takesLong: true });
    if (!isHeard && !over) timer = setTimeout(() => void tell(), MOMENT_MS);
  };
  let timer = setTimeout(() => void tell(), MOMENT_MS);
  return () => {
    over = true;
    clearTimeout(timer);
  };
}

/** Tells the workflow that a step waits for photos that are still being uploaded, or that it no longer does. */
export type TellOfWait = (awaitsPhotos: boolean) => void;

/** Returns a function to be called within an activity. It returns the activity's TellOfWait. */
export function tellOfWaitBy(client: () => Client): () => TellOfWait {
  return () => {
    const { info } = Context.current();
    return (awaitsPhotos) => void announce(client(), info, { attempt: info.attempt, awaitsPhotos });
  };
}

/**
 * Sends heartbeats while the activity runs: a long model call has no progress to report, but its worker is alive.
 * Returns a function that stops them.
 */
function beat(context: Context): () => void {
  const { heartbeatTimeoutMs } = context.info;
  // None comes at the beginning: the timeout counts from there, and a short step then sends none at all.
  if (!heartbeatTimeoutMs) return () => undefined;
  const timer = setInterval(() => context.heartbeat(), heartbeatTimeoutMs - BEAT_ARRIVES_WITHIN_MS);
  return () => clearInterval(timer);
}

/** A ScanPipelineError becomes a failure of its type; any other error becomes an InternalError without its text. */
function toFailure(error: unknown, context: Context): Error {
  const { info } = context;
  if (context.cancellationSignal.aborted) {
    return error instanceof CancelledFailure ? error : new CancelledFailure('canceled');
  }
  if (error instanceof ApplicationFailure || error instanceof CancelledFailure) return error;
  const known = error instanceof ScanPipelineError ? error : null;
  const { code, message, messageCode, params } = known ?? new ScanPipelineError('InternalError');
  const cause = known ? known.cause : error;
  const spent = spentOf(error);
  const detail: FailureDetail = { messageCode, params, ...(spent && { spent }) };
  log('WARNING', 'activity_failed', {
    activityType: info.activityType,
    workflowId: info.workflowExecution?.workflowId,
    attempt: info.attempt,
    code,
    ...(cause !== undefined && { cause: errorName(cause) }),
  });
  return ApplicationFailure.create({
    type: code,
    message,
    details: [detail],
    nonRetryable: !ERRORS[code].retried,
    // Temporal reads a delay of 0 as "do not retry", so a server that asks for no wait gets the activity's own backoff.
    ...(known?.retryAfterMs && { nextRetryDelay: boundedWait(info, known.retryAfterMs) }),
  });
}

/** What is told of an attempt after which another one comes. */
function failedAttemptOf(failure: Error, error: unknown, ms: number): FailedAttempt {
  const spent = spentOf(error);
  const code = (failure instanceof ApplicationFailure && failure.type) || 'InternalError';
  return { code, ms: Math.round(ms), ...(spent && { spent }) };
}

/** The wait that a server asks for (ms), limited to what a scan can wait for. */
function boundedWait(info: Info, askedMs: number): number {
  return Math.min(askedMs, stepOf(info) ? LONGEST_WAIT_MS.step : LONGEST_WAIT_MS.afterwards);
}

/** When Temporal will make the next attempt (ISO 8601); null when there is none or the activity is not a step. */
function nextAttempt(info: Info, failure: Error): string | null {
  const step = stepOf(info);
  if (!step || !(failure instanceof ApplicationFailure) || failure.nonRetryable) return null;
  const backoff = retryDelay(step, info.attempt);
  if (backoff === null) return null;
  const next = Date.now() + Number(failure.nextRetryDelay ?? backoff);
  // Temporal starts no attempt after the step's time limit.
  if (info.scheduleToCloseTimeoutMs && next > info.scheduledTimestampMs + info.scheduleToCloseTimeoutMs)
    return null;
  return new Date(next).toISOString();
}

function stepOf(info: Info): StepName | undefined {
  return STEP_NAMES.find((name) => name === info.activityType);
}

/**
 * Signals the workflow, so that the user sees "retrying". The signal is only news for the user: when it fails, nothing
 * else changes. Resolves with whether the workflow has it.
 */
async function announce(client: Client, info: Info, news: Omit<StepAttempt, 'step'>): Promise<boolean> {
  const step = stepOf(info);
  if (!step || !info.workflowExecution) return true;
  const { workflowId, runId } = info.workflowExecution;
  const attempt: StepAttempt = { step, ...news };
  try {
    await client.connection.withDeadline(Date.now() + 2000, () =>
      client.workflow.getHandle(workflowId, runId).signal(STEP_ATTEMPT_SIGNAL, attempt),
    );
    return true;
  } catch {
    log('WARNING', 'retry_not_announced', { workflowId, step });
    return false;
  }
}
