/** The time limit of a scan. Times are the workflow's own. */

import { DEFAULT_TIME_LIMIT_SECONDS } from '@reddyfit/shared/temporal/workflows';
import { CancellationScope, sleep } from '@temporalio/workflow';

export interface TimeLimit {
  /** Whether the time limit has passed. */
  isOver(): boolean;
  /** The time until then (ms), never below 0. No step gets more. */
  leftMs(): number;
  /** Stops the timer; `onOver` is not called any more. */
  stop(): void;
}

/** For a workflow that began before there was a time limit. */
export const UNLIMITED: TimeLimit = { isOver: () => false, leftMs: () => Infinity, stop: () => undefined };

/**
 * A limit of `seconds` (s) from now without a timer, which Temporal bills. It holds because nothing but the steps takes time, and
 * Temporal ends each step after `leftMs` at the latest.
 */
export function deadline(seconds: number = DEFAULT_TIME_LIMIT_SECONDS): TimeLimit {
  const endsAt = Date.now() + seconds * 1000;
  const leftMs = () => Math.max(0, endsAt - Date.now());
  return { isOver: () => leftMs() === 0, leftMs, stop: () => undefined };
}

/**
 * For a workflow that began before steps ended by a deadline: starts a timer. Calls `onOver` after `seconds` (s), unless `stop`
 * was called or the workflow was canceled before.
 */
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
  return { isOver: () => over, leftMs: () => Infinity, stop: () => clock.cancel() };
}
