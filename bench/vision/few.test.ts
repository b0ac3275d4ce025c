import { describe, expect, it } from 'vitest';
import { bodyBarRows, figureRows } from './bars.ts';
import { atLeast, biasVerdict, ENOUGH, quantileVerdict, shareVerdict, worst } from './few.ts';
import type { FigureResult } from './figures.ts';

it('counts chances by the binomial distribution', () => {
  // 1 − 0.95^20, and the sum of C(20, k) 0.05^k 0.95^(20 − k) from 3 on.
  expect(atLeast(1, 20, 0.05)).toBeCloseTo(0.6415, 4);
  expect(atLeast(3, 20, 0.05)).toBeCloseTo(0.0755, 4);
  expect(atLeast(0, 20, 0.05)).toBe(1);
  expect(atLeast(20, 20, 0.5)).toBeCloseTo(0.5 ** 20, 12);
});

const sizes = (n: number, wild: number) => Array.from({ length: n }, (_, i) => (i < wild ? 9 : 1));
const tail = (n: number, wild: number) => quantileVerdict(sizes(n, wild), 0.95, { figure: wild > n / 20 ? 9 : 1, bar: 4 }); // prettier-ignore
const middle = (n: number, wild: number) => quantileVerdict(sizes(n, wild), 0.5, { figure: wild > n / 2 ? 9 : 1, bar: 4 }); // prettier-ignore
const held = (count: number, n: number) => shareVerdict(count, n, { least: 0.9, most: 0.99 });

describe('of few figures, a bar', () => {
  it('on a share is missed where chance would hardly do it, and else not judged', () => {
    // A ruler whose intervals hold 90 % holds 15 or fewer of 20 in 4.3 % of runs, and 14 or fewer in 1.1 %.
    expect([19, 17, 15, 14].map((count) => held(count, 20))).toEqual(['reached', 'few', 'few', 'missed']);
    // All of 20 is above 99 %, as of the best ruler in four of five runs.
    expect(held(20, 20)).toBe('few');
    expect([5, 4, 3, 2].map((count) => shareVerdict(count, 5, { least: 0.97 }))).toEqual(['reached', 'few', 'missed', 'missed']); // prettier-ignore
    expect([0, 1, 3].map((count) => shareVerdict(count, 20, { most: 0.02 }))).toEqual(['reached', 'few', 'missed']); // prettier-ignore
  });

  it('on the 95th percentile or the median is missed by so many beyond it', () => {
    expect([1, 2, 3, 4].map((wild) => tail(20, wild))).toEqual(['reached', 'few', 'few', 'missed']);
    expect([10, 11, 14, 15].map((wild) => middle(20, wild))).toEqual(['reached', 'few', 'few', 'missed']);
  });

  it('on the bias is missed by twice its standard error', () => {
    const errors = (bias: number) => Array.from({ length: 20 }, (_, i) => bias + (i % 2 === 0 ? 2 : -2));
    expect([0.9, 1.5, 2.1].map((bias) => biasVerdict(errors(bias), { bar: 1 }))).toEqual(['reached', 'few', 'missed']); // prettier-ignore
    expect(biasVerdict([7], { bar: 1 })).toBe('few');
  });

  it('is missed by a line of which one part is', () => {
    expect(worst('reached', 'few', 'missed')).toBe('missed');
    expect(worst('few', 'reached')).toBe('few');
    expect(worst('reached')).toBe('reached');
  });
});

describe('from fifty on, a bar', () => {
  it.each([ENOUGH, 200])('of %i is met by the figure itself or missed', (n) => {
    const verdicts = Array.from({ length: n + 1 }, (_, count) => held(count, n));
    expect(verdicts).toEqual(Array.from({ length: n + 1 }, (_, count) => (count / n >= 0.9 && count / n <= 0.99 ? 'reached' : 'missed'))); // prettier-ignore
    const most = Math.floor(n / 20);
    expect([tail(n, most), tail(n, most + 1)]).toEqual(['reached', 'missed']);
    expect([middle(n, n / 2), middle(n, n / 2 + 1)]).toEqual(['reached', 'missed']);
    expect(biasVerdict(Array<number>(n).fill(1.01), { bar: 1 })).toBe('missed');
  });
});

describe('the tables', () => {
  const figure = (seed: number, off: number, sdCm = 1): FigureResult => {
    const girth = { trueCm: 100, cm: 100 + off, sdCm };
    const girths = { neck: girth, chest: girth, waist: girth, navel: girth, hip: girth };
    return { seed, sex: 'male', heightCm: 180, bmi: 22, rejectedFor: [], girths, navyDifference: off / 10 };
  };
  const figures = (n: number, wild = 0) =>
    Array.from({ length: n }, (_, i) => figure(i, i < wild ? 5 : 0.5, 4));
  const verdictsOf = (rows: readonly { what: string; verdict?: string }[]) =>
    rows.flatMap(({ verdict }) => verdict ?? []);

  it('let twenty clean figures of which one is off pass, and fifty by what they are', () => {
    expect(verdictsOf(figureRows(figures(20, 2), 'clean'))).not.toContain('missed');
    const full = figureRows(figures(50, 3), 'clean');
    expect(full.find(({ what }) => what.startsWith('waist: error'))).toMatchObject({ verdict: 'missed' });
    // Fifty of fifty held is 100 %, which is beyond the bar, and said to be.
    expect(full.find(({ what }) => what.startsWith('waist: truth'))).toMatchObject({ value: '100.0 % (50 of 50)', verdict: 'missed' }); // prettier-ignore
  });

  it('judge bodies alike, and by all that were shown', () => {
    const navy = (n: number) => Array<number>(n).fill(0.2);
    expect(verdictsOf(bodyBarRows(figures(20, 1), navy(20), 20))).not.toContain('missed');
    expect(verdictsOf(bodyBarRows(figures(49, 4), navy(49), 49))).not.toContain('missed');
    // One more, whom the gate refused: so many are judged by the figures themselves.
    expect(verdictsOf(bodyBarRows(figures(49, 4), navy(49), 50))).toContain('missed');
    const wild = [figure(0, 20), ...figures(10)];
    expect(bodyBarRows(wild, navy(11), 11).find(({ what }) => what.includes('10 %'))).toMatchObject({ value: '5', verdict: 'missed' }); // prettier-ignore
    expect(bodyBarRows(figures(1), [], 1).some(({ what }) => what.startsWith('Navy'))).toBe(false);
  });
});
