import { expect, it } from 'vitest';
import { medianOf } from './median.ts';

it.each([
  [[3], 3],
  [[10, 9, 100], 10],
  [[4, 1, 100, 2], 3],
  [[-1, -10], -5.5],
  [[], undefined],
])('of %j is %j, and the values stay in their order', (values, expected) => {
  const given = [...values];
  expect(medianOf(given)).toBe(expected);
  expect(given).toEqual(values);
});
