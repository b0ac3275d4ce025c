import { describe, expect, it } from 'vitest';
import type { EarlierScan, ScanStore } from '../../scan/scan-store.ts';
import { compare, createDelta } from './activity.ts';

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
      change: {
        bodyFatPercent: -0.5,
        weightLb: -1,
        leanMassLb: 0.1,
        fatMassLb: -1.1,
        // 1.96 × √2 × 1.8; 1.8 is the error of scans that state none.
        bodyFatInterval: { low: -5.5, high: 4.5 },
        moreThanChance: false,
      },
    });
    expect(change.year).toMatchObject({
      scanId: '2025-12-01',
      days: 357,
      change: { bodyFatPercent: -5, weightLb: -20 },
    });
  });

  it('is more than chance only where its own interval leaves out nothing', () => {
    const measured = (percent: number, repeatSd: number) => {
      const { estimation, ...rest } = scan('2026-11-23', percent, 180);
      return { ...rest, estimation: { ...estimation, repeatSd } };
    };
    const against = (percent: number, repeatSd: number) =>
      compare(measured(percent, repeatSd), [measured(20, repeatSd)]).previous!.change;
    // Two scans of one body differ by 1.96 × √2 standard deviations in 5 % of pairs: 2.77.
    expect(against(17.3, 1)).toMatchObject({
      bodyFatInterval: { low: -5.5, high: 0.1 },
      moreThanChance: false,
    });
    expect(against(17.1, 1)).toMatchObject({
      bodyFatInterval: { low: -5.7, high: -0.1 },
      moreThanChance: true,
    });
    expect(against(22.9, 1).moreThanChance).toBe(true);
    expect(against(17.1, 1.5).moreThanChance).toBe(false);
  });

  it('is a slope per week over the last 90 days', () => {
    const change = compare(scan('2026-11-23', 20, 180), [
      scan('2026-11-16', 20.5, 181),
      scan('2026-11-09', 21, 182),
      scan('2026-01-01', 40, 300),
    ]);
    expect(change.trend).toEqual({
      scans: 3,
      days: 14,
      bodyFatPercentPerWeek: -0.5,
      bodyFatPercentPerWeekError: 0,
      weightLbPerWeek: -1,
      weightLbPerWeekError: 0,
    });
  });

  it('is not told within two weeks, nor of scans that were repeated within seconds', () => {
    const repeated = (second: number, weightLb: number) => scan(`2026-11-23T10:00:${second}Z`, 20, weightLb);
    expect(compare(repeated(40, 183), [repeated(30, 181), repeated(20, 180)]).trend).toBeNull();
    expect(
      compare(scan('2026-11-23', 20, 180), [scan('2026-11-17', 20, 181), scan('2026-11-11', 21, 182)]).trend,
    ).toBeNull();
    // Three scans, but of two days.
    expect(compare(repeated(40, 180), [repeated(30, 181), scan('2026-11-01', 21, 182)]).trend).toBeNull();
  });

  it('counts a day once, by its last scan', () => {
    const change = compare(scan('2026-11-23T20:00:00Z', 20, 180), [
      scan('2026-11-23T08:00:00Z', 29, 190),
      scan('2026-11-16T20:00:00Z', 20.5, 181),
      scan('2026-11-09T20:00:00Z', 21, 182),
    ]);
    expect(change.trend).toMatchObject({ scans: 3, bodyFatPercentPerWeek: -0.5, weightLbPerWeek: -1 });
  });

  it('leaves out a weight that was sent in kilograms, and says how sure it is', () => {
    const weights = [180, 180.9, 82, 181.8, 183.1, 184];
    const [today, ...before] = weights.map((weightLb, week) =>
      scan(new Date(Date.parse('2026-11-23') - week * 7 * 86_400_000).toISOString(), 20, weightLb),
    );
    const { trend } = compare(today!, before);
    expect(trend!.weightLbPerWeek).toBeCloseTo(-0.8, 0);
    expect(trend!.weightLbPerWeekError).toBeGreaterThan(0);
    expect(trend!.weightLbPerWeekError).toBeLessThan(0.2);
  });

  it('has no slope for scans of one moment', () => {
    const same = scan('2026-11-23', 20, 180);
    expect(compare(same, [same, same]).trend).toBeNull();
  });
});

it('compares with a long history over its year, and not beyond', async () => {
  const at = (day: number) => new Date(Date.parse('2026-11-23') - day * 86_400_000).toISOString();
  const all = Array.from({ length: 1000 }, (_, day) => scan(at(day + 1), 20 + (day + 1) / 100, 180));
  const earlier: ScanStore['earlier'] = async (_, since, before) =>
    all.filter(({ createdAt }) => createdAt >= since && createdAt < before);
  const { bodyFatPercent, leanMassLb, fatMassLb } = scan('', 20, 180).estimation;
  const input = {
    scanId: 's',
    userId: 'u',
    createdAt: '2026-11-23T00:00:00.000Z',
    subject: { sex: 'male', heightCm: 180, ageYears: 36, weightLb: 180 },
    estimation: { bodyFatPercent, leanMassLb, fatMassLb } as never,
  } as const;
  const change = await createDelta({ scans: { earlier } })(input, new AbortController().signal);
  expect(change.previous).toMatchObject({ days: 1 });
  expect(change.year).toMatchObject({ days: 366, change: { bodyFatPercent: -3.7 } });
  expect(change.trend).toMatchObject({ scans: 91, days: 90 });
});
