/** Many numbers, and their percentiles. */

export interface Distribution {
  readonly count: number;
  readonly p50: number | null;
  readonly p95: number | null;
}

/** The smallest value that at least the share `p` of all do not exceed (nearest rank); null of nothing. */
export function percentile(sorted: readonly number[], p: number): number | null {
  if (sorted.length === 0) return null;
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)]!;
}

/** Count, median and 95th percentile; the values in any order. */
export function distributionOf(values: readonly number[]): Distribution {
  const sorted = Float64Array.from(values).sort() as unknown as readonly number[];
  return { count: sorted.length, p50: percentile(sorted, 0.5), p95: percentile(sorted, 0.95) };
}

/** Slope of the least-squares line through values at 0, 1, 2 …; null of fewer than three. */
export function slopeOf(values: readonly number[]): number | null {
  const { length } = values;
  if (length < 3) return null;
  const meanX = (length - 1) / 2;
  const meanY = values.reduce((sum, value) => sum + value, 0) / length;
  const spread = values.reduce((sum, _, x) => sum + (x - meanX) ** 2, 0);
  return values.reduce((sum, value, x) => sum + (x - meanX) * (value - meanY), 0) / spread;
}
