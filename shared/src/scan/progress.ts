/** Progress and remaining time of a scan from its steps' nominal seconds. */

import type { StepState } from './statuses.ts';
import { STEPS, type StepName } from './steps.ts';

const TOTAL_SECONDS = STEPS.reduce((sum, step) => sum + step.nominalSeconds, 0);

/** Longest way through the steps when each starts as soon as it can (s): estimation, then insights. */
export const CRITICAL_PATH_SECONDS = 180;

const ran = (state: StepState) => state === 'completed' || state === 'failed';
const settled = (state: StepState) => ran(state) || state === 'skipped';

/**
 * 0 to 99: the share of nominal seconds whose steps ran to their end; 100 is left to the scan's own completion. A scan
 * that ends early stays where it was.
 */
export function progressOf(steps: Record<StepName, { state: StepState }>): number {
  const done = STEPS.reduce((sum, step) => sum + (ran(steps[step.name].state) ? step.nominalSeconds : 0), 0);
  return Math.min(99, Math.floor((100 * done) / TOTAL_SECONDS));
}

/**
 * Nominal seconds (s) until the scan completes: what is left of estimation, and a minute for the three steps that
 * follow it. `elapsed` is the time (s) each running step has run.
 */
export function remainingSeconds(
  steps: Record<StepName, { state: StepState }>,
  elapsed: Partial<Record<StepName, number>> = {},
): number {
  const left = (name: StepName, nominal: number) =>
    settled(steps[name].state) ? 0 : Math.max(0, nominal - (elapsed[name] ?? 0));
  const seconds = Object.fromEntries(
    STEPS.map((step) => [step.name, left(step.name, step.nominalSeconds)]),
  ) as Record<StepName, number>;
  const afterEstimation = Math.max(seconds.insights, seconds.nutrition, seconds.workout);
  return Math.max(Math.max(seconds.qualityCheck, seconds.estimation) + afterEstimation, seconds.hydration);
}
