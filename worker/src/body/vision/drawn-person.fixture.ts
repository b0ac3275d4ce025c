/** Somebody 600 px tall (rows 40 to 640) about whom tests draw pictures. */

import { JOINTS, type Joint, type Person } from '@reddyfit/shared/gate/person';

const ROWS: Record<string, number> = { nose: 85, Eye: 78, Ear: 81, Shoulder: 149, Elbow: 250, Wrist: 332, Hip: 321, Knee: 468, Ankle: 614 }; // prettier-ignore
const ASIDE: Record<string, number> = { nose: 0, Eye: 6, Ear: 15, Shoulder: 38, Elbow: 105, Wrist: 105, Hip: 23, Knee: 23, Ankle: 23 }; // prettier-ignore

/** Their joints, from the front; `middle` is the column of the trunk's middle (px). */
export const drawnPerson = (middle: number): Person => ({
  score: 0.9,
  joints: Object.fromEntries(
    JOINTS.map((joint: Joint) => {
      const name = joint.replace(/^(left|right)/, '');
      const x = middle + (joint.startsWith('left') ? 1 : -1) * ASIDE[name]!;
      return [joint, { x, y: ROWS[name]!, score: 0.9 }];
    }),
  ) as Person['joints'],
});
