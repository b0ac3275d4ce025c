/** The body as front and back show it: one contour from neck to feet, arms a little off the torso. */

import { levelCm, type Figure, type Level } from './figure.ts';
import { between, mix, type Point, smooth, symmetric } from './outline.ts';

/** What the drawing of clothes and shading needs to know about the contour. */
export interface FrontBody {
  /** Path data of the whole silhouette without the head. */
  readonly silhouette: string;
  /** Right arm's joints (picture's right), from shoulder to fingertips. */
  readonly arm: {
    readonly shoulder: Point;
    readonly elbow: Point;
    readonly wrist: Point;
    readonly tip: Point;
    readonly armpit: Point;
  };
  /** Middle of one leg at each level (x in cm, picture's right). */
  readonly leg: {
    readonly thigh: number;
    readonly knee: number;
    readonly calf: number;
    readonly ankle: number;
  };
}

/** Steps `across` to the right of the way from `a` to `b`, standing at `share` of it. */
function beside(a: Point, b: Point, share: number, across: number): Point {
  const [x, y] = between(a, b, share);
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  return [x - (across * (b[1] - a[1])) / length, y + (across * (b[0] - a[0])) / length];
}

/** Edge of a limb of `width` cm on the side away from the body. */
const outer = (a: Point, b: Point, share: number, width: number) => beside(a, b, share, width / 2);
const inner = (a: Point, b: Point, share: number, width: number) => beside(a, b, share, -width / 2);

/** End of a limb that hangs from `from`, `radians` off the vertical. */
const reach = (from: Point, length: number, radians: number): Point => [
  from[0] + Math.sin(radians) * length,
  from[1] - Math.cos(radians) * length,
];

/** Angle off the vertical (radians) that leaves 3 cm of wall between hand and hip, and between forearm and waist. */
function armAngle(figure: Figure, shoulderX: number): number {
  const tangent = (level: 'waist' | 'hip', limbHalf: number) =>
    (figure[level].widthCm / 2 + 3 + limbHalf - shoulderX) /
    (0.79 * figure.heightCm - levelCm(figure, level));
  return Math.min(
    0.6,
    Math.atan(Math.max(0.26, tangent('waist', figure.forearm.widthCm * 0.6), tangent('hip', 6))),
  );
}

