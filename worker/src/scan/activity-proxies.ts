/** Timeouts, retries and task queue of each activity. The timeouts are those of the seed requirements where these name one. */

import { shortTaskQueue } from '@reddyfit/shared/names/ids';
import { STEP, type StepName } from '@reddyfit/shared/scan/steps';
import { inputOf, type StepInput } from '@reddyfit/shared/temporal/workflows';
import {
  ActivityFailure,
  type ActivityOptions,
  proxyActivities,
  scheduleActivity,
  TimeoutFailure,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities, AnswerOf } from './activities.ts';

/**
 * When a worker sends no heartbeat for this long, Temporal runs the step again on another worker. Each heartbeat is a
 * Temporal action, and a step of minutes sends many, so the timeout is as long as it can be for a killed worker to be
 * noticed within 15 s. How often one is sent: BEAT_ARRIVES_WITHIN_MS.
 */
const HEARTBEAT = '14s';

/**
 * How often the queue serves steps that need another one (insights, nutrition, workout) while it serves the first steps of another
 * user once.
 */
const TO_ITS_END_WEIGHT = 4;

/**
 * The place in the queue of the steps that need another one: a share of their own, larger than that of first steps, so that scans
 * that have begun end where more come than run at once. A higher priority would do so, too, but then the later steps of one user
 * with many scans would go before the first steps of all others. Nothing for a workflow without a fairness key.
 */
function toItsEnd(): Pick<ActivityOptions, 'priority'> {
  const { fairnessKey } = workflowInfo().priority ?? {};
  if (!fairnessKey) return {};
  return { priority: { fairnessKey: `${fairnessKey}-end`, fairnessWeight: TO_ITS_END_WEIGHT } };
}

/** Priorities on the queue of short activities: what a user waits to see goes before what follows it. */
const AT_ONCE = { priorityKey: 1 };
const AFTERWARDS = { priorityKey: 4 };

/** A step had no time left in its scan: it has ended, or would not begin its next attempt before the scan's time is over. */
export class NoTimeLeft extends TimeoutFailure {
  constructor() {
    super("the scan's time is over", undefined, 'SCHEDULE_TO_CLOSE');
  }
}

/**
 * Calls a step's activity with what it takes of `given`, by the step's policy. All attempts and waits together end
 * within the policy's time limit, and within `leftMs` (ms), the time that is left of the scan; NoTimeLeft says that the latter
 * was too short.
 */
export function runStep<Name extends StepName>(
  step: Name,
  given: StepInput<Name>,
  leftMs = Infinity,
): Promise<AnswerOf<Name>> {
  const { timeLimitMs } = STEP[step].policy;
  if (leftMs >= timeLimitMs) return scheduleStep(step, given, timeLimitMs);
  if (leftMs <= 0) return Promise.reject(new NoTimeLeft());
  return scheduleStep(step, given, leftMs).catch((failure: unknown) => {
    throw isOutOfTime(failure) ? new NoTimeLeft() : failure;
  });
}

/** Whether an activity failed since its time was over, or since its next attempt would begin later than that. */
function isOutOfTime(failure: unknown): boolean {
  if (!(failure instanceof ActivityFailure)) return false;
  const { cause, retryState } = failure;
  return (
    retryState === 'TIMEOUT' || (cause instanceof TimeoutFailure && cause.timeoutType === 'SCHEDULE_TO_CLOSE')
  );
}

function scheduleStep<Name extends StepName>(
  step: Name,
  given: StepInput<Name>,
  scheduleToCloseTimeout: number,
): Promise<AnswerOf<Name>> {
  const { policy, asksModel, needs } = STEP[step];
  return scheduleActivity(step, [inputOf(step, given)], {
    startToCloseTimeout: policy.attemptMs,
    scheduleToCloseTimeout,
    heartbeatTimeout: HEARTBEAT,
    retry: {
      initialInterval: policy.firstWaitMs,
      backoffCoefficient: 2,
      maximumInterval: policy.longestWaitMs,
      maximumAttempts: policy.attempts,
      nonRetryableErrorTypes: [...policy.neverRetried],
    },
    ...(needs.length > 0 && toItsEnd()),
    ...(!asksModel && { taskQueue: shortQueue(), priority: AT_ONCE }),
  });
}

/** Runs after the result. It may have to look at photos again, so it is on the queue of the steps. Retried for a day. */
export const { hideKeptFaces } = proxyActivities<Activities>({
  startToCloseTimeout: '5m',
  heartbeatTimeout: HEARTBEAT,
  scheduleToCloseTimeout: '1 day',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
});

/**
 * Activities that must reach the database or the bucket: retried until they succeed. An attempt is short, so that a
 * paused database costs little.
 */
export const { updateFirestore, updateStep, auditLog, refundScanCredit, commitScanCredit, deleteImages } =
  onShortQueue(
    ['updateFirestore', 'updateStep', 'auditLog', 'refundScanCredit', 'commitScanCredit', 'deleteImages'],
    {
      startToCloseTimeout: '15s',
      retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '10s' },
      priority: AT_ONCE,
    },
  );

/** Activities that follow the result and must not hold it up: retried for a day, then given up. */
export const { sendNotification, publishEvent, rememberScan } = onShortQueue(
  ['sendNotification', 'publishEvent', 'rememberScan'],
  {
    startToCloseTimeout: '1m',
    heartbeatTimeout: HEARTBEAT,
    scheduleToCloseTimeout: '1 day',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
    priority: AFTERWARDS,
  },
);

/** The queue of short activities beside the calling workflow's queue, whose name only the workflow's info tells. */
const shortQueue = () => shortTaskQueue(workflowInfo().taskQueue);

/** Proxies of activities on the queue of short activities. */
function onShortQueue<Name extends keyof Activities>(
  names: readonly Name[],
  options: ActivityOptions,
): Pick<Activities, Name> {
  const call = (name: Name) => (input: unknown) =>
    scheduleActivity(name, [input], {
      ...options,
      taskQueue: shortQueue(),
    });
  return Object.fromEntries(names.map((name) => [name, call(name)])) as unknown as Pick<Activities, Name>;
}
