import { describe, expect, it } from 'vitest';
import type { EarlierScan } from '../ports.ts';
import { compare } from './delta.ts';

const scan = (day: string, bodyFatPercent: number, weightLb: number): EarlierScan => {
  const fatMassLb = (weightLb * bodyFatPercent) / 100;
  return {
    scanId: day,
    createdAt: new Date(day),
    weightLb,
    estimation: { bodyFatPercent, fatMassLb, leanMassLb: weightLb - fatMassLb },
  };
};

describe('the change since earlier scans', () => {
  it('is nothing on a first scan', () => {
    expect(compare(scan('2026-11-23', 20, 180), [])).toEqual({ previous: null, year: null, trend: null });
  });

  it('is this scan minus the one before, and minus the oldest of the year', () => {
    const change = compare(scan('2026-11-23', 20, 180), [
      scan('2026-11-16', 20.5, 181),
      scan('2025-12-01', 25, 200),
    ]);
    expect(change.previous).toEqual({
      scanId: '2026-11-16',
      days: 7,
      change: { bodyFatPercent: -0.5, weightLb: -1, leanMassLb: 0.1, fatMassLb: -1.1 },
    });
    expect(change.year).toMatchObject({
      scanId: '2025-12-01',
      days: 357,
      change: { bodyFatPercent: -5, weightLb: -20 },
    });
  });

  it('is a slope per week over the last 90 days', () => {
    const change = compare(scan('2026-11-23', 20, 180), [
      scan('2026-11-16', 20.5, 181),
      scan('2026-11-09', 21, 182),
      scan('2026-01-01', 40, 300),
    ]);
    expect(change.trend).toEqual({ scans: 3, bodyFatPercentPerWeek: -0.5, weightLbPerWeek: -1 });
  });

  it('has no slope for scans of one moment', () => {
    const same = scan('2026-11-23', 20, 180);
    expect(compare(same, [same, same]).trend).toBeNull();
  });
});
