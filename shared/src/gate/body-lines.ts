/** The middle lines of trunk and arms, row by row, from the joints of a person. */

import { type Keypoint, middle, type Person } from './person.ts';

/** Half the width of a thin arm (share of the body's height). */
export const ARM_HALF = 0.015;

const EARS = ['leftEar', 'rightEar'] as const;
const SHOULDERS = ['leftShoulder', 'rightShoulder'] as const;
const HIPS = ['leftHip', 'rightHip'] as const;
const ANKLES = ['leftAnkle', 'rightAnkle'] as const;
const ARMS = {
  left: ['leftShoulder', 'leftElbow', 'leftWrist'],
  right: ['rightShoulder', 'rightElbow', 'rightWrist'],
} as const;

/**
 * Row → the column of the trunk's middle (px): a line through the middles of ears, shoulders, hips and ankles. In a profile
 * the line goes straight down below the hips.
 */
export function spineOf(person: Person, profile: boolean): (row: number) => number {
  const points = [EARS, SHOULDERS, HIPS, ANKLES].map((joints) => ({
    y: middle(person, joints, 'y'),
    x: middle(person, profile && joints === ANKLES ? HIPS : joints, 'x'),
  }));
  return (row) => {
    const below = points.findIndex(({ y }) => row < y);
    const next = Math.max(1, below < 0 ? points.length - 1 : below);
    const [from, to] = [points[next - 1]!, points[next]!];
    const share = Math.max(0, Math.min(1, (row - from.y) / (to.y - from.y || 1)));
    return from.x + (to.x - from.x) * share;
  };
}

/** Distance from the wrist to the fingertips (lengths of the forearm). */
const HAND = 0.7;

/** Row → the column of an arm's middle (px), from shoulder to fingertips; null above and below. */
export function armOf({ joints }: Person, side: 'left' | 'right'): (row: number) => number | null {
  const [shoulder, elbow, wrist] = ARMS[side].map((joint) => joints[joint]) as [Keypoint, Keypoint, Keypoint];
  const tips = { x: wrist.x + HAND * (wrist.x - elbow.x), y: wrist.y + HAND * (wrist.y - elbow.y) };
  const points = [shoulder, elbow, wrist, tips];
  return (row) => {
    const next = points.findIndex(({ y }) => row < y);
    if (next < 1) return null;
    const [from, to] = [points[next - 1]!, points[next]!];
    return from.x + ((to.x - from.x) * (row - from.y)) / (to.y - from.y);
  };
}
