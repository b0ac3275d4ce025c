import { expect, it } from 'vitest';
import { typedNumber } from './typed-number.ts';

it.each([
  ['72.5', '72,5'],
  ['72,5', '72,5'],
  ['72٫5', '72,5'],
  ['72．5', '72,5'],
  ['72，5', '72,5'],
  ['७२.५', '72,5'],
  ['٧٢٫٥', '72,5'],
  ['۷۲٫۵', '72,5'],
  ['７２．５', '72,5'],
  ['𝟟𝟚.𝟝', '72,5'],
  ['72', '72'],
  // What is not over yet.
  ['', ''],
  ['72.', '72,'],
  ['.5', ',5'],
  ['.', ','],
  ['-', '-'],
  // Pasted.
  [' 72,5 ', '72,5'],
  ['72.5 kg', '72,5'],
  ['72.5 kg.', '72,5'],
  ['72,5\u00a0kg\n', '72,5'],
  ['about 72', '72'],
  // A second separator is dropped; with thousands no number here is within bounds.
  ['72.5.', '72,5'],
  ['1.234,5', '1,2345'],
  // What is below the bound is told to be so.
  ['-72', '-72'],
  ['−72', '-72'],
  ['-0', '-0'],
  // A letter, or the dash of a range, comes to nothing.
  ['72e', '72'],
  ['72-', '72'],
  ['kg', ''],
])('%j is typed as %j', (text, typed) => {
  expect(typedNumber(text, ',')).toBe(typed);
});

it.each(['5 ft 11', '7 2', '1e2', '72-5', '- 72', '72½', '72²', '7²2', '72 kg 500 g', '1 234,5', '5′11″'])(
  '%j is no one number',
  (text) => {
    expect(typedNumber(text, ',')).toBeNull();
  },
);
