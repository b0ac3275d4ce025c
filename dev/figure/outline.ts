/** Smooth curves through given points, as SVG path data; points are in cm, y upwards from the floor. */

/** A point in cm: x to the right of the body's middle, y above the floor. */
export type Point = readonly [x: number, y: number];

const at = (x: number, y: number) => `${x.toFixed(3)} ${(-y).toFixed(3)}`;

/** Point between two others; `share` 0 is the first, 1 the second. */
export function between([ax, ay]: Point, [bx, by]: Point, share: number): Point {
  return [ax + (bx - ax) * share, ay + (by - ay) * share];
}

/** Number between two others. */
export function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}

/** The same contour on the other side of the body. */
function mirrored(points: readonly Point[]): Point[] {
  return points.map(([x, y]) => [-x, y]);
}

/** Half a contour, from top to bottom, and its mirror image, as one closed list. */
export function symmetric(half: readonly Point[]): Point[] {
  return [...half, ...mirrored(half).toReversed()];
}

/**
 * Centripetal Catmull-Rom spline (Barry and Goldman, 1988; Yuksel, 2011): passes through every point without loops or
 * overshoot at close points, so a width given at a row is exactly the width drawn there.
 */
export function smooth(points: readonly Point[], { closed = true }: { closed?: boolean } = {}): string {
  const count = points.length;
  const point = (index: number) =>
    closed ? points[(index + count) % count]! : points[Math.min(Math.max(index, 0), count - 1)]!;
  const gap = ([ax, ay]: Point, [bx, by]: Point) => Math.max(1e-6, Math.hypot(bx - ax, by - ay) ** 0.5);
  let path = `M${at(...point(0))}`;
  for (let index = 0; index < (closed ? count : count - 1); index++) {
    const [p0, p1, p2, p3] = [point(index - 1), point(index), point(index + 1), point(index + 2)];
    const [d1, d2, d3] = [gap(p0, p1), gap(p1, p2), gap(p2, p3)];
    const control = (near: Point, before: Point, after: Point, dBefore: number, dAfter: number): Point => {
      const axis = (k: 0 | 1) =>
        (dBefore ** 2 * after[k] -
          dAfter ** 2 * before[k] +
          (2 * dBefore ** 2 + 3 * dBefore * dAfter + dAfter ** 2) * near[k]) /
        (3 * dBefore * (dBefore + dAfter));
      return [axis(0), axis(1)];
    };
    const c1 = p0 === p1 ? p1 : control(p1, p0, p2, d1, d2);
    const c2 = p3 === p2 ? p2 : control(p2, p3, p1, d3, d2);
    path += `C${at(...c1)} ${at(...c2)} ${at(...p2)}`;
  }
  return closed ? `${path}Z` : path;
}
