/** Body fat from measured girths, height, weight, age and sex, by the best of the equations that apply to the person. */

import { lbToKg } from '@reddyfit/shared/scan/measures';
import type { ScanSubject } from '@reddyfit/shared/temporal/workflows';
import type { Girth, GirthName } from '../vision/body-measurement.ts';
import { ADULT_AGE } from './adult-age.ts';
import { bodyMassIndex } from './body-composition.ts';
import { BY_BMI_CHILDREN_BELOW, bodyFatByBmi, bodyFatByBmiError } from './body-fat-by-bmi.ts';
import { withinBody } from './body-fat-bounds.ts';
import type { Estimate } from './combine-estimates.ts';
import { cunBaeBodyFat, cunBaeError } from './cun-bae-body-fat.ts';
import { NAVY_ERROR, navyBodyFat } from './navy-body-fat.ts';
import { type EquationSex, equationSexes } from './sex.ts';
import { propagatedSd } from './propagated-sd.ts';
import {
  RELATIVE_FAT_MASS_CHILDREN_BELOW,
  RELATIVE_FAT_MASS_LEAST_AGE,
  relativeFatMass,
  relativeFatMassError,
} from './relative-fat-mass.ts';

/**
 * The largest error (points) that the girths may add to the error of the equation that leads. Girths with a larger error
 * are guesses (hair over the neck, a coat), and an equation that needs fewer girths leads instead. Assumed; about the
 * smallest error that an equation itself has.
 */
const GIRTHS_MAY_ADD = 4;

/** A person of a sex for which there are equations. */
type Measurable = Omit<ScanSubject, 'sex'> & { readonly sex: EquationSex };

/** The known girths of a body. Photos give all of them; a tape often gives fewer. */
export type KnownGirths = Readonly<Partial<Record<GirthName, Girth>>>;

interface Equation {
  readonly name: 'navy' | 'relative_fat_mass' | 'cun_bae' | 'deurenberg';
  /** Whether the equation was fitted to people of this age. */
  fits(subject: Measurable): boolean;
  /** Age (years) below which the equation has other numbers, for children, and so errs otherwise for one person. */
  readonly childrenBelow?: number;
  /** The girths that it needs. */
  needs(subject: Measurable): readonly GirthName[];
  /** The equation's own error (points, one standard deviation), without that of the girths. */
  error(subject: Measurable): number;
  /** Body fat (%) from girths (cm). Throws RangeError outside of the equation's domain. */
  percent(subject: Measurable, girths: Readonly<Record<GirthName, number>>): number;
}

const isAdult = ({ ageYears }: Measurable) => ageYears >= ADULT_AGE;
const bmiOf = ({ weightLb, heightCm }: Measurable) => bodyMassIndex(lbToKg(weightLb), heightCm);

/**
 * The equations, in the order in which they lead: the first that can be used gives the body fat, and the others are only
 * reported beside it. They are not mixed, because their errors correlate with .64 to .98 on people to whom none of them was
 * fitted (`npm run bench:body-fat` prints the correlations). The best mixture, fitted to one half of the people and judged
 * on the other half, has an error of 3.43 points where the leading equation has 3.43 (506 men by DXA), 4.36 where it has
 * 4.50 (568 women by DXA), and 5.38 where it has 5.33 (92 women by underwater weighing).
 *
 * With all girths the Navy's equation leads (error 5.0 to 5.3 points by underwater weighing; the others 5.8 to 7.9), without
 * the neck relative fat mass (4.0 by DXA; the others 5.1 to 5.6), without any girth CUN-BAE. Of minors only relative fat mass
 * and Deurenberg's equation know anything: by DXA (1,047 people of 16 and 17 years) they err by 3.8 and 7.9 points.
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
    // The equation's waist is measured at the iliac crest. The navel lies about a centimetre below it: at 0.601 of the
    // height, the crest at 0.607 (ANSUR II, n = 3,034).
    name: 'relative_fat_mass',
    fits: ({ ageYears }) => ageYears >= RELATIVE_FAT_MASS_LEAST_AGE,
    childrenBelow: RELATIVE_FAT_MASS_CHILDREN_BELOW,
    needs: () => ['navel'],
    error: ({ sex, ageYears }) => relativeFatMassError(ageYears, sex),
    percent: ({ sex, heightCm, ageYears }, { navel }) => relativeFatMass(heightCm, navel, sex, ageYears),
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
    childrenBelow: BY_BMI_CHILDREN_BELOW,
    needs: () => [],
    error: ({ ageYears }) => bodyFatByBmiError(ageYears),
    percent: (subject) => bodyFatByBmi(bmiOf(subject), subject.ageYears, subject.sex),
  },
];

/** The body fat by one equation. */
export interface EquationEstimate extends Estimate {
  readonly equation: Equation['name'];
  /** The part of `sd` that comes from the uncertainty of the girths (points, one standard deviation). */
  readonly girthsSd: number;
}