/** Builds the contour; each girth's width is exact at its level. */
export function frontBody(figure: Figure): FrontBody {
  const h = figure.heightCm;
  const half = (level: Level) => figure[level].widthCm / 2;
  const y = (level: Level) => levelCm(figure, level);

  const shoulderHalf = half('shoulder');
  const shoulder: Point = [shoulderHalf - figure.upperArm.widthCm * 0.52, 0.79 * h];
  const angle = armAngle(figure, shoulder[0]);
  const elbow = reach(shoulder, 0.165 * h, angle * 1.04);
  const wrist = reach(elbow, 0.148 * h, angle * 0.86);
  const tip = reach(wrist, 0.103 * h, angle * 0.5);

  const { upperArm, forearm } = figure;
  const wristWidth = figure.wrist.widthCm;

  const chestSide = (at: number): number =>
    mix(half('chest'), half('chest') * 1.01, Math.max(0, (at - y('chest')) / (0.04 * h)));
  const armpitY = ((): number => {
    // the inner line of the arm meets the side of the chest
    const start = inner(shoulder, elbow, 0, upperArm.widthCm);
    const drop = (half('chest') * 1.02 - start[0]) / Math.tan(angle * 1.04);
    return Math.min(0.752 * h, start[1] - drop);
  })();
  const armpit: Point = [chestSide(armpitY) - 0.1, armpitY];

  const arm: Point[] = [
    [shoulderHalf * 0.68, 0.8165 * h],
    [shoulderHalf * 0.84, 0.8115 * h],
    [shoulderHalf * 0.945, 0.802 * h],
    [shoulderHalf, y('shoulder')],
    outer(shoulder, elbow, 0.45, upperArm.widthCm * 1.02),
    outer(shoulder, elbow, 0.78, upperArm.widthCm * 0.88),
    outer(elbow, wrist, 0.0, upperArm.widthCm * 0.84),
    outer(elbow, wrist, 0.24, forearm.widthCm * 1.04),
    outer(elbow, wrist, 0.62, forearm.widthCm * 0.86),
    outer(elbow, wrist, 0.97, wristWidth),
    outer(wrist, tip, 0.16, wristWidth * 1.08),
    outer(wrist, tip, 0.42, wristWidth * 1.3),
    outer(wrist, tip, 0.72, wristWidth * 1.02),
    outer(wrist, tip, 0.93, wristWidth * 0.62),
    tip,
    inner(wrist, tip, 0.94, wristWidth * 0.5),
    inner(wrist, tip, 0.74, wristWidth * 0.86),
    inner(wrist, tip, 0.6, wristWidth * 1.0),
    inner(wrist, tip, 0.52, wristWidth * 1.42),
    inner(wrist, tip, 0.38, wristWidth * 1.5),
    inner(wrist, tip, 0.18, wristWidth * 1.2),
    inner(elbow, wrist, 0.96, wristWidth),
    inner(elbow, wrist, 0.6, forearm.widthCm * 0.88),
    inner(elbow, wrist, 0.22, forearm.widthCm * 0.98),
    inner(elbow, wrist, 0.02, forearm.widthCm * 0.9),
    inner(shoulder, elbow, 0.8, upperArm.widthCm * 0.86),
    inner(shoulder, elbow, 0.52, upperArm.widthCm * 0.98),
  ];

  const torso: Point[] = [
    armpit,
    ...(armpitY > y('chest') + 2 ? [[half('chest'), y('chest')] as Point] : []),
    [mix(half('chest'), half('waist'), 0.14), 0.694 * h],
    [mix(half('chest'), half('waist'), 0.52), 0.663 * h],
    [half('waist'), y('waist')],
    [mix(half('waist'), half('hip'), 0.55), 0.567 * h],
    [half('hip'), y('hip')],
  ];

  const thighX = Math.max(half('thigh') + 0.55, half('hip') * 0.985 - half('thigh'));
  const leg = {
    thigh: thighX,
    knee: mix(thighX, half('hip') * 0.62, 0.5) + 0.2,
    calf: half('hip') * 0.6,
    ankle: half('hip') * 0.545,
  };
  const side = (level: 'thigh' | 'knee' | 'calf' | 'ankle', sign: 1 | -1, lean = 0): Point => [
    leg[level] + sign * half(level) + lean,
    y(level),
  ];
  const legs: Point[] = [
    [mix(half('hip'), thighX + half('thigh'), 0.42), 0.464 * h],
    side('thigh', 1),
    [mix(leg.thigh + half('thigh'), leg.knee + half('knee'), 0.62), 0.338 * h],
    side('knee', 1),
    [mix(leg.knee + half('knee'), leg.calf + half('calf'), 0.6), 0.255 * h],
    side('calf', 1),
    [mix(leg.calf + half('calf'), leg.ankle + half('ankle'), 0.62), 0.125 * h],
    side('ankle', 1),
    [leg.ankle + half('ankle') * 1.3, 0.032 * h],
    [leg.ankle + half('ankle') * 1.75, 0.017 * h],
    [leg.ankle + half('ankle') * 1.72, 0.005 * h],
    [leg.ankle + half('ankle') * 1.1, 0.0],
    [leg.ankle - half('ankle') * 0.4, 0.0],
    [leg.ankle - half('ankle') * 1.06, 0.005 * h],
    [leg.ankle - half('ankle') * 1.12, 0.018 * h],
    [leg.ankle - half('ankle') * 1.04, 0.034 * h],
    side('ankle', -1),
    [mix(leg.calf - half('calf'), leg.ankle - half('ankle'), 0.66), 0.118 * h],
    side('calf', -1),
    [mix(leg.knee - half('knee'), leg.calf - half('calf'), 0.42), 0.25 * h],
    side('knee', -1),
    [mix(leg.thigh - half('thigh'), leg.knee - half('knee'), 0.62), 0.335 * h],
    side('thigh', -1),
    [0.42, 0.4545 * h],
  ];

  const neck: Point[] = [
    [half('neck') * 0.7, 0.9 * h],
    [half('neck') * 0.955, 0.872 * h],
    [half('neck'), y('neck')],
    [half('neck') * 1.16, 0.8375 * h],
    [mix(half('neck'), shoulderHalf, 0.3), 0.828 * h],
  ];

  return {
    silhouette: smooth(symmetric([...neck, ...arm, ...torso, ...legs])),
    arm: { shoulder, elbow, wrist, tip, armpit },
    leg,
  };
}
