import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combineEstimates } from './combine-estimates.ts';
import { propagatedSd } from './propagated-sd.ts';

const estimate = fc.record({
  percent: fc.double({ min: 2, max: 70, noNaN: true }),
  sd: fc.double({ min: 0.05, max: 40, noNaN: true }),
});
const several = fc.array(estimate, { minLength: 1, maxLength: 6 });
const correlation = fc.double({ min: 0, max: 0.95, noNaN: true });

describe('estimates that err independently', () => {
  it('count by inverse variance', () => {
    const { percent, sd, weights } = combineEstimates(
      [
        { percent: 20, sd: 2 },
        { percent: 30, sd: 4 },
      ],
      () => 0,
    );
    // The inverse variances 1/4 and 1/16 give weights of 4/5 and 1/5; the variance is 1 / (5/16).
    expect(weights[0]).toBeCloseTo(0.8, 10);
    expect(percent).toBeCloseTo(22, 10);
    expect(sd).toBeCloseTo(Math.sqrt(16 / 5), 10);
  });
});

describe('estimates that err together', () => {
  it('two alike with a correlation of 0.5 are less certain than two independent ones: √(3/4) of one', () => {
    const alike = [
      { percent: 20, sd: 4 },
      { percent: 24, sd: 4 },
    ];
    expect(combineEstimates(alike, () => 0.5)).toMatchObject({
      percent: 22,
      weights: [expect.closeTo(0.5, 10), expect.closeTo(0.5, 10)],
    });
    expect(combineEstimates(alike, () => 0.5).sd).toBeCloseTo(4 * Math.sqrt(0.75), 10);
  });

  it('a poor one whose error is that of a good one says nothing', () => {
    const { percent, sd, weights } = combineEstimates(
      [
        { percent: 40, sd: 9 },
        { percent: 20, sd: 3 },
      ],
      () => 0.5,
    );
    expect(weights).toEqual([0, 1]);
    expect({ percent, sd }).toEqual({ percent: 20, sd: 3 });
  });

  it('weigh together 1, none below 0, and their mean lies among them', () => {
    fc.assert(
      fc.property(several, correlation, (estimates, r) => {
        const { percent, sd, weights } = combineEstimates(estimates, () => r);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
        expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
        const percents = estimates.map((each) => each.percent);
        expect(percent).toBeGreaterThanOrEqual(Math.min(...percents) - 1e-9);
        expect(percent).toBeLessThanOrEqual(Math.max(...percents) + 1e-9);
        expect(sd).toBeGreaterThan(0);
      }),
    );
  });

  it('have the variance that their weights and the correlation make', () => {
    fc.assert(
      fc.property(several, correlation, (estimates, r) => {
        const { sd, weights } = combineEstimates(estimates, () => r);
        const variance = estimates
          .flatMap((a, i) =>
            estimates.map((b, j) => weights[i]! * weights[j]! * a.sd * b.sd * (i === j ? 1 : r)),
          )
          .reduce((sum, part) => sum + part, 0);
        expect(sd ** 2 / variance).toBeCloseTo(1, 6);
      }),
    );
  });

  it('are never less certain for one more', () => {
    fc.assert(
      fc.property(several, estimate, correlation, (estimates, more, r) => {
        const before = combineEstimates(estimates, () => r).sd;
        expect(combineEstimates([...estimates, more], () => r).sd).toBeLessThanOrEqual(before * (1 + 1e-9));
      }),
    );
  });
});

describe('an estimate that was made of others', () => {
  it('says nothing beside them', () => {
    const parts = [
      { percent: 20, sd: 5 },
      { percent: 26, sd: 5 },
      { percent: 23, sd: 5 },
    ];
    // The third estimate is the mean of the first two, and correlates with each of them as their mean does.
    const together = (one: number, other: number) => (other === 2 ? 0.85 : 0.5);
    const { percent, weights } = combineEstimates(parts, together);
    expect(weights).toEqual([0.5, 0.5, 0]);
    expect(percent).toBeCloseTo(23, 10);
    expect(combineEstimates(parts.slice(0, 2), together).sd).toBeCloseTo(
      combineEstimates(parts, together).sd,
      10,
    );
  });
});

describe('what is no estimate', () => {
  it.each([
    ['none', []],
    ['one that is not a number', [{ percent: Number.NaN, sd: 1 }]],
    ['one without spread', [{ percent: 20, sd: 0 }]],
    ['one whose spread is not a number', [{ percent: 20, sd: Number.NaN }]],
  ])('%s is refused', (_, estimates) => {
    expect(() => combineEstimates(estimates, () => 0.5)).toThrow(RangeError);
  });
});

describe('propagated uncertainty', () => {
  it('of a weighted sum is the root of the weighted squares', () => {
    const inputs = { a: { value: 10, sd: 1 }, b: { value: 20, sd: 2 } };
    expect(propagatedSd(({ a, b }) => 3 * a - 2 * b + 7, inputs)).toBeCloseTo(5, 10);
  });

  it('of a logarithm is the derivative times the deviation', () => {
    const inputs = { x: { value: 50, sd: 0.5 } };
    expect(propagatedSd(({ x }) => Math.log10(x), inputs)).toBeCloseTo(0.5 / (50 * Math.LN10), 6);
  });

  it('is nothing for what is known exactly, also at the edge of a domain', () => {
    expect(propagatedSd(({ x }) => Math.sqrt(x), { x: { value: 0, sd: 0 } })).toBe(0);
  });
});
