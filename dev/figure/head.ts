/** What the three views of the head share. */

import type { Figure } from './figure.ts';
import type { Point } from './outline.ts';

/** Head height, chin to crown, as a share of the standing height (Drillis and Contini, 1966). */
const HEAD = 0.13;

/** A head in two layers of SVG: skin contour as path data, and what is drawn over the shaded skin. */
export interface Head {
  readonly skull: string;
  readonly features: string;
}

/** Turns shares of the head's height (0 chin, 1 crown) into cm above the floor. */
export function placed(figure: Figure, originX: number, points: readonly Point[]): Point[] {
  const size = HEAD * figure.heightCm;
  const chin = figure.heightCm - size;
  return points.map(([x, y]) => [originX + x * size, chin + y * size]);
}
