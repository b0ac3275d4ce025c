import { describe, expect, it } from 'vitest';
import { concurrency, slotsFor } from './concurrency.ts';

const slots = (value: string) => slotsFor(concurrency.parse(value), 60);

describe('WORKER_CONCURRENCY', () => {
  it('keeps slots for the steps of so many scans', () => {
    expect(slots('fixed:5')).toEqual({ maxConcurrentActivityTaskExecutions: 15 });
  });

  it('takes on what the machine bears', () => {
    expect(slots('resource:0.8,0.75')).toEqual({
      tuner: { tunerOptions: { targetCpuUsage: 0.8, targetMemoryUsage: 0.75 } },
    });
  });

  it('leaves the number of activities as it is when unset', () => {
    expect(slotsFor(undefined, 60)).toEqual({ maxConcurrentActivityTaskExecutions: 60 });
  });

  it.each([
    '',
    '5',
    'fixed:0',
    'fixed:1000',
    'resource:80,75',
    'resource:0.8',
    'resource:0.0,0.8',
    'resource:1.2,0.5',
  ])('refuses "%s"', (value) => {
    expect(concurrency.safeParse(value).success).toBe(false);
  });
});
