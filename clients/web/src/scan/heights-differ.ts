/** Tells whether the height in the profile has changed between scans: girths and body fat of all of them are scaled by it. */

import type { Scan } from '@reddyfit/client';
import { heightCmOf, SAME_HEIGHT } from '@reddyfit/shared/scan/measures';

/** True when these completed scans were made at different heights; a scan that tells none is left out. */
export function heightsDiffer(scans: readonly Pick<Scan, 'weightLb' | 'results'>[]): boolean {
  const heights = scans
    .map(({ weightLb, results }) => heightCmOf(weightLb, results?.estimation?.bmi ?? NaN))
    .filter(Number.isFinite);
  return heights.length > 1 && Math.max(...heights) / Math.min(...heights) > 1 + SAME_HEIGHT;
}
