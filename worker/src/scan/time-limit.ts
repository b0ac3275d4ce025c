/** The time limit of a scan. */

import { DEFAULT_TIME_LIMIT_SECONDS } from '@reddyfit/shared/temporal/workflows';
import { CancellationScope, sleep } from '@temporalio/workflow';

export interface TimeLimit {
  /** Whether the time limit has passed. */
  isOver(): boolean;
  /** Stops the timer; `onOver` is not called any more. */
  stop(): void;
}

/** For a workflow that began before there was a time limit. */
export const UNLIMITED: TimeLimit = { isOver: () => false, stop: () => undefined };

/** Starts the timer. Calls `onOver` after `seconds` (s), unless `stop` was called or the workflow was canceled before. */
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
