import { expect, it } from 'vitest';
import { figuresOf, quantiles, type ScanCourse } from './figures.ts';

const scan = (dueAt: number, change: Partial<ScanCourse> = {}): ScanCourse => ({
  scanId: String(dueAt),
  dueAt,
  status: 'completed',
  warnings: 0,
  startedAt: dueAt + 100,
  estimatedAt: dueAt + 2000,
  endedAt: dueAt + 4000,
  ...change,
});

it('quantiles are values that were seen', () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(quantiles(values)).toEqual({ p50: 50, p95: 95, p99: 99, max: 100 });
  expect(quantiles([7])).toEqual({ p50: 7, p95: 7, p99: 7, max: 7 });
  expect(quantiles([])).toBeNull();
});

it('tells how far the waits that scans told of were from the true ones', () => {
  const waits = (expectedAt: number, begunAt?: number) => ({ expectedAt, ...(begunAt && { begunAt }) });
  const figures = figuresOf(
    [scan(0), scan(1, waits(60_000, 20_000)), scan(2, waits(30_000, 35_000)), scan(3, waits(90_000))],
    [],
  );
  expect(figures.busy).toMatchObject({
    said: 3,
    begun: 2,
    off: { p50: 5, p95: 40 },
    early: { p50: -5, max: 40 },
    late: 1,
    latest: 5,
  });
});

it('counts from when a scan was due, and finds what is lost', () => {
  const { endedAt: _, ...unended } = scan(3000, { status: 'processing' });
  const figures = figuresOf([scan(1000), scan(2000, { warnings: 1, endedAt: 8000 }), unended], []);
  expect(figures).toMatchObject({
    sent: 3,
    outcomes: { completed: 2, processing: 1 },
    degraded: 1,
    lost: 1,
    seconds: 7,
    startWait: { p50: 0.1, max: 0.1 },
    duration: { p50: 4, max: 6 },
    busyCores: null,
  });
  expect(figures.throughput).toBeCloseTo(2 / 7);
});
