import { describe, expect, it } from 'vitest';
import { canBelongTogether, weightDoubt } from './plausible-measures.ts';

it.each([
  [20, 168, false],
  [241, 177, true],
  [109.3, 177, true],
  [241, 100, false],
  [1000, 170, false],
  [66, 170, true],
  [45, 170, false],
])('%i lb at %i cm: possible %s', (weightLb, heightCm, possible) => {
  expect(canBelongTogether(weightLb, heightCm)).toBe(possible);
});

describe('a weight after an earlier one', () => {
  it.each([
    [109.3, 241, 7, 'kilograms_as_pounds'],
    [109.3, 241, 399, 'kilograms_as_pounds'],
    [109.3, 241, 500, null],
    [241, 109.3, 7, 'pounds_as_kilograms'],
    [181, 183, 7, null],
    [160, 183, 20, null],
    [130, 183, 20, 'too_far'],
    [130, 183, 200, null],
  ])('%d lb, %d lb %i days before: %s', (weightLb, before, days, doubt) => {
    expect(weightDoubt(weightLb, { weightLb: before, days })).toBe(doubt);
  });
});
