import { estimationResult } from '@reddyfit/shared/scan/results';
import { speakerFor } from '@reddyfit/shared/words/speaker';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EarlierScan } from '../../scan/scan-store.ts';
import { girthsOf } from '../vision/body-measurement.fixture.ts';
import { certainty } from './certainty.ts';
import { compositionOf } from './composition.ts';
import { fuse } from './fuse.ts';
import { bodyFatByHistory } from './history.ts';
import { disagrees, visualEstimate } from './visual.ts';

const MEASURED = { source: 'measurement', bodyFatPercent: 20, sd: 5, weight: 1 } as const;

const at = (day: string) => new Date(day);
const speaker = speakerFor();

function before(change: Partial<EarlierScan> & { bodyFatPercent?: number } = {}): EarlierScan {
  const { bodyFatPercent = 20, weightLb = 180, ...rest } = change;
  const fatMassLb = (weightLb * bodyFatPercent) / 100;
  return {
    scanId: 'before',
    createdAt: at('2026-11-01'),
    weightLb,
    estimation: { bodyFatPercent, fatMassLb, leanMassLb: weightLb - fatMassLb, sources: [MEASURED] },
    ...rest,
  };
}

describe('the scan before', () => {
  it('says the same of the same weight on the same day, with an error of five points', () => {
    expect(bodyFatByHistory(before(), at('2026-11-01'), 180)).toMatchObject({ percent: 20, sd: 5 });
  });

  it('of someone who lost 10 lb says that 7.5 lb of it were fat', () => {
    // 36 − 7.5 lb of fat in 170 lb.
    expect(bodyFatByHistory(before(), at('2026-11-01'), 170)!.percent).toBeCloseTo(16.76, 2);
    expect(bodyFatByHistory(before(), at('2026-11-01'), 190)!.percent).toBeCloseTo(22.89, 2);
  });

  it('is less certain the more days and pounds lie between', () => {
    const sd = (day: string, weightLb: number) => bodyFatByHistory(before(), at(day), weightLb)!.sd;
    expect(sd('2026-12-01', 180)).toBeCloseTo(Math.hypot(5, 1), 6);
    expect(sd('2027-01-30', 180)).toBeCloseTo(Math.hypot(5, 3), 6);
    expect(sd('2026-11-01', 160)).toBeGreaterThan(sd('2026-11-01', 170));
    expect(sd('2026-11-01', 200)).toBeGreaterThan(sd('2026-11-01', 180));
  });

  it('is as uncertain as what it was made of, but five points at least', () => {
    const sd = (sources: EarlierScan['estimation']['sources']) => {
      const { estimation, ...rest } = before();
      return bodyFatByHistory({ ...rest, estimation: { ...estimation, sources } }, at('2026-11-01'), 180)!.sd;
    };
    expect(sd([{ ...MEASURED, sd: 3 }])).toBe(5);
    expect(sd([{ ...MEASURED, source: 'anthropometry', sd: 8.4 }])).toBe(8.4);
    expect(sd([{ ...MEASURED, source: 'model', sd: 6 }])).toBe(6);
    // √(0.66² 5.1² + 0.34² 6² + 2 × 0.66 × 0.34 × 0.5 × 5.1 × 6)
    const both = [{ ...MEASURED, sd: 5.1, weight: 0.66 }, { ...MEASURED, source: 'model' as const, sd: 6, weight: 0.34 }]; // prettier-ignore
    expect(sd(both.map((each) => ({ ...each, sd: 2 * each.sd })))).toBeCloseTo(2 * 4.73, 1);
    // A scan that was stored without its sources was a look at worst.
    expect(sd(undefined)).toBe(6);
  });

  it('does not make a body that is only looked at known better from scan to scan, nor silences the look', () => {
    let last: EarlierScan | undefined;
    for (let week = 0; week < 12; week++) {
      const day = at(new Date(Date.parse('2026-09-01') + week * 7 * 86_400_000).toISOString());
      const history = last && bodyFatByHistory(last, day, 180);
      const { sd, sources } = fuse({ model: { percent: 24, sd: 6 }, ...(history && { history }) }, 'male');
      expect(sd).toBeGreaterThan(5.9);
      expect(sources[0]!.weight).toBeGreaterThan(0.4);
      const { estimation, ...rest } = before({ bodyFatPercent: 24 });
      last = { ...rest, createdAt: day, estimation: { ...estimation, sources } };
    }
  });

  it('says nothing when the weights make no body of it', () => {
    expect(bodyFatByHistory(before(), at('2026-11-02'), 100)).toBeNull();
    expect(bodyFatByHistory(before(), at('2026-10-01'), 180)).toBeNull();
  });
});

