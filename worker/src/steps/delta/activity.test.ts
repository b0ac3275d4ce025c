import { DAY_MS } from '@reddyfit/shared/durations';
import { lbToKg } from '@reddyfit/shared/scan/measures';
import { deltaResult, type EstimationSource } from '@reddyfit/shared/scan/results';
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
  it('is nothing where there is no scan to compare with', () => {
    expect(compare(scan('2026-11-23', 20, 180), [])).toEqual({ previous: null, year: null, trend: null });
  });

  it('is told since the scan before, also after a pause of more than a year', () => {
    const change = compare(scan('2026-11-23', 20, 180), [scan('2024-11-23', 25, 200), scan('2023-11-23', 30, 220)]); // prettier-ignore
    expect(change.previous).toMatchObject({ scanId: '2024-11-23', days: 730, change: { bodyFatPercent: -5, weightLb: -20 } }); // prettier-ignore
    expect(change).toMatchObject({ year: null, trend: null });
  });

  it('is never more than chance, and no trend, where the weight of the scan is doubtful', () => {
    const before = [7, 14, 21].map((days) => scan(new Date(Date.parse('2026-11-23') - days * DAY_MS).toISOString(), 20, 180)); // prettier-ignore
    const today = scan('2026-11-23', 60, 396.8);
    const change = compare(today, before, true);
    for (const since of [change.previous, change.year]) {
      expect(since!.change).toMatchObject({
        bodyFatPercent: 40,
        moreThanChance: false,
        weightDoubtful: true,
      });
      expect(since!.change.bodyFatInterval).toBeUndefined();
    }
    expect(change.trend).toBeNull();
    expect(deltaResult.parse(change)).toEqual(change);
    const sure = compare(today, before);
    expect(sure.previous!.change).toMatchObject({ moreThanChance: true });
    expect(sure.previous!.change.weightDoubtful).toBeUndefined();
    expect(sure.trend).not.toBeNull();
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
      // 1.8, the error of scans that state none, over √2 weeks: three scans may lie on a line by chance.
      bodyFatPercentPerWeekError: 1.27,
      moreThanChance: false,
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

/** A scan that says what it was made of; `day` counts from a fixed one. */
function scanBy(
  day: number,
  bodyFatPercent: number,
  sources: readonly Partial<EstimationSource>[],
  repeatSd = 1.3,
): EarlierScan {
  const { estimation, ...rest } = scan(new Date(Date.parse('2026-09-01') + day * DAY_MS).toISOString(), bodyFatPercent, 180); // prettier-ignore
  const told = sources.map((each) => ({
    bodyFatPercent,
    sd: 5,
    weight: 1,
    source: 'measurement' as const,
    ...each,
  }));
  return { ...rest, estimation: { ...estimation, repeatSd, sources: told } };
}

const NAVY = { method: 'navy.male' } as const;
const WAIST = { method: 'relative_fat_mass.male', sd: 4.2 } as const;
const PROFILE = { source: 'anthropometry', method: 'cun_bae.male', sd: 5.9 } as const;
const LOOK = { source: 'model', sd: 6 } as const;

describe('a change between scans that were made by different methods', () => {
  const changeTo = (
    percent: number,
    sources: readonly Partial<EstimationSource>[],
    before: readonly Partial<EstimationSource>[] = [NAVY],
  ) => compare(scanBy(14, percent, sources), [scanBy(0, 20, before)]).previous!.change;

  it.each([
    ['a neck that was hidden', [WAIST], 27],
    ['a body that was not measured, by height and weight', [PROFILE], 26],
    ['a body that was not measured, by a look', [LOOK], 29],
    [
      'a look that was missing',
      [NAVY],
      24,
      [
        { ...NAVY, weight: 0.6 },
        { ...LOOK, weight: 0.4 },
      ],
    ],
    ["a profile's change of sex", [{ ...NAVY, method: 'navy.female' }], 34],
    ["a profile's sex, first stated", [NAVY], 14, [{ ...NAVY, method: 'navy.female navy.male' }]],
    ['an 18th birthday', [NAVY], 15, [WAIST]],
    ['a 15th birthday', [WAIST], 15, [{ ...WAIST, method: 'relative_fat_mass_children.male' }]],
  ] as const)(
    'may be chance: %s',
    (_, sources, percent, before: readonly Partial<EstimationSource>[] = [NAVY]) => {
      expect(changeTo(percent, sources, before).moreThanChance).toBe(false);
      // The same change is more than chance where both scans were made alike.
      expect(changeTo(percent, [NAVY], [NAVY]).moreThanChance).toBe(true);
    },
  );

  it('has the interval that the methods leave, and no wider one for a look, which is of no sex', () => {
    // 1.96 × √(1.3² + 1.3² + 5² + 6² − 2 × 0.5 × 5 × 6); 3.0 less for the same equation.
    expect(changeTo(29, [LOOK]).bodyFatInterval).toEqual({ low: -2.5, high: 20.5 });
    expect(changeTo(29, [NAVY]).bodyFatInterval).toEqual({ low: 5.4, high: 12.6 });
  });

  it('is as sure as before where they were made alike, or an older scan does not say how', () => {
    const alike = changeTo(16, [{ ...NAVY, weight: 0.66 }, { ...LOOK, weight: 0.34 }], [{ ...NAVY, weight: 0.67 }, { ...LOOK, weight: 0.33 }]); // prettier-ignore
    expect(alike.bodyFatInterval).toEqual({ low: -7.6, high: -0.4 });
    expect(changeTo(16, [NAVY], [{}])).toMatchObject({ bodyFatInterval: { low: -7.6, high: -0.4 } });
    const { sources: _, ...unsaid } = scanBy(0, 20, [NAVY]).estimation;
    const older = { ...scanBy(0, 20, [NAVY]), estimation: unsaid };
    expect(compare(scanBy(14, 16, [LOOK]), [older]).previous!.change.moreThanChance).toBe(true);
  });

  it('is no trend', () => {
    const days = [0, 7, 14, 21, 28, 35];
    const [today, ...before] = days.map((day) => scanBy(day, day > 15 ? 26 : 20, [day > 15 ? WAIST : NAVY])).toReversed(); // prettier-ignore
    expect(compare(today!, before).trend!.moreThanChance).toBe(false);
    const alike = days.map((day) => scanBy(day, 30 - day / 7, [NAVY])).toReversed();
    expect(compare(alike[0]!, alike.slice(1)).trend!.moreThanChance).toBe(true);
  });
});

describe('a change across a change of the height in the profile', () => {
  /** A scan of somebody of 180 lb whose profile said this height (cm). */
  const tall = (
    heightCm: number | null,
    day: number,
    percent: number,
    sources: readonly Partial<EstimationSource>[],
  ) => {
    const { estimation, ...rest } = scanBy(day, percent, sources);
    const bmi = heightCm === null ? undefined : Math.round((10 * lbToKg(180)) / (heightCm / 100) ** 2) / 10;
    return { ...rest, estimation: { ...estimation, ...(bmi !== undefined && { bmi }) } };
  };
  const changeFrom = (
    before: number | null,
    sources: readonly Partial<EstimationSource>[],
    [from, to]: readonly [number, number] = [20, 20],
  ) => compare(tall(180, 14, to, sources), [tall(before, 0, from, sources)]).previous!.change;

  it('says so, and of none other', () => {
    expect(changeFrom(170, [NAVY])).toMatchObject({ heightChanged: true });
    for (const same of [180, 180.8, 179.2, null])
      expect(changeFrom(same, [NAVY]).heightChanged).toBeUndefined();
  });

  // Of a body of one height whose profile was mended from 170 to 180 cm; at 180 cm throughout it is ±3.6 points.
  it.each([
    ['a man by the Navy equation: 0.4 points', NAVY, { low: -4, high: 3.6 }],
    ['a woman by the Navy equation: 1.4 points', { method: 'navy.female' }, { low: -5.1, high: 3.6 }],
    ['both, where the sex is unspecified', { method: 'navy.female navy.male' }, { low: -4.5, high: 3.6 }],
    ['the waist and height alone: nothing', WAIST, { low: -3.6, high: 3.6 }],
    ['weight and height: 1.5 points for each of 3.1 kg/m²', PROFILE, { low: -3.6, high: 8.3 }],
    ['a look, which is told both', LOOK, { low: -3.6, high: 8.3 }],
  ] as const)('holds what the height does to %s', (_, source, interval) => {
    expect(changeFrom(180, [source]).bodyFatInterval).toEqual({ low: -3.6, high: 3.6 });
    expect(changeFrom(170, [source]).bodyFatInterval).toEqual(interval);
  });

  it('is not more than chance where it is at one of the heights only, nor is a trend', () => {
    // 4 points more, of which 1.4 are the height's.
    const woman = [{ method: 'navy.female' }] as const;
    expect(changeFrom(180, woman, [20, 24])).toMatchObject({ moreThanChance: true });
    expect(changeFrom(190, woman, [20, 24]).moreThanChance).toBe(true);
    expect(changeFrom(170, woman, [20, 24]).moreThanChance).toBe(false);
    // A body that stays as it is, by an equation that says 1.7 points more of it once the profile says 182 cm instead of 170.
    const weekly = (heights: readonly (number | null)[]) => {
      const scans = heights.map((height, week) => {
        const { estimation, ...rest } = tall(height, 7 * week, week < 4 ? 20 : 21.7, woman);
        return { ...rest, estimation: { ...estimation, repeatSd: 0.8 } };
      });
      const [today, ...before] = scans.toReversed();
      return compare(today!, before).trend!;
    };
    const trend = weekly([170, 170, 170, 170, 182, 182, 182, 182]);
    expect(trend).toMatchObject({ bodyFatPercentPerWeek: 0.32, moreThanChance: false });
    expect(weekly(Array<number>(8).fill(182)).moreThanChance).toBe(true);
  });
});

it('a body that is only looked at goes from what was measured towards the look, which is no change', () => {
  // A look says 29 where 20 was measured, and the scan before has half of the weight.
  const half = [{ ...LOOK, weight: 0.5 }, { source: 'history', sd: 5.1, weight: 0.5 } as const];
  const looked = [24.5, 26.75, 27.9, 28.4].map((percent, i) => scanBy(60 + 14 * i, percent, half));
  const [today, ...before] = [scanBy(0, 20, [NAVY]), ...looked].toReversed();
  expect(compare(today!, before)).toMatchObject({
    year: { change: { moreThanChance: false } },
    trend: { scans: 4, moreThanChance: false },
  });
});

describe('ten scans in a row of one body', () => {
  /** Normally distributed numbers from a fixed seed (Park & Miller 1988; Box & Muller 1958). */
  function normals(seed: number): () => number {
    let state = seed;
    const next = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    return () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
  }

  it('are called a change, or a trend, about as often as chance makes one: in a twentieth', () => {
    const normal = normals(20_261_130);
    let [changes, trends, told] = [0, 0, 0];
    for (let body = 0; body < 300; body++) {
      const scans = Array.from({ length: 10 }, (_, week) => scanBy(7 * week, 25 + 1.3 * normal(), [NAVY]));
      for (let last = 3; last < 10; last++) {
        const { previous, trend } = compare(scans[last]!, scans.slice(0, last).toReversed());
        told++;
        if (previous!.change.moreThanChance) changes++;
        if (trend!.moreThanChance) trends++;
      }
    }
    // 2,100 of each; in seven of a body that overlap.
    for (const share of [changes / told, trends / told]) {
      expect(share).toBeGreaterThan(0.01);
      expect(share).toBeLessThan(0.07);
    }
  });

  it('are no trend after a long pause, and the pause is told', () => {
    const before = scanBy(0, 24, [NAVY]);
    const { previous, trend, year } = compare(scanBy(300, 25, [NAVY]), [before]);
    expect(previous).toMatchObject({ days: 300, change: { moreThanChance: false } });
    expect(year).toEqual(previous);
    expect(trend).toBeNull();
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
  expect(change.previous!.change.weightDoubtful).toBeUndefined();
  expect(change.year).toMatchObject({ days: 366, change: { bodyFatPercent: -3.7 } });
  expect(change.trend).toMatchObject({ scans: 91, days: 90 });
  const doubtful = { ...input, estimation: { bodyFatPercent, leanMassLb, fatMassLb, flags: ['weight_doubtful'] } as never }; // prettier-ignore
  const doubted = await createDelta({ scans: { earlier } })(doubtful, new AbortController().signal);
  expect(doubted.previous!.change).toMatchObject({ weightDoubtful: true, moreThanChance: false });
  // A pause of three years: the scan before is known all the same.
  const later = { ...input, createdAt: '2029-11-23T00:00:00.000Z' };
  const after = await createDelta({ scans: { earlier } })(later, new AbortController().signal);
  expect(after).toMatchObject({ previous: { days: 1097 }, year: null, trend: null });
});
