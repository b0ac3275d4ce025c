/** Body mass index, and body mass split into fat and fat-free mass. */

import { lbToKg } from '@reddyfit/shared/scan/measures';

/** Body mass index (kg/m²): mass (kg) over height (m) squared (Quetelet 1832; Keys et al. 1972). */
export function bodyMassIndex(weightKg: number, heightCm: number): number {
  return weightKg / (heightCm / 100) ** 2;
}

/** Fat mass and fat-free ("lean") mass, in the unit of `weight`; `bodyFatPercent` is in percent of body mass. */
export function splitMass(weight: number, bodyFatPercent: number): { fat: number; lean: number } {
  const fat = (weight * bodyFatPercent) / 100;
  return { fat, lean: weight - fat };
}

/** Upper end of the normal body mass index of adults (kg/m²; WHO 2000, Technical Report Series 894). */
const NORMAL_BMI_MAX = 25;

/** An adult with a lower body mass index is underweight (kg/m²; WHO 2000, Technical Report Series 894). */
const UNDERWEIGHT_BMI = 18.5;

/** True when the body mass index `bmi` (kg/m²) is below the underweight limit. */
export function isUnderweight(bmi: number): boolean {
  return bmi < UNDERWEIGHT_BMI;
}

/**
 * The body mass (kg) by which needs per kilogram are multiplied: the person's own, but at most the mass at the upper end
 * of the normal body mass index for their height, since fat mass needs hardly any protein.
 */
export function referenceMassKg(weightLb: number, heightCm: number): number {
  return Math.min(lbToKg(weightLb), NORMAL_BMI_MAX * (heightCm / 100) ** 2);
}
