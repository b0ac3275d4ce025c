/** The head from the front, with its face, and from behind. */

import type { Figure } from './figure.ts';
import { type Head, placed } from './head.ts';
import { type Point, smooth, symmetric } from './outline.ts';

const SKULL_HALF: Point[] = [
  [0.0, 1.0],
  [0.17, 0.975],
  [0.285, 0.885],
  [0.335, 0.74],
  [0.338, 0.58],
  [0.325, 0.42],
  [0.295, 0.26],
  [0.235, 0.12],
  [0.14, 0.025],
  [0.05, 0.0],
];

const EAR: Point[] = [
  [0.325, 0.53],
  [0.36, 0.555],
  [0.382, 0.525],
  [0.372, 0.45],
  [0.345, 0.375],
  [0.318, 0.375],
];

/** Round the crown; a woman's hair is drawn back into a knot, so that the neck stays free. */
const CROWN_HALF: Point[] = [
  [0.0, 1.03],
  [0.185, 1.0],
  [0.305, 0.9],
  [0.352, 0.75],
  [0.352, 0.6],
];

export function headFront(figure: Figure): Head {
  const path = (points: readonly Point[], closed = true) => smooth(placed(figure, 0, points), { closed });
  const ears = path(EAR) + path(EAR.map(([x, y]): Point => [-x, y]).toReversed());
  const both = (points: readonly Point[], closed = true) =>
    path(points, closed) +
    path(
      points.map(([x, y]) => [-x, y]),
      closed,
    );
  const woman = figure.sex === 'female';
  const hairline: Point[] = woman
    ? [
        [0.333, 0.6],
        [0.305, 0.72],
        [0.22, 0.82],
        [0.1, 0.865],
        [0.0, 0.872],
      ]
    : [
        [0.333, 0.56],
        [0.322, 0.66],
        [0.283, 0.745],
        [0.235, 0.8],
        [0.11, 0.815],
        [0.0, 0.805],
      ];
  const half = [...CROWN_HALF.slice(1), ...hairline.slice(0, -1)];
  const hair = path([
    CROWN_HALF[0]!,
    ...half,
    hairline.at(-1)!,
    ...half.map(([x, y]): Point => [-x, y]).toReversed(),
  ]);
  const knot = woman
    ? `<path d="${path([
        [0, 1.13],
        [0.09, 1.11],
        [0.115, 1.04],
        [0.08, 0.98],
        [-0.08, 0.98],
        [-0.115, 1.04],
        [-0.09, 1.11],
      ])}" fill="${figure.hair}" filter="url(#round)"/>`
    : '';
  const eye: Point[] = [
    [0.08, 0.478],
    [0.11, 0.502],
    [0.15, 0.507],
    [0.19, 0.486],
    [0.15, 0.467],
    [0.11, 0.465],
  ];
  const features = `
    ${knot}
    <path d="${hair}" fill="${figure.hair}" filter="url(#round)"/>
    <path d="${both(
      [
        [0.07, 0.562],
        [0.13, 0.579],
        [0.185, 0.573],
        [0.22, 0.556],
      ],
      false,
    )}" class="brow"/>
    <path d="${both(eye)}" fill="#f3ece6"/>
    <path d="${both([
      [0.114, 0.487],
      [0.135, 0.509],
      [0.156, 0.487],
      [0.135, 0.465],
    ])}" fill="#4a3324"/>
    <path d="${both(
      [
        [0.07, 0.476],
        [0.105, 0.504],
        [0.15, 0.511],
        [0.2, 0.486],
      ],
      false,
    )}" class="lid"/>
    <path d="${path(
      [
        [0.052, 0.44],
        [0.062, 0.36],
        [0.075, 0.315],
        [0.04, 0.298],
        [0, 0.29],
        [-0.04, 0.298],
        [-0.075, 0.315],
      ],
      false,
    )}" class="feature"/>
    <path d="${path([
      [-0.115, 0.19],
      [-0.04, 0.21],
      [0, 0.203],
      [0.04, 0.21],
      [0.115, 0.19],
      [0.05, 0.152],
      [0, 0.145],
      [-0.05, 0.152],
    ])}" class="lips"/>
    <path d="${path(
      [
        [-0.115, 0.19],
        [-0.03, 0.184],
        [0.03, 0.184],
        [0.115, 0.19],
      ],
      false,
    )}" class="feature"/>
    <path d="${both(
      [
        [0.338, 0.525],
        [0.362, 0.51],
        [0.352, 0.44],
      ],
      false,
    )}" class="feature"/>`;
  return { skull: path(symmetric(SKULL_HALF).slice(1)) + ears, features };
}

export function headBack(figure: Figure): Head {
  const path = (points: readonly Point[]) => smooth(placed(figure, 0, points));
  const ears = path(EAR) + path(EAR.map(([x, y]): Point => [-x, y]).toReversed());
  const woman = figure.sex === 'female';
  const nape: Point[] = woman
    ? [
        [0.335, 0.46],
        [0.27, 0.28],
        [0.14, 0.17],
        [0.0, 0.15],
      ]
    : [
        [0.335, 0.44],
        [0.3, 0.27],
        [0.235, 0.14],
        [0.1, 0.105],
        [0.0, 0.1],
      ];
  const half = [...CROWN_HALF.slice(1), ...nape.slice(0, -1)];
  const hair = path([
    CROWN_HALF[0]!,
    ...half,
    nape.at(-1)!,
    ...half.map(([x, y]): Point => [-x, y]).toReversed(),
  ]);
  const knot = woman
    ? `<path d="${path([
        [0, 0.99],
        [0.14, 0.95],
        [0.18, 0.82],
        [0.13, 0.7],
        [0, 0.665],
        [-0.13, 0.7],
        [-0.18, 0.82],
        [-0.14, 0.95],
      ])}" fill="${figure.hair}" filter="url(#round)" class="knot"/>`
    : '';
  return {
    skull: path(symmetric(SKULL_HALF).slice(1)) + ears,
    features: `<path d="${hair}" fill="${figure.hair}" filter="url(#round)"/>${knot}`,
  };
}
