/** Finds the people in a picture and their joints. */

import type { GraphModel } from '@tensorflow/tfjs-converter';
import { tensor4d, type Tensor } from '@tensorflow/tfjs-core';
import type { Picture } from './picture.ts';

/** MoveNet's keypoints (COCO), in its order; left and right are the person's own. */
export const JOINTS = [
  'nose',
  'leftEye',
  'rightEye',
  'leftEar',
  'rightEar',
  'leftShoulder',
  'rightShoulder',
  'leftElbow',
  'rightElbow',
  'leftWrist',
  'rightWrist',
  'leftHip',
  'rightHip',
  'leftKnee',
  'rightKnee',
  'leftAnkle',
  'rightAnkle',
] as const;
export type Joint = (typeof JOINTS)[number];

/** A joint in a photo (px) and how sure the network is of it (0–1). */
export interface Keypoint {
  readonly x: number;
  readonly y: number;
  readonly score: number;
}

export interface Person {
  /** How sure the network is that this is a person (0–1). */
  readonly score: number;
  readonly joints: Readonly<Record<Joint, Keypoint>>;
}

/** Mean place of some joints along one axis (px). */
export function middle({ joints }: Person, of: readonly Joint[], axis: 'x' | 'y'): number {
  return of.reduce((sum, joint) => sum + joints[joint][axis], 0) / of.length;
}

/** Sole to crown by keypoints (px): from the eyes to the ankles is about nine tenths of a body. */
export function tallness(person: Person): number {
  const eyes = middle(person, ['leftEye', 'rightEye'], 'y');
  return (middle(person, ['leftAnkle', 'rightAnkle'], 'y') - eyes) / 0.895;
}

/** Side of the square that the network looks at (px). */
const SIDE = 256;

/** Numbers that the network writes for each of its six people: 17 keypoints, a box, a score. */
const ROW = 56;

/** Below this a candidate is no person but noise. */
const LEAST_SCORE = 0.15;

/** People in the picture, the surest first; positions in the picture's own pixels. */
export async function findPeople(model: GraphModel, picture: Picture): Promise<Person[]> {
  const { pixels, scale, left, top } = await picture.square(SIDE);
  const input = tensor4d(Int32Array.from(pixels), [1, SIDE, SIDE, 3], 'int32');
  const output = model.execute(input) as Tensor;
  const numbers = await output.data();
  input.dispose();
  output.dispose();
  const people: Person[] = [];
  for (let row = 0; row + ROW <= numbers.length; row += ROW) {
    const score = numbers[row + ROW - 1]!;
    if (score < LEAST_SCORE) continue;
    const joints = Object.fromEntries(
      JOINTS.map((joint, i) => {
        const [y, x, sure] = [0, 1, 2].map((axis) => numbers[row + i * 3 + axis]!) as [
          number,
          number,
          number,
        ];
        return [joint, { x: (x * SIDE - left) / scale, y: (y * SIDE - top) / scale, score: sure }];
      }),
    );
    people.push({ score, joints: joints as Person['joints'] });
  }
  return people.toSorted((a, b) => b.score - a.score);
}
