/** The body as the left and right photos show it, facing +x: one contour from neck to foot, and the arm in front of it. */

import { levelCm, type Figure, type Level } from './figure.ts';
import { mix, type Point, smooth } from './outline.ts';

export interface SideBody {
  /** Path data of the silhouette without head and arm. */
  readonly silhouette: string;
  /** Path data of the arm. */
  readonly arm: string;
  /** Where the head sits: middle of the neck at its top (x in cm). */
  readonly headX: number;
  /** Front and back edge (x in cm) at the levels that clothes follow. */
  readonly edge: (level: Level) => { readonly front: number; readonly back: number };
}

/** Sway of the body's middle against the vertical at each level (cm at 180 cm of height, + is forward). */
const SWAY: Record<Level, number> = {
  neck: 0.9,
  shoulder: -1.9,
  chest: -0.3,
  waist: 0.2,
  hip: -1.1,
  thigh: 0.1,
  knee: -0.5,
  calf: -2.6,
  ankle: -3.4,
};

/** Builds contour and arm; each girth's depth is exact at its level. */
export function sideBody(figure: Figure): SideBody {
  const h = figure.heightCm;
  const y = (level: Level) => levelCm(figure, level);
  const edge = (level: Level) => {
    const middle = (SWAY[level] * h) / 180;
    return { front: middle + figure[level].depthCm / 2, back: middle - figure[level].depthCm / 2 };
  };
  const front = (level: Level): Point => [edge(level).front, y(level)];
  const back = (level: Level): Point => [edge(level).back, y(level)];
  const woman = figure.sex === 'female';
  const belly = Math.max(0, edge('waist').front - mix(edge('chest').front, edge('hip').front, 0.5));
  const ankle = edge('ankle');

  const frontEdge: Point[] = [
    [edge('neck').front + 0.7, 0.88 * h],
    front('neck'),
    [mix(edge('neck').front, edge('shoulder').front, 0.22), 0.8295 * h],
    [mix(edge('neck').front, edge('shoulder').front, 0.62), 0.812 * h],
    front('shoulder'),
    [mix(edge('shoulder').front, edge('chest').front, woman ? 0.6 : 0.74), 0.75 * h],
    front('chest'),
    [mix(edge('chest').front, edge('waist').front, woman ? 0.78 : 0.62), 0.67 * h],
    front('waist'),
    [mix(edge('waist').front, edge('hip').front, 0.45) + belly * 0.25 + 0.3, 0.566 * h],
    front('hip'),
    [mix(edge('hip').front, edge('thigh').front, 0.5), 0.462 * h],
    front('thigh'),
    [mix(edge('thigh').front, edge('knee').front, 0.6), 0.338 * h],
    [edge('knee').front, y('knee')],
    [mix(edge('knee').front, edge('calf').front, 0.62), 0.252 * h],
    front('calf'),
    [mix(edge('calf').front, ankle.front, 0.62), 0.12 * h],
    front('ankle'),
    [ankle.front + 0.018 * h, 0.0355 * h],
    [ankle.front + 0.048 * h, 0.0225 * h],
    [ankle.front + 0.074 * h, 0.0135 * h],
    [ankle.front + 0.083 * h, 0.006 * h],
    [ankle.front + 0.079 * h, 0.0005 * h],
    [ankle.front + 0.05 * h, 0],
  ];
  const backEdge: Point[] = [
    [ankle.back + 0.012 * h, 0],
    [ankle.back - 0.008 * h, 0.0015 * h],
    [ankle.back - 0.0135 * h, 0.0125 * h],
    [ankle.back - 0.007 * h, 0.029 * h],
    back('ankle'),
    [mix(edge('calf').back, ankle.back, 0.7), 0.115 * h],
    back('calf'),
    [mix(edge('knee').back, edge('calf').back, 0.55), 0.252 * h],
    back('knee'),
    [mix(edge('thigh').back, edge('knee').back, 0.52), 0.338 * h],
    back('thigh'),
    [mix(edge('hip').back, edge('thigh').back, 0.5), 0.455 * h],
    [mix(edge('hip').back, edge('thigh').back, 0.08), 0.487 * h],
    back('hip'),
    [mix(edge('hip').back, edge('waist').back, 0.42), 0.557 * h],
    back('waist'),
    [mix(edge('waist').back, edge('chest').back, 0.52), 0.664 * h],
    back('chest'),
    [mix(edge('chest').back, edge('shoulder').back, 0.62) - 0.5, 0.756 * h],
    back('shoulder'),
    [mix(edge('shoulder').back, edge('neck').back, 0.34), 0.8165 * h],
    [mix(edge('shoulder').back, edge('neck').back, 0.78), 0.834 * h],
    back('neck'),
    [edge('neck').back + 1.6, 0.873 * h],
    [edge('neck').back + 4, 0.9 * h],
  ];

  return {
    silhouette: smooth([...frontEdge, ...backEdge]),
    arm: arm(figure),
    headX: (edge('neck').front + edge('neck').back) / 2,
    edge,
  };
}

