/** Numbers among the options of a command. Commander names the option before what is said here. */

import { InvalidArgumentError } from 'commander';

/** Takes a whole number from `least` to `most`, in digits. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d{1,15}$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
  };

/** Takes a number above 0. */
export function numberAbove0(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('It is a number above 0.');
}
