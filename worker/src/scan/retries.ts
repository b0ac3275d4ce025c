/** How the steps of a scan are retried: read by the workflow, and by the worker that announces the next attempt. */

import type { StepName } from '@reddyfit/shared/scan/steps';

export interface StepRetry {
  /** Wait before the first retry (ms). */
  initialInterval: number;
  backoffCoefficient: number;
  /** Longest wait (ms). */
  maximumInterval: number;
  maximumAttempts: number;
}

/** 1 s before the first retry, doubling to 30 s, 3 attempts. */
export const DEFAULT_RETRY: StepRetry = {
  initialInterval: 1000,
  backoffCoefficient: 2,
  maximumInterval: 30_000,
  maximumAttempts: 3,
};

/** Estimation is worth more patience: 5 s before the first retry, 5 attempts. */
export const ESTIMATION_RETRY: StepRetry = {
  initialInterval: 5000,
  backoffCoefficient: 2,
  maximumInterval: 60_000,
  maximumAttempts: 5,
};

/** Time (ms) from a step's first attempt to the end of its last, waits included. */
export const STEP_TIME_LIMIT_MS = { estimation: 20 * 60_000, others: 10 * 60_000 } as const;

/** The longest that a server which asks to be left alone is left alone (ms): a step's, and that of what follows a result. */
export const LONGEST_WAIT_MS = { step: 5 * 60_000, afterwards: 60 * 60_000 } as const;

/** Wait (ms) after a failed attempt, or null when it was the last. */
export function retryDelay(step: StepName, attempt: number): number | null {
  const retry = step === 'estimation' ? ESTIMATION_RETRY : DEFAULT_RETRY;
  if (attempt >= retry.maximumAttempts) return null;
  return Math.min(retry.maximumInterval, retry.initialInterval * retry.backoffCoefficient ** (attempt - 1));
}