/** Edge of the arm: `share` of its depth before (+) or behind (−) its middle. */
const across = (x: number, depth: number, share: number): number => x + depth * share;

/** The arm that hangs at the side, slightly bent. */
function arm(figure: Figure): string {
  const h = figure.heightCm;
  const unit = h / 180;
  const middle = { shoulder: -2 * unit, elbow: -3.6 * unit, wrist: 1.6 * unit, knuckles: 4.2 * unit };
  const { upperArm, forearm, wrist } = figure;
  const deltoid = upperArm.depthCm * 1.1;
  return smooth([
    [middle.shoulder, 0.822 * h],
    [across(middle.shoulder, deltoid, 0.36), 0.812 * h],
    [across(middle.shoulder, deltoid, 0.5), 0.785 * h],
    [across(mix(middle.shoulder, middle.elbow, 0.45), upperArm.depthCm, 0.5), 0.72 * h],
    [across(mix(middle.shoulder, middle.elbow, 0.85), upperArm.depthCm, 0.43), 0.655 * h],
    [across(middle.elbow, forearm.depthCm, 0.56), 0.622 * h],
    [across(mix(middle.elbow, middle.wrist, 0.4), forearm.depthCm, 0.5), 0.575 * h],
    [across(mix(middle.elbow, middle.wrist, 0.8), wrist.depthCm, 0.62), 0.52 * h],
    [across(middle.wrist, wrist.depthCm, 0.52), 0.49 * h],
    [middle.knuckles + 1.6 * unit, 0.466 * h],
    [middle.knuckles + 2.3 * unit, 0.444 * h],
    [middle.knuckles + 1.3 * unit, 0.43 * h],
    [middle.knuckles + 1.5 * unit, 0.414 * h],
    [middle.knuckles - 0.1 * unit, 0.388 * h],
    [middle.knuckles - 2.3 * unit, 0.383 * h],
    [middle.knuckles - 4.6 * unit, 0.402 * h],
    [middle.knuckles - 6.0 * unit, 0.432 * h],
    [middle.knuckles - 6.1 * unit, 0.462 * h],
    [across(middle.wrist, wrist.depthCm, -0.54), 0.49 * h],
    [across(mix(middle.elbow, middle.wrist, 0.8), wrist.depthCm, -0.62), 0.518 * h],
    [across(mix(middle.elbow, middle.wrist, 0.38), forearm.depthCm, -0.5), 0.575 * h],
    [across(middle.elbow, forearm.depthCm, -0.52), 0.622 * h],
    [across(mix(middle.shoulder, middle.elbow, 0.8), upperArm.depthCm, -0.46), 0.662 * h],
    [across(mix(middle.shoulder, middle.elbow, 0.45), upperArm.depthCm, -0.5), 0.72 * h],
    [across(middle.shoulder, deltoid, -0.5), 0.785 * h],
    [across(middle.shoulder, deltoid, -0.36), 0.812 * h],
  ]);
}
