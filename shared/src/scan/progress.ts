/** Progress and remaining time of a scan from its steps' nominal seconds. */

import type { StepState } from './statuses.ts';
import { STEPS, type StepName } from './steps.ts';

const TOTAL_SECONDS = STEPS.reduce((sum, step) => sum + step.nominalSeconds, 0);

const ran = (state: StepState) => state === 'completed' || state === 'failed';
const settled = (state: StepState) => ran(state) || state === 'skipped';

/**
 * 0 to 99: the share of nominal seconds that belong to steps which completed or failed. The value 100 is left to the scan's own
 * completion. The progress of a scan that ends early stays where it was.
 */
export function progressOf(steps: Record<StepName, { state: StepState }>): number {
  const done = STEPS.reduce((sum, step) => sum + (ran(steps[step.name].state) ? step.nominalSeconds : 0), 0);
  return Math.min(99, Math.floor((100 * done) / TOTAL_SECONDS));
}

/** How far a step has come: what `remainingSeconds` needs to know of it. */
export interface TimedStep {
  state: StepState;
  /** How long the attempt under way has run (s). */
  elapsedSeconds?: number;
  /** How long it is until the next attempt of a `retrying` step (s). */
  waitSeconds?: number;
}

/**
 * Time (s) until the scan completes at nominal speed: the length of the longest path through the steps that are left. A pending
 * step counts its nominal time, a running attempt what is left of that time, and a retrying step its wait and a whole attempt.
 * An estimation that is still pending although the quality check has begun waits for its verdict; otherwise the two run beside each other.
 */
export function remainingSeconds(steps: Record<StepName, TimedStep>): number {
  const waitsForVerdict = steps.qualityCheck.state !== 'pending' && steps.estimation.state === 'pending';
  const needsOf = ({ name, needs }: (typeof STEPS)[number]): readonly StepName[] =>
    name === 'estimation' && waitsForVerdict ? ['qualityCheck'] : needs;
  const ends = {} as Record<StepName, number>;
  // STEPS lists a step after all steps that it needs.
  for (const step of STEPS) {
    const { state, elapsedSeconds = 0, waitSeconds = 0 } = steps[step.name];
    if (settled(state)) ends[step.name] = 0;
    else if (state === 'running') ends[step.name] = Math.max(0, step.nominalSeconds - elapsedSeconds);
    else {
      const begins =
        state === 'retrying' ? waitSeconds : Math.max(0, ...needsOf(step).map((name) => ends[name]));
      ends[step.name] = Math.max(0, begins) + step.nominalSeconds;
    }
  }
  return Math.max(...Object.values(ends));
}

/** A Firestore Timestamp, of the client's SDK or of the server's. */
interface Moment {
  toMillis(): number;
}

/**
 * How far a step of a scan's document has come at `now` (ms since 1970). When the next attempt of a retrying step is due but
 * the document does not show it yet, the attempt counts as running since it was due.
 */
export function timedStep(
  step: {
    state: StepState;
    startedAt?: Moment | undefined;
    attemptStartedAt?: Moment | undefined;
    nextRetryAt?: Moment | undefined;
  },
  now: number,
): TimedStep {
  const { state, startedAt, attemptStartedAt, nextRetryAt } = step;
  const since = (moment: Moment) => Math.max(0, (now - moment.toMillis()) / 1000);
  if (state === 'retrying' && nextRetryAt) {
    if (nextRetryAt.toMillis() <= now) return { state: 'running', elapsedSeconds: since(nextRetryAt) };
    return { state, waitSeconds: (nextRetryAt.toMillis() - now) / 1000 };
  }
  const began = attemptStartedAt ?? startedAt;
  return { state, ...(state === 'running' && began && { elapsedSeconds: since(began) }) };
}

/** The longest path through the steps when each starts as soon as it can (s): estimation, delta, insights. */
export const CRITICAL_PATH_SECONDS = remainingSeconds(
  Object.fromEntries(STEPS.map(({ name }) => [name, { state: 'pending' }])) as Record<StepName, TimedStep>,
);
