/** The certainty of an estimate, as a number from 0 to 1. */

/** The error (points) up to which a body fat counts as right. */
const RIGHT_WITHIN = 5;

/** Probability that the truth is within 5 points of an estimate with this standard deviation (points), for normal errors. */
export function certainty(sd: number): number {
  return errorFunction(RIGHT_WITHIN / (sd * Math.SQRT2));
}

/**
 * Error function of x ≥ 0, accurate to 0.000025: Abramowitz & Stegun (1964), Handbook of Mathematical Functions, 7.1.25.
 */
function errorFunction(x: number): number {
  const t = 1 / (1 + 0.47047 * x);
  return 1 - (0.3480242 * t - 0.0958798 * t ** 2 + 0.7478556 * t ** 3) * Math.exp(-(x ** 2));
}
