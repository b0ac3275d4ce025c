/** The lowest and the highest body fat (% of body mass) that a living person can have. */

import type { Sex } from './sex.ts';

/** Least body fat compatible with life (%): essential fat, rounded (Lohman 1992, Advances in Body Composition Assessment). */
export const ESSENTIAL_FAT: Record<Sex, number> = { male: 3, female: 10, unspecified: 3 };

/** The highest body fat (%) that is believed; a higher number is taken for an error. */
export const MAX_BODY_FAT = 65;

/** The nearest body fat (%) that a person of this sex can have. */
export function withinBody(percent: number, sex: Sex): number {
  return Math.min(MAX_BODY_FAT, Math.max(ESSENTIAL_FAT[sex], percent));
}
