/** Combines a HEIF picture's turns and mirrors into one of EXIF's eight orientations. */

import type { Orientation } from './exif.ts';

/** Quarter turns anticlockwise, or a mirror that exchanges top and bottom (`vertical`) or left and right (`horizontal`). */
export type Turn = { readonly quarters: number } | { readonly mirror: 'vertical' | 'horizontal' };

/** A 2×2 matrix from the axes of the stored picture to those of the picture shown: x to the right, y down. */
type Matrix = readonly [number, number, number, number];

const MATRICES: Record<Orientation, Matrix> = {
  1: [1, 0, 0, 1],
  2: [-1, 0, 0, 1],
  3: [-1, 0, 0, -1],
  4: [1, 0, 0, -1],
  5: [0, 1, 1, 0],
  6: [0, -1, 1, 0],
  7: [0, -1, -1, 0],
  8: [0, 1, -1, 0],
};

const times = ([a, b, c, d]: Matrix, [e, f, g, h]: Matrix): Matrix => [
  a * e + b * g,
  a * f + b * h,
  c * e + d * g,
  c * f + d * h,
];

function matrixOf(turn: Turn): Matrix {
  if ('mirror' in turn) return MATRICES[turn.mirror === 'horizontal' ? 2 : 4];
  // Orientation 8 is a quarter turn anticlockwise.
  return Array.from({ length: turn.quarters }).reduce<Matrix>(
    (matrix) => times(MATRICES[8], matrix),
    MATRICES[1],
  );
}

/** The orientation that has the same effect as these turns in this order. */
export function orientationOf(turns: readonly Turn[]): Orientation {
  const matrix = turns.reduce<Matrix>((before, turn) => times(matrixOf(turn), before), MATRICES[1]);
  const found = Object.entries(MATRICES).find(([, each]) => each.every((value, i) => value === matrix[i]));
  return Number(found![0]) as Orientation;
}
