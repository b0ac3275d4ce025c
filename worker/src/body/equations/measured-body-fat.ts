/** Body fat from measured girths, height, weight, age and sex: every equation that fits the person, combined. */

import { lbToKg } from '@reddyfit/shared/scan/measures';
import type { ScanSubject } from '@reddyfit/shared/temporal/workflows';
import { type BodyMeasurement, type GirthName, GIRTHS } from '../vision/body-measurement.ts';
import { bodyMassIndex } from './body-composition.ts';
import { bodyFatByBmi, bodyFatByBmiStandardError } from './body-fat-by-bmi.ts';
import { withinBody } from './body-fat-bounds.ts';
import { combineEstimates, type Estimate } from './combine-estimates.ts';
import { CUN_BAE_STANDARD_ERROR, cunBaeBodyFat } from './cun-bae-body-fat.ts';
import { NAVY_STANDARD_ERROR, navyBodyFat } from './navy-body-fat.ts';
import { propagatedSd } from './propagated-sd.ts';
import { RELATIVE_FAT_MASS_STANDARD_ERROR, relativeFatMass } from './relative-fat-mass.ts';

/** Age (years) from which the equations that were made of adults are used. */
export const ADULT_AGE = 18;

/**
 * How much two equations err together, 0 to 1. They share inputs, and one body deviates from all of them in the same
 * direction: a trained man is overestimated by each. No paper gives the figure for these four; it is an assumption. With
 * 0.5, four equations are hardly more certain (3.2 points) than the best of them (3.5); with 0.3 it would be 2.9, with 0.7 3.5.
 */
const CORRELATION = 0.5;

type Girths = Readonly<Record<GirthName, number>>;

interface Equation {
  readonly name: 'navy' | 'relative_fat_mass' | 'deurenberg' | 'cun_bae';
  /** True when it was made of adults only. */
  readonly adults: boolean;
  /** Standard error of the estimate (points). */
  standardError(subject: ScanSubject): number;
}

/** From girths (cm). */
const BY_GIRTHS: readonly (Equation & { percent(subject: ScanSubject, girths: Girths): number })[] = [
  {
    name: 'navy',
    adults: true,
    standardError: ({ sex }) => NAVY_STANDARD_ERROR[sex],
    percent: ({ sex, heightCm }, { neck, navel, waist, hip }) =>
      navyBodyFat({
        sex,
        heightCm,
        neckCm: neck,
        waistCm: sex === 'male' ? navel : waist,
        hipCm: hip,
      }),
  },
  {
    name: 'relative_fat_mass',
    adults: true,
    standardError: () => RELATIVE_FAT_MASS_STANDARD_ERROR,
    percent: ({ sex, heightCm }, { waist }) => relativeFatMass(heightCm, waist, sex),
  },
];

/** From what the user says of themselves. */
const BY_PROFILE: readonly (Equation & { percent(subject: ScanSubject): number })[] = [
  {
    name: 'deurenberg',
    adults: false,
    standardError: ({ ageYears }) => bodyFatByBmiStandardError(ageYears),
    percent: (subject) => bodyFatByBmi(bmiOf(subject), subject.ageYears, subject.sex),
  },
  {
    name: 'cun_bae',
    adults: true,
    standardError: () => CUN_BAE_STANDARD_ERROR,
    percent: (subject) => cunBaeBodyFat(bmiOf(subject), subject.ageYears, subject.sex),
  },
];

/** What one equation says. */
export interface EquationEstimate extends Estimate {
  readonly equation: Equation['name'];
}

export interface MeasuredBodyFat extends Estimate {
  /** `anthropometry` when no equation of girths is in it. */
  readonly source: 'measurement' | 'anthropometry';
  readonly equations: readonly EquationEstimate[];
}

/**
 * Body fat (%) with its standard deviation (points). `girths` is null when the body was not measured. An equation that
 * was made of adults is left out for the young, one whose domain the girths are outside of likewise; what an equation says
 * beyond what a body can have counts as the end of that.
 */
export function measuredBodyFat(girths: BodyMeasurement | null, subject: ScanSubject): MeasuredBodyFat {
  const fits = ({ adults }: Equation) => !adults || subject.ageYears >= ADULT_AGE;
  const byGirths = girths ? BY_GIRTHS.filter(fits).flatMap((each) => fromGirths(each, girths, subject)) : [];
  const byProfile = BY_PROFILE.filter(fits).map((each) => ({
    equation: each.name,
    percent: withinBody(each.percent(subject), subject.sex),
    sd: each.standardError(subject),
  }));
  const equations: EquationEstimate[] = [...byGirths, ...byProfile];
  const { percent, sd } = combineEstimates(equations, CORRELATION);
  return { percent, sd, source: byGirths.length > 0 ? 'measurement' : 'anthropometry', equations };
}

/** The equation's own error and that of the girths, which have nothing to do with each other. */
function fromGirths(
  equation: (typeof BY_GIRTHS)[number],
  girths: BodyMeasurement,
  subject: ScanSubject,
): EquationEstimate[] {
  const inputs = Object.fromEntries(
    GIRTHS.map((name) => [name, { value: girths[name].cm, sd: girths[name].sdCm }]),
  ) as Record<GirthName, { value: number; sd: number }>;
  const values = Object.fromEntries(GIRTHS.map((name) => [name, girths[name].cm])) as Girths;
  const percentOf = (of: Girths) => equation.percent(subject, of);
  try {
    const percent = withinBody(percentOf(values), subject.sex);
    const sd = Math.hypot(equation.standardError(subject), propagatedSd(percentOf, inputs));
    // A girth of next to nothing is inside a domain and yet says nothing.
    return Number.isFinite(percent) && Number.isFinite(sd) ? [{ equation: equation.name, percent, sd }] : [];
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

const bmiOf = ({ weightLb, heightCm }: ScanSubject) => bodyMassIndex(lbToKg(weightLb), heightCm);
