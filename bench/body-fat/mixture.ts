/**
 * How much better the best mixture of equations would be than the product's result. The mixture is made from one half of the
 * people and judged on the other half.
 */

import { combineEstimates } from '../../worker/src/body/equations/combine-estimates.ts';
import type { JudgedPerson } from './judge.ts';

export interface MixtureResult {
  /** The equations that are known for everybody of this sex, with their shares, computed from all these people. */
  readonly shares: Readonly<Record<string, number>>;
  readonly people: number;
  /**
   * Root mean square errors (percentage points): of the mixture on the half from which it was not made, and of the product's
   * result.
   */
  readonly mixture: number;
  readonly result: number;
}

const isEquation = (name: string) => name !== 'result' && name !== 'profile_only';
const rms = (values: readonly number[]) =>
  Math.sqrt(values.reduce((sum, each) => sum + each ** 2, 0) / values.length);

/**
 * By sex, the mixture with the least mean square error whose shares are at least 0 and sum to 1. The people at even places
 * determine the shares for those at odd places, and vice versa. A sex with fewer than `FEWEST` people or only one equation is
 * left out.
 */
export function bestMixtures(judged: readonly JudgedPerson[]): Record<string, MixtureResult> {
  return Object.fromEntries(
    (['male', 'female'] as const).flatMap((sex) => {
      const people = judged.filter(({ person }) => person.sex === sex);
      const names = Object.keys(people[0]?.verdicts ?? {}).filter(
        (name) => isEquation(name) && people.every(({ verdicts }) => verdicts[name]),
      );
      if (people.length < FEWEST || names.length < 2) return [];
      const halves = [people.filter((_, i) => i % 2 === 0), people.filter((_, i) => i % 2 === 1)] as const;
      const errors = halves.flatMap((half, i) => {
        const shares = sharesOf(halves[1 - i]!, names);
        return half.map(({ verdicts }) =>
          names.reduce((sum, name, k) => sum + shares[k]! * verdicts[name]!.error, 0),
        );
      });
      const shares = sharesOf(people, names);
      const result: MixtureResult = {
        shares: Object.fromEntries(names.map((name, k) => [name, shares[k]!])),
        people: people.length,
        mixture: rms(errors),
        result: rms(people.map(({ verdicts }) => verdicts['result']!.error)),
      };
      return [[sex, result]];
    }),
  );
}

const FEWEST = 30;

/** Shares with the least mean square error on these people. */
function sharesOf(people: readonly JudgedPerson[], names: readonly string[]): readonly number[] {
  const errors = names.map((name) => people.map(({ verdicts }) => verdicts[name]!.error));
  const sizes = errors.map(rms);
  const correlation = (i: number, j: number) =>
    errors[i]!.reduce((sum, each, k) => sum + each * errors[j]![k]!, 0) /
    people.length /
    (sizes[i]! * sizes[j]!);
  return combineEstimates(
    sizes.map((sd) => ({ percent: 0, sd })),
    correlation,
  ).weights;
}

export function mixtureLines(judged: readonly JudgedPerson[]): string[] {
  return Object.entries(bestMixtures(judged)).map(([sex, { shares, people, mixture, result }]) => {
    const made = Object.entries(shares).filter(([, share]) => share >= 0.005).map(([name, share]) => `${(100 * share).toFixed(0)} % ${name}`); // prettier-ignore
    return `${sex} (${people}): ${made.join(', ')}: RMSE ${mixture.toFixed(2)} on the other half, of the result ${result.toFixed(2)}`;
  });
}
