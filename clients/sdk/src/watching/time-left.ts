/** Estimates how long a scan still takes from the steps that it has completed. Pure. */

import type { Scan, ScanStep } from '@reddyfit/shared/scan/document';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import {
  CRITICAL_PATH_SECONDS,
  remainingSeconds,
  type TimedStep,
  timedStep,
} from '@reddyfit/shared/scan/progress';
import { NOMINAL_SECONDS, STEP, STEP_NAMES, type StepName } from '@reddyfit/shared/scan/steps';

/** The steps without which a scan has not begun. */
const FIRST_STEPS = STEP_NAMES.filter((name) => STEP[name].essential && STEP[name].needs.length === 0);

/**
 * Time (ms) at `now` (the server's time) until quality check and estimation of a scan that waits for others have
 * begun; 0 when that time has passed. Null for a scan that does not wait.
 */
export function waitMs(
  { status, steps, busy }: Pick<Scan, 'status' | 'steps' | 'busy'>,
  now: Date,
): number | null {
  if (!busy || isTerminal(status)) return null;
  // A worker of an earlier build leaves the field there.
  const hasBegun = FIRST_STEPS.every((name) => steps && steps[name]?.state !== 'pending');
  return hasBegun ? null : Math.max(0, busy.startsAt.toMillis() - now.getTime());
}

/**
 * Time left (ms) at `now` (the server's time), or null until a step has completed. The pace of this system is the time
 * that the completed steps took, divided by their nominal seconds. Of a scan that waits for others it is the wait and the
 * nominal time of a whole scan.
 */
export function timeLeftMs(scan: Pick<Scan, 'status' | 'steps' | 'busy'>, now: Date): number | null {
  const wait = waitMs(scan, now);
  if (wait !== null) return wait + CRITICAL_PATH_SECONDS * 1000;
  const { steps } = scan;
  if (!steps) return null;
  // The server of a scan may be older than this build, and know fewer steps.
  const known = STEP_NAMES.filter((name) => steps[name] !== undefined);
  const completed = known.filter(
    (name) => steps[name].state === 'completed' && steps[name].startedAt && steps[name].completedAt,
  );
  const nominal = completed.reduce((sum, name) => sum + NOMINAL_SECONDS[name], 0);
  const taken = completed.reduce((sum, name) => sum + elapsedMs(steps[name], now) / 1000, 0);
  if (nominal === 0 || taken === 0) return null;
  const pace = taken / nominal;
  // Times in nominal seconds: divided by the pace here and multiplied by it in the result, so that a wait keeps its
  // real length.
  const timed = Object.fromEntries(
    STEP_NAMES.map((name): [StepName, TimedStep] => {
      if (!known.includes(name)) return [name, { state: 'skipped' }];
      const { state, elapsedSeconds = 0, waitSeconds = 0 } = timedStep(steps[name], now.getTime());
      return [name, { state, elapsedSeconds: elapsedSeconds / pace, waitSeconds: waitSeconds / pace }];
    }),
  ) as Record<StepName, TimedStep>;
  return remainingSeconds(timed) * pace * 1000;
}

/** How long a step has run (ms), from its first start to its end or to `now`. */
export function elapsedMs({ startedAt, completedAt }: ScanStep, now: Date): number {
  if (!startedAt) return 0;
  return Math.max(0, (completedAt?.toMillis() ?? now.getTime()) - startedAt.toMillis());
}

/**
 * Makes a function that steadies the estimate for display: while the same attempts run, the estimate never rises. The
 * pace is learned from few steps at first, so a longer estimate is held back and the shorter one stays. When `attempts`
 * rises, a step is being retried, and the new estimate, with its wait, is shown as it is.
 */
export function steadyTimeLeft(): (left: number | null, attempts: number) => number | null {
  let shown: number | null = null;
  let of = 0;
  return (left, attempts) => {
    shown = left === null || shown === null || attempts > of ? left : Math.min(shown, left);
    of = attempts;
    return shown;
  };
}

/** The sum of the attempt numbers of those steps that are retrying or have been retried. First attempts do not count. */
export const attemptsOf = ({ steps }: Pick<Scan, 'steps'>): number =>
  Object.values(steps ?? {}).reduce(
    (sum, { state, attempt }) => sum + (attempt > 1 || state === 'retrying' ? attempt : 0),
    0,
  );
