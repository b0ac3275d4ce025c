/** Ellipses, which stand for the cross-sections of a body. */

/**
 * Circumference of an ellipse, in the unit of its two diameters. Ramanujan's second approximation (1914, "Modular
 * equations and approximations to π"); its error is below 10⁻⁶ for any body.
 */
export function ellipseCircumference(width: number, depth: number): number {
  const [a, b] = [width / 2, depth / 2];
  const h = ((a - b) / (a + b)) ** 2;
  return Math.PI * (a + b) * (1 + (3 * h) / (10 + Math.sqrt(4 - 3 * h)));
}
