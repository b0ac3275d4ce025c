/** The product's estimates for one person, and their errors. */

import { kgToLb } from '@reddyfit/shared/scan/measures';
import { bodyMassIndex } from '../../worker/src/body/equations/body-composition.ts';
import { type KnownGirths, measuredBodyFat } from '../../worker/src/body/equations/measured-body-fat.ts';
import { fuse } from '../../worker/src/body/fusion/fuse.ts';
import type { KnownPerson } from './people.ts';

/**
 * `result` is what the user would see; `profile_only` is the same estimate without girths. Every other name is that of an
 * equation.
 */
export type Judged = Readonly<Record<string, Verdict>>;

export interface Verdict {
  /** Estimate minus truth (percentage points). */
  readonly error: number;
  /** Whether the truth lies in the stated 95 % interval. */
  readonly held: boolean;
}

export interface JudgedPerson {
  readonly person: KnownPerson;
  readonly bmi: number;
  readonly verdicts: Judged;
}

/** Half a 95 % interval in standard deviations. */
const HALF_INTERVAL = 1.96;

export function judgePeople(person: KnownPerson): JudgedPerson {
  const { sex, ageYears, heightCm, weightKg, bodyFatPercent: truth } = person;
  const subject = { sex, ageYears: Math.floor(ageYears), heightCm, weightLb: kgToLb(weightKg) };
  // No uncertainty is added for the tape of a laboratory: the published errors of the equations include it.
  const girth = (cm: number | undefined) => cm && { cm, sdCm: 0 };
  const girths = Object.fromEntries(
    Object.entries({
      neck: girth(person.neckCm),
      waist: girth(person.waistCm),
      navel: girth(person.navelCm),
      hip: girth(person.hipCm),
    }).filter(([, value]) => value),
  ) as KnownGirths;
  const shown = (known: KnownGirths | null): Verdict => {
    const measured = measuredBodyFat(known, subject);
    const { bodyFatPercent, low, high } = fuse({ [measured.source]: measured }, sex);
    return { error: bodyFatPercent - truth, held: low <= truth && truth <= high };
  };
  const equations = measuredBodyFat(girths, subject).equations.map(({ equation, percent, sd }) => [
    equation,
    { error: percent - truth, held: Math.abs(percent - truth) <= HALF_INTERVAL * sd },
  ]);
  return {
    person,
    bmi: bodyMassIndex(weightKg, heightCm),
    verdicts: { result: shown(girths), profile_only: shown(null), ...Object.fromEntries(equations) },
  };
}
