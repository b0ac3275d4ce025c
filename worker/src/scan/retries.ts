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

/** Wait (ms) after a failed attempt, or null when it was the last. */
export function retryDelay(step: StepName, attempt: number): number | null {
  const retry = step === 'estimation' ? ESTIMATION_RETRY : DEFAULT_RETRY;
  if (attempt >= retry.maximumAttempts) return null;
  return Math.min(retry.maximumInterval, retry.initialInterval * retry.backoffCoefficient ** (attempt - 1));
}
