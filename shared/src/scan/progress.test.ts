import { describe, expect, it } from 'vitest';
import { CRITICAL_PATH_SECONDS, progressOf, remainingSeconds } from './progress.ts';
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
    expect(remainingSeconds(all('pending'))).toBe(CRITICAL_PATH_SECONDS);
    expect(remainingSeconds(all('completed'))).toBe(0);
  });

  it('falls as a step runs, but not below what follows it', () => {
    expect(remainingSeconds(all('running'), { estimation: 100, qualityCheck: 30 })).toBe(20 + 60);
    expect(remainingSeconds(all('running'), { estimation: 500, qualityCheck: 500 })).toBe(60);
  });
});
