/** Water to drink in a day. */

import { type EquationSex, equationSexes, type Sex } from './sex.ts';

/**
 * Adequate intake of total water (mL/day), as [age in years from which it holds, intake], the highest age first: EFSA 2010,
 * Scientific Opinion on Dietary Reference Values for water, EFSA Journal 8(3):1459.
 */
const ADEQUATE_INTAKE: Record<EquationSex, readonly (readonly [number, number])[]> = {
  male: [
    [14, 2500],
    [9, 2100],
    [4, 1600],
    [0, 1300],
  ],
  female: [
    [14, 2000],
    [9, 1900],
    [4, 1600],
    [0, 1300],
  ],
};

/** Share of total water that is drunk; the rest comes with food (EFSA 2010: food gives 20–30 %). */
const DRUNK_SHARE = 0.8;

/**
 * Total water by body mass (mL/kg): 35, and 30 above 60 years (Todorovic & Micklewright, PENG Pocket Guide to Clinical
 * Nutrition).
 */
const ML_PER_KG = { adult: 35, over60: 30 } as const;

/** The most that is ever advised (mL/day): for fat mass, the need computed from weight rises more than the real need. */
const MOST_ML = 4000;

const ML_PER_US_FL_OZ = 29.5735295625;

/** The result is rounded to a multiple of this (mL). */
const STEP_ML = 50;

/**
 * Water to drink (mL/day, in steps of 50): four fifths of the total water by body mass or of the adequate intake, whichever
 * is larger, and 4 litres at most. `weightKg` in kg. Below 14 years only the adequate intake for the age counts.
 */
export function dailyWaterMl(weightKg: number, ageYears: number, sex: Sex): number {
  // For an unspecified sex the larger intake of the two sexes.
  const adequate = Math.max(
    ...equationSexes(sex).map((each) => ADEQUATE_INTAKE[each].find(([from]) => ageYears >= from)![1]),
  );
  const byMass = ageYears < 14 ? 0 : weightKg * (ageYears > 60 ? ML_PER_KG.over60 : ML_PER_KG.adult);
  const drunk = DRUNK_SHARE * Math.max(adequate, byMass);
  return Math.min(MOST_ML, Math.round(drunk / STEP_ML) * STEP_ML);
}

/** Millilitres to US fluid ounces. */
export function mlToFlOz(ml: number): number {
  return ml / ML_PER_US_FL_OZ;
}
