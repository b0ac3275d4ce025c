/** The pose of a person who stands as they should in a photo of 900×1200, for tests to change. */

import type { Angle } from '../names/angles.ts';
import type { Pose } from './pose.ts';
import { JOINTS, type Joint, type Keypoint, type Person } from './person.ts';

/** The distance between the joints of each pair as seen from the front, and the row of the pair (px). */
const PAIRS: Record<string, readonly [apart: number, row: number]> = {
  Eye: [35, 160],
  Ear: [70, 170],
  Shoulder: [230, 290],
  Elbow: [320, 460],
  Wrist: [400, 610],
  Hip: [120, 560],
  Knee: [130, 800],
  Ankle: [120, 1060],
};

/** The factor on those distances from each angle, and the offset of the nose (px). */
const TURNED: Record<Angle, number> = { front: 1, back: -1, left: 0, right: 0 };
const NOSE: Record<Angle, number> = { front: 0, back: 0, left: -55, right: 55 };

export function standing(angle: Angle): Person {
  const joint = (name: Joint): Keypoint => {
    if (name === 'nose') return { x: 450 + NOSE[angle], y: 180, score: angle === 'back' ? 0.4 : 0.7 };
    const side = name.startsWith('left') ? 1 : -1;
    const [apart, row] = PAIRS[name.replace(/^left|^right/, '')]!;
    return { x: 450 + (side * TURNED[angle] * apart) / 2, y: row, score: 0.7 };
  };
  const joints = Object.fromEntries(JOINTS.map((name) => [name, joint(name)]));
  return { score: 0.7, joints: joints as Person['joints'] };
}

/** The colours of a face, and of the back of a head with dark hair. */
const HEAD = {
  front: { colour: [200, 150, 115], fromSkin: 0.1, fromHair: 1.7, skinFromHair: 1.7 },
  back: { colour: [60, 42, 34], fromSkin: 1.7, fromHair: 0.1, skinFromHair: 1.7 },
} as const;

export function poseOf(angle: Angle): Pose {
  const stance = {
    tiltDegrees: 1,
    head: HEAD[angle === 'back' ? 'back' : 'front'],
    legs: [200, 150, 115],
    top: 70,
    bottom: 1120,
    armGap: 1,
  };
  return { width: 900, height: 1200, people: [standing(angle)], stance };
}
