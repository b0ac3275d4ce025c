/**
 * What a scan would have said at another height. The profile's height is the ruler of a scan: girths are scaled by it, and a body mass
 * index is made of it. A height that was typed wrongly and mended between two scans changes both without the body.
 */

import { heightCmOf, lbToKg, SAME_HEIGHT } from '@reddyfit/shared/scan/measures';
import type { EstimationSource } from '@reddyfit/shared/scan/results';
import type { EarlierScan } from '../../scan/scan-store.ts';
import { bodyMassIndex } from '../equations/body-composition.ts';
import { navyOfScaledBody } from '../equations/navy-body-fat.ts';

/**
 * By how much the equations of body mass index move with it (points for 1 kg/m²): CUN-BAE at 25 kg/m² and 40 years 1.5 for men and
 * 1.4 for women, Deurenberg's 1.2. A model is told weight and height, and may follow them as much.
 */
const POINTS_PER_BMI = 1.5;

type Scanned = Pick<EarlierScan, 'weightLb'> & {
  readonly estimation: Pick<EarlierScan['estimation'], 'bmi' | 'sources'>;
};

/** The height of the profile (cm) as of a scan; null for one that does not say. */
function heightOf({ weightLb, estimation: { bmi } }: Scanned): number | null {
  const heightCm = bmi === undefined ? NaN : heightCmOf(weightLb, bmi);
  return Number.isFinite(heightCm) ? heightCm : null;
}

/** True when the heights of two scans are known and differ. */
export function isOtherHeight(one: Scanned, other: Scanned): boolean {
  const [a, b] = [heightOf(one), heightOf(other)];
  return a !== null && b !== null && Math.abs(a / b - 1) > SAME_HEIGHT;
}

/**
 * By how many points the body fat of `scan` would have been another, had the profile had the height of `today`; 0 where both have
 * the same, and where a height is not known.
 */
export function shiftToHeightOf(today: Scanned, scan: Scanned): number {
  if (!isOtherHeight(today, scan)) return 0;
  const [from, to] = [heightOf(scan)!, heightOf(today)!];
  const kg = lbToKg(scan.weightLb);
  const byIndex = POINTS_PER_BMI * (bodyMassIndex(kg, to) - bodyMassIndex(kg, from));
  const { sources = [] } = scan.estimation;
  const weight = sources.reduce((sum, each) => sum + each.weight, 0);
  if (weight === 0) return byIndex;
  return sources.reduce((sum, each) => sum + each.weight * shiftOf(each, to / from, byIndex), 0) / weight;
}

/** The same of one source. `byIndex`: of one that follows the body mass index. */
function shiftOf({ method = '', bodyFatPercent }: EstimationSource, scale: number, byIndex: number): number {
  // Of an unspecified sex the methods of both are named, and count alike.
  const shifts = method.split(' ').map((each) => {
    const [equation, sex] = each.split('.');
    // The waist grows as the height does, and relative fat mass knows only their ratio.
    if (equation?.startsWith('relative_fat_mass')) return 0;
    if (equation !== 'navy' || (sex !== 'male' && sex !== 'female')) return byIndex;
    return navyOfScaledBody(bodyFatPercent, sex, scale) - bodyFatPercent;
  });
  return shifts.reduce((sum, each) => sum + each, 0) / shifts.length;
}
