import { expect, it } from 'vitest';
import { numberAbove0, wholeNumber } from './numbers.ts';

const NONE = [
  '',
  ' ',
  'ten',
  'NaN',
  'Infinity',
  '-Infinity',
  '1e999',
  '-1',
  '-0',
  '0x10x',
  '1,5',
  '1 2',
  '9'.repeat(400),
];

it.each([...NONE, '0', '11', '1.5', '1e1', '0x5', ' 5'])('%j is no whole number from 1 to 10', (text) => {
  expect(() => wholeNumber(1, 10)(text)).toThrow('It is a whole number from 1 to 10.');
});

it.each(NONE)('%j is no number above 0', (text) => {
  expect(() => numberAbove0(text)).toThrow('It is a number above 0.');
});

it('takes what it says that it takes', () => {
  expect(['1', '10'].map(wholeNumber(1, 10))).toEqual([1, 10]);
  expect(wholeNumber(0, 5)('0')).toBe(0);
  expect(['0.02', '1', '1e3'].map(numberAbove0)).toEqual([0.02, 1, 1000]);
});
