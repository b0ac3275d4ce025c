/** Body fat from measured girths, height, weight, age and sex: by the best equation of those that fit the person. */

import { lbToKg } from '@reddyfit/shared/scan/measures';
import type { ScanSubject } from '@reddyfit/shared/temporal/workflows';
import type { Girth, GirthName } from '../vision/body-measurement.ts';
import { bodyMassIndex } from './body-composition.ts';
import { bodyFatByBmi, bodyFatByBmiStandardError } from './body-fat-by-bmi.ts';
import { withinBody } from './body-fat-bounds.ts';
import type { Estimate } from './combine-estimates.ts';
import { cunBaeBodyFat, cunBaeError } from './cun-bae-body-fat.ts';
import { NAVY_ERROR, navyBodyFat } from './navy-body-fat.ts';
import { type EquationSex, equationSexes } from './sex.ts';
import { propagatedSd } from './propagated-sd.ts';
import { RELATIVE_FAT_MASS_ERROR, relativeFatMass } from './relative-fat-mass.ts';

/** Age (years) from which the equations that were made of adults are used. */
export const ADULT_AGE = 18;

/**
 * Most that girths may add to an equation's error (points): beyond it the girths are guesses (hair over the neck, a coat), and an equation
 * that needs fewer of them leads. Assumed; about the least error that the equations have of their own.
 */
const GIRTHS_MAY_ADD = 4;

/** A person whose equations are asked. */
type Measurable = Omit<ScanSubject, 'sex'> & { readonly sex: EquationSex };

/** Girths that are known of a body. From photos that is all of them; by tape often fewer. */
export type KnownGirths = Readonly<Partial<Record<GirthName, Girth>>>;

interface Equation {
  readonly name: 'navy' | 'relative_fat_mass' | 'cun_bae' | 'deurenberg';
  /** Whether it was made of people of this age. */
  fits(subject: Measurable): boolean;
  /** The girths that it needs. */
  needs(subject: Measurable): readonly GirthName[];
  /** Error of its own (points, one standard deviation). */
  error(subject: Measurable): number;
  /** Body fat (%) from girths (cm). Throws RangeError outside its domain. */
  percent(subject: Measurable, girths: Readonly<Record<GirthName, number>>): number;
}

const isAdult = ({ ageYears }: Measurable) => ageYears >= ADULT_AGE;
const bmiOf = ({ weightLb, heightCm }: Measurable) => bodyMassIndex(lbToKg(weightLb), heightCm);

/**
 * In the order in which they lead. On people whom none of them was made of, their errors correlate with .74 to .98 (`npm run
 * bench:body-fat` prints it), so that a mixture of them has little to add: the best one, made of one half of the people and judged on the
 * other, comes to 3.43 points where the first comes to 3.43 (506 men by DXA), 4.36 for 4.50 (568 women by DXA), 5.38 for 5.33 (92 women under
 * water). So the first decides, and the others are only told of. Where girths are known that is the Navy's (5.0 to 5.3 points under water, the others 5.8 to 7.9), without a neck relative fat mass (4.0 by DXA,
 * the others 5.1 to 5.6), without any girth CUN-BAE. Only Deurenberg's was made of the young, too.
 */
const EQUATIONS: readonly Equation[] = [
  {
    name: 'navy',
    fits: isAdult,
    needs: ({ sex }) => (sex === 'male' ? ['neck', 'navel'] : ['neck', 'waist', 'hip']),
    error: ({ sex }) => NAVY_ERROR[sex],
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
    // The navel lies about a centimetre below the iliac crest: at 0.601 of the height, the crest at 0.607 (ANSUR II, n = 3,034).
    name: 'relative_fat_mass',
    fits: isAdult,
    needs: () => ['navel'],
    error: ({ sex }) => RELATIVE_FAT_MASS_ERROR[sex],
    percent: ({ sex, heightCm }, { navel }) => relativeFatMass(heightCm, navel, sex),
  },
  {
    name: 'cun_bae',
    fits: isAdult,
    needs: () => [],
    error: (subject) => cunBaeError(bmiOf(subject), subject.sex),
    percent: (subject) => cunBaeBodyFat(bmiOf(subject), subject.ageYears, subject.sex),
  },
  {
    name: 'deurenberg',
    fits: () => true,
    needs: () => [],
    error: ({ ageYears }) => bodyFatByBmiStandardError(ageYears),
    percent: (subject) => bodyFatByBmi(bmiOf(subject), subject.ageYears, subject.sex),
  },
];

