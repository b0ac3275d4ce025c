/** How long a scan still takes, learned from the steps that it has completed. Pure. */

import type { Scan, ScanStep } from '@reddyfit/shared/scan/document';
import { remainingSeconds, type TimedStep, timedStep } from '@reddyfit/shared/scan/progress';
import { NOMINAL_SECONDS, STEP_NAMES, type StepName } from '@reddyfit/shared/scan/steps';

/**
 * Time left (ms) at `now` (the server's time), or null until a step has completed: how fast this system runs is learned from the
 * steps that have, against their nominal seconds.
 */
export function timeLeftMs({ steps }: Pick<Scan, 'steps'>, now: Date): number | null {
  if (!steps) return null;
  const completed = STEP_NAMES.filter(
    (name) => steps[name].state === 'completed' && steps[name].startedAt && steps[name].completedAt,
  );
  const nominal = completed.reduce((sum, name) => sum + NOMINAL_SECONDS[name], 0);
  const taken = completed.reduce((sum, name) => sum + elapsedMs(steps[name], now) / 1000, 0);
  if (nominal === 0 || taken === 0) return null;
  const pace = taken / nominal;
  // In the seed's seconds, at the pace of this system; a wait is as long as it is.
  const timed = Object.fromEntries(
    STEP_NAMES.map((name): [StepName, TimedStep] => {
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
 * An estimate as somebody watches it: it never rises while the same attempts run. The pace is learned from few steps at first, so a later, longer
 * estimate waits until the time that was said has come; a step that is tried again is new, and its wait is told.
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

/** Attempts that the steps of a scan have made. */
export const attemptsOf = ({ steps }: Pick<Scan, 'steps'>): number =>
  Object.values(steps ?? {}).reduce(
    (sum, { state, attempt }) => sum + (attempt > 1 || state === 'retrying' ? attempt : 0),
    0,
  );
