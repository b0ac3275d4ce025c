import { describe, expect, it } from 'vitest';
import { before, partsOf, periodSince } from './period.ts';

const now = Date.parse('2026-11-25T22:30:00Z');

describe('periodSince', () => {
  it.each([
    ['90m', '2026-11-25T21:00:00.000Z'],
    ['24h', '2026-11-24T22:30:00.000Z'],
    ['7d', '2026-11-18T22:30:00.000Z'],
    ['2026-11-01T00:00:00Z', '2026-11-01T00:00:00.000Z'],
  ])('reads %s', (text, since) => {
    expect(new Date(periodSince(text, now).since).toISOString()).toBe(since);
  });

  it.each(['yesterday', '0h', '-3d', '2027-01-01T00:00:00Z', ''])('refuses "%s"', (text) => {
    expect(() => periodSince(text, now)).toThrow('It is a time as 90m');
  });
});

it('the period before is as long and ends where this one begins', () => {
  expect(before({ since: 100, until: 130 })).toEqual({ since: 70, until: 100 });
});

it.each(['5m', '90m', '24h', '7d', '365d'])('the parts of %s cover it, and are few enough to see', (text) => {
  const period = periodSince(text, now);
  const parts = partsOf(period);
  const length = (parts[1] ?? period.until) - parts[0]!;
  expect(parts.length).toBeLessThanOrEqual(61);
  expect(parts[0]).toBeLessThanOrEqual(period.since);
  expect(parts.at(-1)! + length).toBeGreaterThanOrEqual(period.until);
});
