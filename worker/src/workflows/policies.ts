/** How long each activity may take and how it is retried. Times are the seed's. */

import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/contract.ts';

/** A worker that stops beating is noticed after this time, and its step runs again elsewhere. */
const HEARTBEAT = '10s';

/** Default policy: 5 min for an attempt, 1 s before the first retry, doubling to 30 s, 3 attempts. */
const DEFAULT_RETRY = {
  initialInterval: '1s',
  backoffCoefficient: 2,
  maximumInterval: '30s',
  maximumAttempts: 3,
} as const;

/** The agents: long model calls, so they beat. */
export const { qualityCheck, insights, nutrition, workout, hydration } = proxyActivities<Activities>({
  startToCloseTimeout: '5m',
  heartbeatTimeout: HEARTBEAT,
  retry: DEFAULT_RETRY,
});

/** Estimation has longer, and more attempts; a broken photo is never looked at twice. */
export const { estimation } = proxyActivities<Activities>({
  startToCloseTimeout: '10m',
  heartbeatTimeout: HEARTBEAT,
  retry: {
    initialInterval: '5s',
    backoffCoefficient: 2,
    maximumAttempts: 5,
    nonRetryableErrorTypes: ['InvalidImageError'],
  },
});

/** Arithmetic on stored scans: no model, so short attempts. */
export const { delta } = proxyActivities<Activities>({
  startToCloseTimeout: '1m',
  retry: DEFAULT_RETRY,
});

/** What must reach the database: retried until it does. An attempt is short so that a paused database costs little. */
export const { updateFirestore, auditLog, refundScanCredit, commitScanCredit, deleteImages } =
  proxyActivities<Activities>({
    startToCloseTimeout: '15s',
    retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '10s' },
  });

/** What follows the result and must not hold it: kept up for a day, then let go. */
export const { sendNotification, publishEvent, rememberScan } = proxyActivities<Activities>({
  startToCloseTimeout: '1m',
  scheduleToCloseTimeout: '1 day',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
});