describe("a model's look", () => {
  it('is as certain as the range it gives, but never more than six points', () => {
    // 80 % of a normal distribution lie within 1.2816 deviations.
    expect(visualEstimate({ bodyFatPercent: 20, low: 10, high: 30 }).sd).toBeCloseTo(10 / 1.2816, 6);
    expect(visualEstimate({ bodyFatPercent: 20, low: 19, high: 21 })).toEqual({ percent: 20, sd: 6 });
  });

  it('is half as certain once it was shown the measurement', () => {
    expect(visualEstimate({ bodyFatPercent: 20, low: 19, high: 21 }, true).sd).toBe(12);
  });

  it('disagrees from 2.5 standard deviations of the difference on', () => {
    const measured = { percent: 30, sd: 6 };
    const sees = (bodyFatPercent: number) =>
      disagrees({ bodyFatPercent, low: bodyFatPercent - 1, high: bodyFatPercent + 1 }, measured);
    // With a correlation of 0.5: √(6² + 6² − 6²) = 6; 2.5 × 6 = 15.
    expect([sees(44.9), sees(45.1), sees(15.1), sees(14.9)]).toEqual([false, true, false, true]);
  });
});

describe('sources together', () => {
  const measurement = { percent: 20, sd: 3 };
  const usual = { percent: 20, sd: 5.1 };

  it('one alone is what it is, with its 95 % interval', () => {
    expect(fuse({ measurement }, 'male')).toEqual({
      bodyFatPercent: 20,
      low: 14.1,
      high: 25.9,
      sd: 3,
      sources: [{ source: 'measurement', bodyFatPercent: 20, sd: 3, weight: 1 }],
    });
  });

  it('lie between, nearer to the more certain', () => {
    const fused = fuse({ measurement: usual, model: { percent: 26, sd: 6 } }, 'male');
    expect(fused.bodyFatPercent).toBeGreaterThan(20);
    expect(fused.bodyFatPercent).toBeLessThan(23);
    const weights = fused.sources.map(({ weight }) => weight);
    expect(weights).toEqual(weights.toSorted((a, b) => b - a));
  });

  it('do not count twice what the scan before says again, however uncertain today is', () => {
    const estimate = fc.record({
      percent: fc.double({ min: 5, max: 60, noNaN: true }),
      sd: fc.double({ min: 2.5, max: 15, noNaN: true }),
    });
    fc.assert(
      fc.property(estimate, fc.option(estimate), estimate, (measured, look, last) => {
        const today = { measurement: measured, ...(look && { model: look }) };
        const alone = fuse(today, 'female');
        const { sources, ...result } = fuse({ ...today, history: last }, 'female');
        expect({ ...result, sources: sources.slice(0, -1) }).toEqual(alone);
        expect(sources.at(-1)).toMatchObject({ source: 'history', weight: 0 });
      }),
    );
  });

  it('an unmeasured body without a model is known best by the scan before', () => {
    const { sources } = fuse(
      { anthropometry: { percent: 25, sd: 5.9 }, history: { percent: 20, sd: 5 } },
      'male',
    );
    expect(sources[1]!.weight).toBeGreaterThan(0.9);
  });

  it('an unmeasured body is known by the look of today, too, where the scan before was measured', () => {
    const look = (madeOf: EarlierScan['estimation']['sources']) => {
      const { estimation, ...rest } = before();
      const last = { ...rest, estimation: { ...estimation, sources: madeOf } };
      const history = bodyFatByHistory(last, at('2026-11-15'), 180)!;
      return fuse({ model: { percent: 26, sd: 6 }, history }, 'male').sources[0]!.weight;
    };
    // By generalised least squares: 5.02 and 6 points that correlate by 0.49.
    expect(look([MEASURED])).toBeCloseTo(0.33, 1);
    // The more of a look is in it, the less it can say beside a look.
    const half = [
      { ...MEASURED, weight: 0.5 },
      { ...MEASURED, source: 'model' as const, sd: 6, weight: 0.5 },
    ];
    expect(look(half)).toBeLessThan(look([MEASURED]));
    expect(look([{ ...MEASURED, source: 'model', sd: 6 }])).toBeGreaterThan(0.4);
  });

  const body = fc.record({
    percent: fc.double({ min: 3, max: 65, noNaN: true }),
    sd: fc.double({ min: 2.5, max: 15, noNaN: true }),
  });

  it('make an interval around their mean, never wider for another source, within what a body can have', () => {
    fc.assert(
      fc.property(body, body, body, fc.constantFrom('male' as const, 'female' as const), (a, b, c, sex) => {
        const two = fuse({ measurement: a, model: b }, sex);
        const three = fuse({ measurement: a, model: b, history: c }, sex);
        expect(two.sd).toBeLessThanOrEqual(a.sd * (1 + 1e-9));
        expect(three.sd).toBeLessThanOrEqual(two.sd * (1 + 1e-9));
        for (const { low, bodyFatPercent, high } of [two, three]) {
          expect(low).toBeLessThanOrEqual(bodyFatPercent);
          expect(high).toBeGreaterThanOrEqual(bodyFatPercent);
          expect(low).toBeGreaterThanOrEqual(sex === 'male' ? 3 : 10);
          expect(high).toBeLessThanOrEqual(65);
        }
      }),
    );
  });

  it('a model that had to look twice hardly moves the measurement', () => {
    const seen = { bodyFatPercent: 34, low: 32, high: 36 };
    const moved = (twice: boolean) =>
      fuse({ measurement: usual, model: visualEstimate(seen, twice) }, 'male').bodyFatPercent - 20;
    expect(moved(true)).toBeLessThan(moved(false) / 4);
  });
});

