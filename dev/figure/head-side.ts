/** The head in profile, facing +x. */

import type { Figure } from './figure.ts';
import { type Head, placed } from './head.ts';
import { type Point, smooth } from './outline.ts';

export function headSide(figure: Figure, originX: number): Head {
  const path = (points: readonly Point[], closed = true) =>
    smooth(placed(figure, originX, points), { closed });
  const skull = path([
    [0.02, 1.0],
    [0.2, 0.97],
    [0.325, 0.88],
    [0.375, 0.75],
    [0.378, 0.635],
    [0.357, 0.56],
    [0.378, 0.49],
    [0.43, 0.395],
    [0.432, 0.36],
    [0.385, 0.335],
    [0.375, 0.31],
    [0.398, 0.255],
    [0.383, 0.222],
    [0.392, 0.18],
    [0.372, 0.14],
    [0.377, 0.085],
    [0.35, 0.02],
    [0.28, -0.005],
    [0.14, 0.035],
    [0.0, 0.03],
    [-0.2, 0.1],
    [-0.33, 0.27],
    [-0.415, 0.5],
    [-0.415, 0.7],
    [-0.33, 0.88],
    [-0.17, 0.975],
  ]);
  const woman = figure.sex === 'female';
  const hair = path([
    [0.02, 1.03],
    [0.2, 1.0],
    [0.325, 0.91],
    [0.372, woman ? 0.83 : 0.795],
    [0.29, 0.8],
    [0.2, 0.745],
    [0.155, 0.65],
    [0.12, woman ? 0.56 : 0.52],
    [0.085, woman ? 0.5 : 0.46],
    [0.05, 0.56],
    [-0.03, 0.6],
    [-0.1, 0.54],
    [-0.14, 0.4],
    [-0.2, woman ? 0.3 : 0.2],
    [-0.29, woman ? 0.24 : 0.15],
    [-0.36, 0.3],
    [-0.435, 0.5],
    [-0.435, 0.72],
    [-0.345, 0.91],
    [-0.175, 1.005],
  ]);
  const knot = woman
    ? `<path d="${path([
        [-0.36, 0.98],
        [-0.48, 0.98],
        [-0.56, 0.9],
        [-0.56, 0.78],
        [-0.48, 0.71],
        [-0.36, 0.74],
      ])}" fill="${figure.hair}" filter="url(#round)"/>`
    : '';
  const features = `
    ${knot}
    <path d="${hair}" fill="${figure.hair}" filter="url(#round)"/>
    <path d="${path(
      [
        [0.22, 0.578],
        [0.29, 0.6],
        [0.355, 0.575],
      ],
      false,
    )}" class="brow"/>
    <path d="${path([
      [0.25, 0.483],
      [0.3, 0.512],
      [0.335, 0.5],
      [0.335, 0.478],
      [0.3, 0.468],
    ])}" fill="#f3ece6"/>
    <path d="${path([
      [0.305, 0.49],
      [0.318, 0.508],
      [0.334, 0.49],
      [0.318, 0.468],
    ])}" fill="#4a3324"/>
    <path d="${path(
      [
        [0.235, 0.48],
        [0.29, 0.514],
        [0.342, 0.503],
      ],
      false,
    )}" class="lid"/>
    <path d="${path(
      [
        [0.36, 0.385],
        [0.345, 0.355],
        [0.37, 0.335],
      ],
      false,
    )}" class="feature"/>
    <path d="${path(
      [
        [0.385, 0.222],
        [0.33, 0.218],
        [0.3, 0.21],
      ],
      false,
    )}" class="feature"/>
    <path d="${path([
      [0.02, 0.545],
      [0.065, 0.53],
      [0.07, 0.47],
      [0.035, 0.4],
      [0.0, 0.355],
      [-0.03, 0.38],
      [-0.035, 0.5],
    ])}" class="ear"/>
    <path d="${path(
      [
        [0.015, 0.52],
        [0.045, 0.5],
        [0.03, 0.44],
        [0.005, 0.4],
      ],
      false,
    )}" class="feature"/>`;
  return { skull, features };
}
