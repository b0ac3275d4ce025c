/** How long each activity may take, how it is retried, and on which queue. Times are the seed's where it has one. */

import { shortTaskQueue } from '@reddyfit/shared/names/ids';
import { type ResultOf, STEP, type StepName } from '@reddyfit/shared/scan/steps';
import { inputOf, type StepInput } from '@reddyfit/shared/temporal/workflows';
import { type ActivityOptions, proxyActivities, scheduleActivity, workflowInfo } from '@temporalio/workflow';
import type { Activities } from './activities.ts';

/**
 * A worker that stops beating is noticed within this time, and its step runs again elsewhere. Each beat is a Temporal action, and a step
 * of minutes makes many: no more often than lets a kill be noticed within 15 s.
 */
const HEARTBEAT = '14s';

/** On the queue of short activities: what a user is waiting to see goes before what follows it. */
const AT_ONCE = { priorityKey: 1 };
const AFTERWARDS = { priorityKey: 4 };

/** Calls the activity of a step with what it takes of `given`, and by its policy. All attempts and waits together end in their time. */
export function runStep<Name extends StepName>(step: Name, given: StepInput<Name>): Promise<ResultOf<Name>> {
  const { policy, asksModel } = STEP[step];
  return scheduleActivity(step, [inputOf(step, given)], {
    startToCloseTimeout: policy.attemptMs,
    scheduleToCloseTimeout: policy.timeLimitMs,
    heartbeatTimeout: HEARTBEAT,
    retry: {
      initialInterval: policy.firstWaitMs,
      backoffCoefficient: 2,
      maximumInterval: policy.longestWaitMs,
      maximumAttempts: policy.attempts,
      nonRetryableErrorTypes: [...policy.neverRetried],
    },
    ...(!asksModel && { taskQueue: shortQueue(), priority: AT_ONCE }),
  });
}

/** After the result: it may have to look at photos again, so it takes its turn among the steps. Kept up for a day. */
export const { hideKeptFaces } = proxyActivities<Activities>({
  startToCloseTimeout: '5m',
  heartbeatTimeout: HEARTBEAT,
  scheduleToCloseTimeout: '1 day',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
});

/** What must reach the database: retried until it does. An attempt is short so that a paused database costs little. */
export const { updateFirestore, updateStep, auditLog, refundScanCredit, commitScanCredit, deleteImages } =
  onShortQueue(
    ['updateFirestore', 'updateStep', 'auditLog', 'refundScanCredit', 'commitScanCredit', 'deleteImages'],
    {
      startToCloseTimeout: '15s',
      retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '10s' },
      priority: AT_ONCE,
    },
  );

/** What follows the result and must not hold it: kept up for a day, then let go. */
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

/** The queue beside that of the workflow which asks: its name is known only there. */
const shortQueue = () => shortTaskQueue(workflowInfo().taskQueue);

/** Activities on that queue. */
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
