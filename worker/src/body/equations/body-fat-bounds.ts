/** Between what body fats (% of body mass) a living person lies. */

import type { Sex } from './sex.ts';

/** Least body fat compatible with life (%): essential fat, rounded (Lohman 1992, Advances in Body Composition Assessment). */
export const ESSENTIAL_FAT: Record<Sex, number> = { male: 3, female: 10, unspecified: 3 };

/** Beyond it a number is a mistake rather than a body (%). */
export const MAX_BODY_FAT = 65;

/** The nearest body fat (%) that a person of this sex can have. */
export function withinBody(percent: number, sex: Sex): number {
  return Math.min(MAX_BODY_FAT, Math.max(ESSENTIAL_FAT[sex], percent));
}
