/** How long each activity may take and how it is retried. Times are the seed's. */

import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from './activities.ts';
import { DEFAULT_RETRY, ESTIMATION_RETRY } from './retries.ts';

/** A worker that stops beating is noticed after this time, and its step runs again elsewhere. */
const HEARTBEAT = '10s';

/**
 * What takes a moment goes before the steps of all scans, which hold a worker's slots for minutes: a status or a credit must not
 * wait behind another user's model calls.
 */
const AT_ONCE = { priorityKey: 1 };

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
  retry: { ...ESTIMATION_RETRY, nonRetryableErrorTypes: ['InvalidImageError'] },
});

/** Arithmetic on stored scans: no model, so short attempts. */
export const { delta } = proxyActivities<Activities>({
  startToCloseTimeout: '1m',
  heartbeatTimeout: HEARTBEAT,
  retry: DEFAULT_RETRY,
  priority: AT_ONCE,
});

/** What must reach the database: retried until it does. An attempt is short so that a paused database costs little. */
export const { updateFirestore, updateStep, auditLog, refundScanCredit, commitScanCredit, deleteImages } =
  proxyActivities<Activities>({
    startToCloseTimeout: '15s',
    retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '10s' },
    priority: AT_ONCE,
  });

/** What follows the result and must not hold it: kept up for a day, then let go. */
export const { sendNotification, publishEvent, rememberScan } = proxyActivities<Activities>({
  startToCloseTimeout: '1m',
  heartbeatTimeout: HEARTBEAT,
  scheduleToCloseTimeout: '1 day',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
  priority: AT_ONCE,
});
