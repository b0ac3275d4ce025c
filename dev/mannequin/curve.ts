/** A smooth curve through given points that never overshoots: what is narrowest at a point is narrowest there. */

/** Monotone cubic interpolation (Fritsch and Carlson 1980). `xs` ascend; beyond the ends the end's value holds. */
export function curve(xs: readonly number[], ys: readonly number[]): (x: number) => number {
  const last = xs.length - 1;
  const slopes = xs.slice(1).map((x, i) => (ys[i + 1]! - ys[i]!) / (x - xs[i]!));
  const tangents = xs.map((_, i) => {
    const [before, after] = [slopes[i - 1], slopes[i]];
    if (before === undefined || after === undefined || before * after <= 0) return 0;
    return (2 * before * after) / (before + after);
  });
  return (x) => {
    if (x <= xs[0]!) return ys[0]!;
    if (x >= xs[last]!) return ys[last]!;
    let i = 0;
    while (x > xs[i + 1]!) i++;
    const step = xs[i + 1]! - xs[i]!;
    const t = (x - xs[i]!) / step;
    const [t2, t3] = [t * t, t * t * t];
    return (
      ys[i]! * (2 * t3 - 3 * t2 + 1) +
      tangents[i]! * step * (t3 - 2 * t2 + t) +
      ys[i + 1]! * (3 * t2 - 2 * t3) +
      tangents[i + 1]! * step * (t3 - t2)
    );
  };
}
