/** Whether a weight can belong to a body whose girths were measured. */

import { lbToKg } from '@reddyfit/shared/scan/measures';
import type { ScanSubject } from '@reddyfit/shared/temporal/workflows';
import type { GirthName } from '../vision/body-measurement.ts';

/**
 * Body mass (kg) divided by the product of height (cm) and the mean square of the girths of chest, navel and hip (cm²).
 * Fitted to half of the ANSUR II survey of 2012 (US Army, public domain; 2,041 men and 993 women, whose values differ by
 * 3 %). The masses of single people were 0.85 to 1.2 times the predicted mass, with a standard deviation of 5 %.
 */
const KG_PER_CM3 = 4.7e-5;

/**
 * A plausible weight is at most this many times the mass that the girths predict, and at least that mass divided by this
 * number. Girths from photos err by up to 7 %, which is 14 % of a mass, and people differ from the prediction by 20 %; the
 * rest is assumed, for bodies that are unlike soldiers'. Kilograms entered as pounds give 0.45 times the mass.
 */
const MOST_RATIO = 1.6;

/** True when the weight of the subject is plausible for these girths (cm). */
export function fitsGirths(
  { weightLb, heightCm }: Pick<ScanSubject, 'weightLb' | 'heightCm'>,
  girths: Readonly<Record<GirthName, { readonly cm: number }>>,
): boolean {
  const square = (girths.chest.cm ** 2 + girths.navel.cm ** 2 + girths.hip.cm ** 2) / 3;
  const ratio = lbToKg(weightLb) / (KG_PER_CM3 * heightCm * square);
  return ratio <= MOST_RATIO && ratio >= 1 / MOST_RATIO;
}
