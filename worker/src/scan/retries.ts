/** When a step runs again: read by the worker that announces the next attempt, as Temporal reckons it. */

import { STEP, type StepName } from '@reddyfit/shared/scan/steps';

/** The longest that a server which asks to be left alone is left alone (ms): a step's, and that of what follows a result. */
export const LONGEST_WAIT_MS = { step: 5 * 60_000, afterwards: 60 * 60_000 } as const;

/** Wait (ms) after a failed attempt, or null when it was the last. */
export function retryDelay(step: StepName, attempt: number): number | null {
  const { firstWaitMs, longestWaitMs, attempts } = STEP[step].policy;
  return attempt >= attempts ? null : Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 1));
}
