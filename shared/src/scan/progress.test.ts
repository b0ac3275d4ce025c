import { describe, expect, it } from 'vitest';
import {
  CRITICAL_PATH_SECONDS,
  progressOf,
  remainingSeconds,
  type TimedStep,
  timedStep,
} from './progress.ts';
import type { StepState } from './statuses.ts';
import { STEP_NAMES, type StepName } from './steps.ts';

const all = (state: StepState, change: Partial<Record<StepName, StepState>> = {}) =>
  Object.fromEntries(STEP_NAMES.map((name) => [name, { state: change[name] ?? state }])) as Record<
    StepName,
    { state: StepState }
  >;

describe('progress', () => {
  it('grows by the nominal seconds of each step that ended, however it ended', () => {
    expect(progressOf(all('pending'))).toBe(0);
    expect(progressOf(all('pending', { estimation: 'completed' }))).toBe(30);
    expect(progressOf(all('pending', { estimation: 'completed', insights: 'failed' }))).toBe(46);
    expect(progressOf(all('running', { estimation: 'retrying' }))).toBe(0);
    expect(progressOf(all('skipped', { qualityCheck: 'completed' }))).toBe(7);
  });

  it('leaves the last point to the scan itself', () => {
    expect(progressOf(all('completed'))).toBe(99);
  });
});

describe('the remaining time', () => {
  it('is the critical path at the start, and nothing at the end', () => {
    expect(CRITICAL_PATH_SECONDS).toBe(120 + 30 + 60);
    expect(remainingSeconds(all('pending'))).toBe(CRITICAL_PATH_SECONDS);
    expect(remainingSeconds(all('completed'))).toBe(0);
  });

  it('falls as a step runs, but not below what follows it', () => {
    const after = (seconds: number) => {
      const steps: Record<StepName, TimedStep> = all('pending');
      steps.qualityCheck = { state: 'completed' };
      steps.estimation = { state: 'running', elapsedSeconds: seconds };
      return remainingSeconds(steps);
    };
    expect(after(100)).toBe(20 + 30 + 60);
    expect(after(500)).toBe(30 + 60);
  });

  it('counts one after the other where the estimation waits for the verdict', () => {
    expect(remainingSeconds(all('pending', { qualityCheck: 'running', hydration: 'running' }))).toBe(
      30 + 210,
    );
  });

  it('counts a second attempt whole, and a wait with the attempt that follows', () => {
    const started = { toMillis: () => 0 };
    const steps: Record<StepName, TimedStep> = all('pending', {
      qualityCheck: 'completed',
      hydration: 'completed',
    });
    const estimation = (step: Omit<Parameters<typeof timedStep>[0], 'startedAt'>) =>
      remainingSeconds({ ...steps, estimation: timedStep({ ...step, startedAt: started }, 200_000) });
    expect(estimation({ state: 'running', attemptStartedAt: { toMillis: () => 200_000 } })).toBe(210);
    expect(estimation({ state: 'retrying', nextRetryAt: { toMillis: () => 7_400_000 } })).toBe(7200 + 210);
    // The document does not show that the attempt began, although it was due 10 s ago.
    expect(estimation({ state: 'retrying', nextRetryAt: { toMillis: () => 190_000 } })).toBe(210 - 10);
  });
});
