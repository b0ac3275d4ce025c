/** Energy: at rest, over a day, and as a target for a goal. All in kcal/day. */

import type { Goal } from './goal.ts';
import type { Sex } from './sex.ts';

/**
 * Resting energy from fat-free mass (kg): 370 + 21.6 × FFM (Cunningham 1991, Am J Clin Nutr 54:963–969; the formula
 * known as Katch–McArdle). Chosen over Mifflin–St Jeor (1990) because a scan knows the lean mass: two people of one
 * weight and unequal body fat differ here, as they do in truth.
 */
export function basalMetabolicRate(leanMassKg: number): number {
  return 370 + 21.6 * leanMassKg;
}

/**
 * Physical activity level assumed of everyone: 1.40, the lower end of a sedentary or lightly active life (1.40–1.69;
 * FAO/WHO/UNU 2004, Human energy requirements, table 5.1). We do not know a user's activity, and too little food is
 * corrected by hunger sooner than too much by the scale.
 */
const ACTIVITY_LEVEL = 1.4;

/** Energy spent on a day, from the rate at rest. */
export function dailyEnergy(bmrKcal: number): number {
  return bmrKcal * ACTIVITY_LEVEL;
}

/** Largest share of the daily energy a plan leaves out. */
const DEFICIT = 0.2;

/** Share eaten on top to build muscle: 10 %, the low end of 10–20 % (Iraki et al. 2019, Sports 7:154). */
const SURPLUS = 0.1;

/** Of what is spent, by goal. */
const SHARE: Record<Goal, number> = { lose_fat: 1 - DEFICIT, maintain: 1, gain_muscle: 1 + SURPLUS };

/** Least a diet prescribes without a physician: low end of the ranges in Jensen et al. 2014 (AHA/ACC/TOS guideline). */
const LEAST_KCAL: Record<Sex, number> = { male: 1500, female: 1200, unspecified: 1500 };

/**
 * Energy to eat on a day: by the goal 20 % below what is spent, as much, or 10 % above, and never under the floor of the sex. Who spends less than
 * that is small, old or wrongly measured, and none of them is told by an app to eat less.
 */
export function calorieTarget(tdeeKcal: number, goal: Goal, sex: Sex): number {
  return Math.max(LEAST_KCAL[sex], tdeeKcal * SHARE[goal]);
}
