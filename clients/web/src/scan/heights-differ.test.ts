import type { Scan } from '@reddyfit/client';
import { lbToKg, round } from '@reddyfit/shared/scan/measures';
import { expect, it } from 'vitest';
import { heightsDiffer } from './heights-differ.ts';

/** A scan of somebody of this weight (lb) whose profile said this height (cm), or which does not tell. */
function scanAt(heightCm: number | null, weightLb = 180): Pick<Scan, 'weightLb' | 'results'> {
  const bmi = heightCm && round(lbToKg(weightLb) / (heightCm / 100) ** 2, 1);
  return { weightLb, results: { estimation: { ...(bmi && { bmi }) } } } as Pick<Scan, 'weightLb' | 'results'>;
}

it('is so where a height was mended between scans, whatever the weights', () => {
  expect(heightsDiffer([scanAt(170), scanAt(180)])).toBe(true);
  expect(heightsDiffer([scanAt(180), scanAt(null), scanAt(177, 210)])).toBe(true);
});

it('is not so for what rounding and the time of day leave', () => {
  expect(heightsDiffer([120, 150, 183, 210, 250].map((lb) => scanAt(180, lb)))).toBe(false);
  expect(heightsDiffer([scanAt(180), scanAt(180.8)])).toBe(false);
  for (const alone of [[], [scanAt(180)], [scanAt(null), scanAt(170)]])
    expect(heightsDiffer(alone)).toBe(false);
});
