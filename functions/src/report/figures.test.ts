import type { StepName } from '@reddyfit/shared/scan/steps';
import { describe, expect, it } from 'vitest';
import { tallyOf } from './figures.ts';
import type { ScanFacts, StepFacts } from './scan-facts.ts';

const HOUR = 3_600_000;
const since = Date.parse('2026-11-24T06:00:00Z');
const day = { since, until: since + 24 * HOUR };

let ids = 0;
/** A scan that was created an hour into the period and took 200 s, except for what `facts` changes. */
function scan(facts: Partial<ScanFacts> = {}): ScanFacts {
  ids += 1;
  return {
    scanId: `scan-${ids}`,
    status: 'completed',
    createdAt: since + HOUR,
    durationMs: 200_000,
    runId: 'run',
    simulated: false,
    writes: 7,
    steps: {},
    calls: [],
    ...facts,
  };
}

const figuresOf = (scans: readonly ScanFacts[], period = day, before: number | null = null) => {
  const tally = tallyOf(period, before);
  for (const one of scans) tally.add(one);
  return tally.figures();
};

const times = <Item>(count: number, item: () => Item) => Array.from({ length: count }, item);

describe('the success rate', () => {
  it('is of the scans that were ours to complete', () => {
    const figures = figuresOf([
      ...times(18, () => scan()),
      ...times(2, () => scan({ status: 'failed', errorCode: 'ModelUnavailableError' })),
      ...times(5, () => scan({ status: 'rejected' })),
      ...times(3, () => scan({ status: 'canceled' })),
      // Admission refused these, so they have no workflow.
      ...times(4, () => {
        const { runId: _, ...refused } = scan({ status: 'failed', errorCode: 'ConsentMissingError' });
        return refused;
      }),
      scan({ status: 'processing' }),
    ]);
    expect(figures.successRate).toEqual({ value: 0.9, goal: 0.95, met: false });
    expect(figures).toMatchObject({
      scans: 33,
      refused: 4,
      byStatus: { failed: 6, rejected: 5, processing: 1 },
    });
    expect(figures.errors).toEqual([
      { code: 'ConsentMissingError', scans: 4 },
      { code: 'ModelUnavailableError', scans: 2 },
    ]);
  });

  it('falls when no worker takes the scans', () => {
    const { runId: _, ...untaken } = scan({ status: 'failed' });
    const figures = figuresOf([
      ...times(16, () => scan()),
      ...times(2, () => ({ ...untaken, errorCode: 'ScanTimedOutError' })),
      { ...untaken, errorCode: 'ScanExpiredError' },
      { ...untaken, errorCode: 'InternalError' },
    ]);
    expect(figures.successRate.value).toBe(0.8);
    expect(figures.refused).toBe(0);
  });

  it('meets its goal where it equals it', () => {
    const scans = [...times(19, () => scan()), scan({ status: 'failed' })];
    expect(figuresOf(scans).successRate).toEqual({ value: 0.95, goal: 0.95, met: true });
  });
});

describe('the duration', () => {
  it('is of the scans that completed, by nearest rank', () => {
    const scans = times(20, () => 0).map((_, index) => scan({ durationMs: (index + 1) * 10_000 }));
    const figures = figuresOf([...scans, scan({ status: 'failed', durationMs: 9_000_000 })]);
    expect(figures.duration).toEqual({ count: 20, p50: 100, p95: 190 });
    expect(figures.durationP95).toEqual({ value: 190, goal: 480, met: true });
    expect(figures.slowest.map(({ seconds }) => seconds)).toEqual([200, 190, 180, 170, 160]);
  });

  it('misses its goal at eight minutes', () => {
    expect(figuresOf([scan({ durationMs: 480_000 })]).durationP95.met).toBe(false);
  });
});

describe('the steps', () => {
  const step = (state: string, attempt: number, durationMs?: number): StepFacts => ({
    state,
    attempt,
    ...(durationMs !== undefined && { durationMs }),
  });
  const withSteps = (steps: Partial<Record<StepName, StepFacts>>) => scan({ steps });
  const figures = figuresOf([
    withSteps({ estimation: step('completed', 1, 100_000), insights: step('completed', 3, 60_000) }),
    withSteps({ estimation: step('completed', 2, 140_000), insights: step('failed', 3, 90_000) }),
    // The estimation was canceled while it ran; the insights never began.
    withSteps({ estimation: step('skipped', 1), insights: step('skipped', 0) }),
  ]);

  it('are in the order of their slowness', () => {
    expect(figures.steps.slice(0, 2)).toEqual([
      {
        step: 'estimation',
        runs: 2,
        failed: 0,
        errorRate: 0,
        attempts: 4,
        retries: 1,
        duration: { count: 2, p50: 100, p95: 140 },
      },
      {
        step: 'insights',
        runs: 2,
        failed: 1,
        errorRate: 0.5,
        attempts: 6,
        retries: 4,
        duration: { count: 1, p50: 60, p95: 60 },
      },
    ]);
    expect(figures.steps).toHaveLength(7);
  });

  it('make the share of attempts that were not the first', () => {
    expect(figures.retryRate).toEqual({ value: 0.5, goal: 0.05, met: false });
  });
});

describe('scans a day', () => {
  it('are compared with the period of the same length before', () => {
    expect(
      figuresOf(
        times(12, () => scan()),
        day,
        8,
      ).perDay,
    ).toEqual({ value: 12, before: 8, change: 0.5, slope: null });
    expect(figuresOf([scan()], day, 0).perDay).toMatchObject({ before: 0, change: null });
  });

  it('have a slope over whole days, to which parts of days do not belong', () => {
    const week = { since, until: since + 7 * 24 * HOUR };
    // There are no scans in the first part of a day, then 1, 3, 5, 7, 9 and 11 on the whole days, and one in
    // the last part.
    const scans = [1, 3, 5, 7, 9, 11, 1].flatMap((count, index) =>
      times(count, () => scan({ createdAt: Date.parse('2026-11-25T00:00:00Z') + index * 24 * HOUR })),
    );
    const { perDay, parts } = figuresOf(scans, week);
    expect(perDay.slope).toBeCloseTo(2);
    expect(perDay.value).toBeCloseTo(37 / 7);
    expect(parts.reduce((sum, { byStatus }) => sum + byStatus.completed, 0)).toBe(37);
  });
});

it('takes the first moment of the period and not the first after it', () => {
  const scans = [since - 1, since, day.until - 1, day.until].map((createdAt) => scan({ createdAt }));
  expect(figuresOf(scans).scans).toBe(2);
});

it('says calmly that there was nothing', () => {
  expect(figuresOf([], day, 3)).toMatchObject({
    scans: 0,
    successRate: { value: null, met: null },
    durationP95: { value: null, met: null },
    retryRate: { value: null, met: null },
    perDay: { value: 0, before: 3, change: -1 },
    errors: [],
    slowest: [],
  });
});

it('keeps the shape of very many durations in two hundred', () => {
  const { durations } = figuresOf(times(1000, () => 0).map((_, index) => scan({ durationMs: index * 1000 })));
  expect(durations).toHaveLength(200);
  expect([durations[0], durations.at(-1)]).toEqual([0, 999]);
});
