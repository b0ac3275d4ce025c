import { expect, it } from 'vitest';
import { ellipseCircumference } from './ellipse.ts';

/** The circumference, approximated by many chords. */
function byChords(width: number, depth: number): number {
  const steps = 100_000;
  let sum = 0;
  let [x, y] = [width / 2, 0];
  for (let i = 1; i <= steps; i++) {
    const theta = (2 * Math.PI * i) / steps;
    const [nextX, nextY] = [(width / 2) * Math.cos(theta), (depth / 2) * Math.sin(theta)];
    sum += Math.hypot(nextX - x, nextY - y);
    [x, y] = [nextX, nextY];
  }
  return sum;
}

it.each([
  [12, 12],
  [30, 22],
  [36, 25],
  [50, 20],
])('a section of %d × %d cm has the circumference of its outline', (width, depth) => {
  expect(ellipseCircumference(width, depth)).toBeCloseTo(byChords(width, depth), 5);
  expect(ellipseCircumference(depth, width)).toBeCloseTo(ellipseCircumference(width, depth), 9);
});
