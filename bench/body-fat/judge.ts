/** What the product says of one person, and by how much that is wrong. */

import { kgToLb } from '@reddyfit/shared/scan/measures';
import { bodyMassIndex } from '../../worker/src/body/equations/body-composition.ts';
import { type KnownGirths, measuredBodyFat } from '../../worker/src/body/equations/measured-body-fat.ts';
import { fuse } from '../../worker/src/body/fusion/fuse.ts';
import type { KnownPerson } from './people.ts';

/** `result` is what the user would be shown, `profile_only` the same without girths. */
export type Judged = Readonly<Record<string, Verdict>>;

export interface Verdict {
  /** Estimate less truth (points). */
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
  // A tape in a laboratory: its error is in what the equations are judged by.
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
