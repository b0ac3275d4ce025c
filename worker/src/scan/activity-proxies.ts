/** How long each activity may take, how it is retried, and on which queue. Times are the seed's where it has one. */

import { shortTaskQueue } from '@reddyfit/shared/names/ids';
import { type ActivityOptions, proxyActivities, scheduleActivity, workflowInfo } from '@temporalio/workflow';
import type { Activities } from './activities.ts';
import { DEFAULT_RETRY, ESTIMATION_RETRY, STEP_TIME_LIMIT_MS } from './retries.ts';

/** A worker that stops beating is noticed after this time, and its step runs again elsewhere. */
const HEARTBEAT = '10s';

/** On the queue of short activities: what a user is waiting to see goes before what follows it. */
const AT_ONCE = { priorityKey: 1 };
const AFTERWARDS = { priorityKey: 4 };

/** Steps that ask the model, so they beat. All attempts and waits together end in their time. */
export const { qualityCheck, insights, nutrition, workout, hydration } = proxyActivities<Activities>({
  startToCloseTimeout: '5m',
  scheduleToCloseTimeout: STEP_TIME_LIMIT_MS.others,
  heartbeatTimeout: HEARTBEAT,
  retry: DEFAULT_RETRY,
});

/** Estimation has longer, and more attempts; a broken photo is never looked at twice. */
export const { estimation } = proxyActivities<Activities>({
  startToCloseTimeout: '10m',
  scheduleToCloseTimeout: STEP_TIME_LIMIT_MS.estimation,
  heartbeatTimeout: HEARTBEAT,
  retry: { ...ESTIMATION_RETRY, nonRetryableErrorTypes: ['InvalidImageError'] },
});

/** After the result: it looks at photos, so it waits for room beside other scans' steps. Kept up for a day. */
export const { hideKeptFaces } = proxyActivities<Activities>({
  startToCloseTimeout: '5m',
  heartbeatTimeout: HEARTBEAT,
  scheduleToCloseTimeout: '1 day',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
  priority: AFTERWARDS,
});

/** Arithmetic on stored scans: no model, so short attempts. */
export const { delta } = onShortQueue(['delta'], {
  startToCloseTimeout: '1m',
  scheduleToCloseTimeout: STEP_TIME_LIMIT_MS.others,
  heartbeatTimeout: HEARTBEAT,
  retry: DEFAULT_RETRY,
  priority: AT_ONCE,
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

/** Activities on the queue beside that of the workflow which calls them: its name is known only there. */
function onShortQueue<Name extends keyof Activities>(
  names: readonly Name[],
  options: ActivityOptions,
): Pick<Activities, Name> {
  const call = (name: Name) => (input: unknown) =>
    scheduleActivity(name, [input], {
      ...options,
      taskQueue: shortTaskQueue(workflowInfo().taskQueue),
    });
  return Object.fromEntries(names.map((name) => [name, call(name)])) as unknown as Pick<Activities, Name>;
}
