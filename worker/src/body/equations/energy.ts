/** Energy: at rest, over a day, and as a target for a goal. All in kcal/day. */

import type { Goal } from './goal.ts';
import type { Sex } from './sex.ts';

/**
 * Resting energy from fat-free mass (kg): 370 + 21.6 × FFM (Cunningham 1991, Am J Clin Nutr 54:963–969; the formula
 * known as Katch–McArdle). Chosen over Mifflin–St Jeor (1990) because a scan gives the lean mass: the resting energy of
 * two people of the same weight differs with their body fat, and this formula shows that.
 */
export function basalMetabolicRate(leanMassKg: number): number {
  return 370 + 21.6 * leanMassKg;
}

/**
 * Physical activity level assumed of everyone: 1.40, the lower end of a sedentary or lightly active life (1.40–1.69;
 * FAO/WHO/UNU 2004, Human energy requirements, table 5.1). A user's activity is not known. A low value is the safer
 * error: hunger makes a user correct too little food sooner than the scale makes them correct too much.
 */
const ACTIVITY_LEVEL = 1.4;

/** Energy spent in a day (kcal), from the basal metabolic rate (kcal/day). */
export function dailyEnergy(bmrKcal: number): number {
  return bmrKcal * ACTIVITY_LEVEL;
}

/** The share by which a plan to lose fat lies below the daily energy, if `LEAST_KCAL` allows it. */
const DEFICIT = 0.2;

/**
 * The share by which a plan to build muscle lies above the daily energy: 10 %, the low end of 10–20 % (Iraki et al. 2019,
 * Sports 7:154).
 */
const SURPLUS = 0.1;

/** Energy to eat as a share of the daily energy, by goal. */
const SHARE: Record<Goal, number> = { lose_fat: 1 - DEFICIT, maintain: 1, gain_muscle: 1 + SURPLUS };

/** Least energy of a diet without a physician: the low end of the ranges in Jensen et al. 2014 (AHA/ACC/TOS guideline). */
const LEAST_KCAL: Record<Sex, number> = { male: 1500, female: 1200, unspecified: 1500 };

/**
 * Energy to eat in a day: depending on the goal 20 % below the energy spent, equal to it, or 10 % above it, but never below
 * the minimum for the sex. A person who spends less than that minimum is small, old or wrongly measured, and an app must
 * not tell any of these to eat less.
 */
export function calorieTarget(tdeeKcal: number, goal: Goal, sex: Sex): number {
  return Math.max(LEAST_KCAL[sex], tdeeKcal * SHARE[goal]);
}