describe('certainty', () => {
  it.each([
    // 2Φ(5 / sd) − 1, from a table of the normal distribution.
    [5, 0.6827],
    [2.5, 0.9545],
    [3, 0.9044],
    [10, 0.3829],
  ])('with a standard deviation of %f points the chance is %f', (sd, chance) => {
    expect(certainty(sd)).toBeCloseTo(chance, 4);
  });
});

describe('composition', () => {
  const subject = { sex: 'male', ageYears: 34, heightCm: 180, weightLb: 181 } as const;
  const fused = fuse({ measurement: { percent: 20.04, sd: 3 } }, 'male');

  it('of a measured body without a model has girths, ratios and masses, and no model call', () => {
    const result = compositionOf({ subject, fused, girths: girthsOf(), seen: null, flags: [], speaker });
    expect(estimationResult.parse(result)).toEqual({
      bodyFatPercent: 20,
      bodyFatRange: { low: 14.2, high: 25.9 },
      leanMassLb: 144.8,
      fatMassLb: 36.2,
      bmi: 25.3,
      confidence: 0.9,
      observations: [],
      sources: [{ source: 'measurement', bodyFatPercent: 20, sd: 3, weight: 1 }],
      rangeReasons: ['people_differ'],
      rangeSentence: 'The range is wide. People of the same measures differ by several points of body fat.',
      repeatSd: 1.3,
      measurements: {
        neck: { cm: 38, low: 37.3, high: 38.7 },
        chest: { cm: 100, low: 98, high: 102 },
        waist: { cm: 86, low: 84.3, high: 87.7 },
        navel: { cm: 88, low: 86.3, high: 89.7 },
        hip: { cm: 100, low: 98, high: 102 },
      },
      waistToHip: 0.86,
      waistToHeight: 0.478,
    });
  });

  it('tells of limbs, shoulders over waist and the volume what was seen, each with its interval', () => {
    const girths = {
      ...girthsOf(),
      limbs: { shoulder: { cm: 118, sdCm: 4 }, thigh: { cm: 57, sdCm: 3 } },
      volume: { litres: 79.42, sdLitres: 3.3 },
    };
    const { measurements } = estimationResult.parse(
      compositionOf({ subject, fused, girths, seen: null, flags: [], speaker }),
    );
    expect(measurements).toMatchObject({
      shoulder: { cm: 118, low: 110.2, high: 125.8 },
      thigh: { cm: 57, low: 51.1, high: 62.9 },
      shoulderToWaist: { ratio: 1.37, low: 1.28, high: 1.47 },
      volume: { litres: 79.4, low: 73, high: 85.9 },
    });
    expect(measurements).not.toHaveProperty('calf');
  });

  it('says why its range is wide: what could not be seen, and what no photo shows', () => {
    const reasonsOf = (girths: Parameters<typeof compositionOf>[0]['girths']) =>
      compositionOf({ subject, fused, girths, seen: null, flags: [], speaker }).rangeReasons;
    const { neck, hip, ...rest } = girthsOf();
    expect(reasonsOf({ ...rest, hip, neck: { ...neck, sdCm: 3 } })).toEqual([
      'neck_unclear',
      'people_differ',
    ]);
    expect(reasonsOf({ ...rest, neck, hip: { ...hip, sdCm: 8 } })).toEqual([
      'trunk_unclear',
      'people_differ',
    ]);
    expect(reasonsOf(null)).toEqual(['not_measured', 'people_differ']);
    const german = speakerFor({ locale: 'de', units: 'metric' });
    const unmeasured = { subject, fused, girths: null, seen: null, flags: [] };
    expect(compositionOf({ ...unmeasured, speaker: german }).rangeSentence).toBe(
      'Der Bereich ist breit. Auf diesen Fotos wurde dein Körper nicht vermessen. Menschen mit denselben Maßen unterscheiden sich um mehrere Prozentpunkte Körperfett.',
    );
    const narrow = fuse({ measurement: { percent: 20, sd: 2 } }, 'male');
    const result = compositionOf({
      subject,
      fused: narrow,
      girths: girthsOf(),
      seen: null,
      flags: [],
      speaker,
    });
    expect(result.rangeReasons).toBeUndefined();
    expect(result.rangeSentence).toBeUndefined();
  });

  it('of an unmeasured one has none of the girths, and says so', () => {
    const result = compositionOf({
      subject,
      fused,
      girths: null,
      seen: null,
      flags: ['not_measured'],
      speaker,
    });
    expect(estimationResult.parse(result)).toEqual(result);
    expect(Object.keys(result)).not.toContain('measurements');
    expect(result.flags).toEqual(['not_measured']);
  });
});