export interface MeasuredBodyFat extends Estimate {
  /** `anthropometry` when the equation that leads uses no girths. */
  readonly source: 'measurement' | 'anthropometry';
  /**
   * The equation that leads, and the sex that it was made for (`navy.male`, or with its numbers for children
   * `relative_fat_mass_children.male`); of both sexes where the sex is unspecified. What errs for a person errs again only by
   * the same method.
   */
  readonly method: string;
  /**
   * The part of `sd` that comes from the uncertainty of the girths (points): about as much as repeated photos of one body
   * differ.
   */
  readonly girthsSd: number;
  /** The estimates of all equations that could be used, that of the leading equation first. */
  readonly equations: readonly EquationEstimate[];
}

/**
 * Body fat (%) with its standard deviation (points). `girths` is null when the body was not measured. Three kinds of
 * equation are left out: those that were fitted to adults, for a minor; those for which a girth is missing; and those whose
 * domain does not contain the girths. A result that no body can have is moved to the nearest bound. For an unspecified sex
 * the results of both sexes are combined (see eitherOf).
 */
export function measuredBodyFat(girths: KnownGirths | null, subject: ScanSubject): MeasuredBodyFat {
  const [first, ...others] = equationSexes(subject.sex).map((sex) => bySex(girths, { ...subject, sex }));
  return others.reduce(eitherOf, first!);
}

/**
 * Combines two results of which one holds for the person, when it is not known which: the mean of the two, with the
 * standard deviation of an even mixture, √((s₁² + s₂²) / 2 + (d / 2)²), where d is the difference of the two.
 */
function eitherOf(one: MeasuredBodyFat, other: MeasuredBodyFat): MeasuredBodyFat {
  const mixed = (a: number, b: number) => Math.sqrt((a ** 2 + b ** 2) / 2);
  return {
    percent: (one.percent + other.percent) / 2,
    sd: Math.hypot(mixed(one.sd, other.sd), (one.percent - other.percent) / 2),
    girthsSd: mixed(one.girthsSd, other.girthsSd),
    source: one.source === other.source ? one.source : 'anthropometry',
    method: `${one.method} ${other.method}`,
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
    method: methodOf(lead.equation, subject),
    equations: [lead, ...said.filter((each) => each !== lead)],
  };
}

/** The method of an equation for this person, as `MeasuredBodyFat` has it. */
function methodOf(equation: Equation['name'], { ageYears, sex }: Measurable): string {
  const { childrenBelow = 0 } = EQUATIONS.find(({ name }) => name === equation)!;
  return `${equation}${ageYears < childrenBelow ? '_children' : ''}.${sex}`;
}

const GIRTH_EQUATIONS = new Set<Equation['name']>(['navy', 'relative_fat_mass']);

/**
 * The estimate of one equation, in a list that is empty when a girth is missing or the girths are outside of the equation's
 * domain. The equation's own error and that of the girths are taken as independent.
 */
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
    // A girth near 0 is inside of an equation's domain, but may give a result that is not finite.
    return Number.isFinite(percent) && Number.isFinite(sd)
      ? [{ equation: equation.name, percent, sd, girthsSd }]
      : [];
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}
