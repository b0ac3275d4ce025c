/** Percentiles and the slope of many numbers. */

export interface Distribution {
  readonly count: number;
  readonly p50: number | null;
  readonly p95: number | null;
}

/**
 * The smallest value that is at least as large as the share `p` (0 to 1) of all values, by nearest rank; null
 * when there are no values. `sorted` is in ascending order.
 */
export function percentile(sorted: readonly number[], p: number): number | null {
  if (sorted.length === 0) return null;
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)]!;
}

/** Count, median and 95th percentile of values in any order. */
export function distributionOf(values: readonly number[]): Distribution {
  const sorted = Float64Array.from(values).sort() as unknown as readonly number[];
  return { count: sorted.length, p50: percentile(sorted, 0.5), p95: percentile(sorted, 0.95) };
}

/** Slope of the least-squares line through values at 0, 1, 2 …; null for fewer than three values. */
export function slopeOf(values: readonly number[]): number | null {
  const { length } = values;
  if (length < 3) return null;
  const meanX = (length - 1) / 2;
  const meanY = values.reduce((sum, value) => sum + value, 0) / length;
  const spread = values.reduce((sum, _, x) => sum + (x - meanX) ** 2, 0);
  return values.reduce((sum, value, x) => sum + (x - meanX) * (value - meanY), 0) / spread;
}