/** What one equation says. */
export interface EquationEstimate extends Estimate {
  readonly equation: Equation['name'];
  /** What the girths' uncertainty adds (points, one standard deviation); it is in `sd`. */
  readonly girthsSd: number;
}

export interface MeasuredBodyFat extends Estimate {
  /** `anthropometry` when the equation that leads knows no girths. */
  readonly source: 'measurement' | 'anthropometry';
  /** The part of `sd` that the girths' uncertainty makes (points): what repeated photos of one body differ by. */
  readonly girthsSd: number;
  /** All that fit, the one that leads first. */
  readonly equations: readonly EquationEstimate[];
}

/**
 * Body fat (%) with its standard deviation (points). `girths` is null when the body was not measured. Three kinds of equation are left out:
 * those made from adults, for a minor; those for which a girth is missing; and those made from bodies whose girths were all larger or all
 * smaller. An answer outside what a body can have is moved to the nearest bound. Somebody who did not tell their sex gets the answers of both.
 */
export function measuredBodyFat(girths: KnownGirths | null, subject: ScanSubject): MeasuredBodyFat {
  const [first, ...others] = equationSexes(subject.sex).map((sex) => bySex(girths, { ...subject, sex }));
  return others.reduce(eitherOf, first!);
}

/**
 * What is known when it is one of two, and nobody says which: half way between, with the deviation of an even mixture, √((s₁² + s₂²) / 2 + (d / 2)²)
 * where d lies between the two.
 */
function eitherOf(one: MeasuredBodyFat, other: MeasuredBodyFat): MeasuredBodyFat {
  const mixed = (a: number, b: number) => Math.sqrt((a ** 2 + b ** 2) / 2);
  return {
    percent: (one.percent + other.percent) / 2,
    sd: Math.hypot(mixed(one.sd, other.sd), (one.percent - other.percent) / 2),
    girthsSd: mixed(one.girthsSd, other.girthsSd),
    source: one.source === other.source ? one.source : 'anthropometry',
    equations: [...one.equations, ...other.equations],
  };
}

function bySex(girths: KnownGirths | null, subject: Measurable): MeasuredBodyFat {
  const said = EQUATIONS.filter((each) => each.fits(subject)).flatMap((each) =>
    ask(each, girths ?? {}, subject),
  );
  const lead = said.find(({ girthsSd }) => girthsSd <= GIRTHS_MAY_ADD)!;
  const { percent, sd, girthsSd } = lead;
  return {
    percent,
    sd,
    girthsSd,
    source: GIRTH_EQUATIONS.has(lead.equation) ? 'measurement' : 'anthropometry',
    equations: [lead, ...said.filter((each) => each !== lead)],
  };
}

const GIRTH_EQUATIONS = new Set<Equation['name']>(['navy', 'relative_fat_mass']);

/** The equation's own error and that of the girths, which have nothing to do with each other; nothing when it can't say. */
function ask(equation: Equation, girths: KnownGirths, subject: Measurable): EquationEstimate[] {
  const needed = equation.needs(subject);
  if (needed.some((name) => girths[name] === undefined)) return [];
  const inputs = Object.fromEntries(
    needed.map((name) => [name, { value: girths[name]!.cm, sd: girths[name]!.sdCm }]),
  ) as Record<GirthName, { value: number; sd: number }>;
  const values = Object.fromEntries(needed.map((name) => [name, girths[name]!.cm])) as Record<
    GirthName,
    number
  >;
  const percentOf = (of: Readonly<Record<GirthName, number>>) => equation.percent(subject, of);
  try {
    const percent = withinBody(percentOf(values), subject.sex);
    const girthsSd = propagatedSd(percentOf, inputs);
    const sd = Math.hypot(equation.error(subject), girthsSd);
    // A girth of next to nothing is inside a domain and yet says nothing.
    return Number.isFinite(percent) && Number.isFinite(sd)
      ? [{ equation: equation.name, percent, sd, girthsSd }]
      : [];
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}
