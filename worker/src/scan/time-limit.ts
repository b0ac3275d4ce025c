/** The time within which a scan ends. */

import { DEFAULT_TIME_LIMIT_SECONDS } from '@reddyfit/shared/temporal/workflows';
import { CancellationScope, sleep } from '@temporalio/workflow';

export interface TimeLimit {
  /** Whether the time has passed. */
  isOver(): boolean;
  /** Lets it pass without a consequence. */
  stop(): void;
}

/** Of a workflow that began without one. */
export const UNLIMITED: TimeLimit = { isOver: () => false, stop: () => undefined };

/** Begins to count, and calls `onOver` after `seconds` (s), unless it was stopped or the workflow canceled before. */
export function timeLimit(seconds: number = DEFAULT_TIME_LIMIT_SECONDS, onOver: () => void): TimeLimit {
  let over = false;
  const clock = new CancellationScope();
  clock
    .run(() => sleep(seconds * 1000))
    .then(
      () => {
        over = true;
        onOver();
      },
      () => undefined,
    );
  return { isOver: () => over, stop: () => clock.cancel() };
}
