/** Whether a weight can belong to a body whose girths were measured. */

import { lbToKg } from '@reddyfit/shared/scan/measures';
import type { ScanSubject } from '@reddyfit/shared/temporal/workflows';
import type { GirthName } from '../vision/body-measurement.ts';

/**
 * Kilograms in a body as tall as a column (cm) with the mean square of chest, navel and hip around it (cm²): fitted to the ANSUR II survey of 2012
 * (US Army, public domain; half of it, 2,041 men, 993 women, between whom it differs by 3 %). Masses of single people were 0.85 to 1.2 times
 * what it says, with a standard deviation of 5 %.
 */
const KG_PER_CM3 = 4.7e-5;

/**
 * Times what girths say, or a part of it, that a weight may be: girths from photos err by up to 7 %, which is 14 % of a mass, and people are
 * 20 % off; assumed on top of that, for bodies that are no soldiers'. Kilograms typed as pounds are 0.45 times.
 */
const MOST_RATIO = 1.6;

/** True when the weight of the subject can belong to these girths (cm). */
export function fitsGirths(
  { weightLb, heightCm }: Pick<ScanSubject, 'weightLb' | 'heightCm'>,
  girths: Readonly<Record<GirthName, { readonly cm: number }>>,
): boolean {
  const square = (girths.chest.cm ** 2 + girths.navel.cm ** 2 + girths.hip.cm ** 2) / 3;
  const ratio = lbToKg(weightLb) / (KG_PER_CM3 * heightCm * square);
  return ratio <= MOST_RATIO && ratio >= 1 / MOST_RATIO;
}
