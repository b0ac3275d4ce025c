/** A person in a photo, described by joints. */

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

/** The body's height from sole to crown (px), by keypoints: from the eyes to the ankles is about nine tenths of it. */
export function tallness(person: Person): number {
  const eyes = middle(person, ['leftEye', 'rightEye'], 'y');
  return (middle(person, ['leftAnkle', 'rightAnkle'], 'y') - eyes) / 0.895;
}

/** The certainty (0–1) that anything below the waist is seen: that of hips, knees or ankles, whichever is the highest. */
export function sureBelowWaist({ joints }: Person): number {
  const pairs = ['Hip', 'Knee', 'Ankle'] as const;
  return Math.max(...pairs.map((pair) => (joints[`left${pair}`].score + joints[`right${pair}`].score) / 2));
}
