/** The two networks that look at photos, whoever runs them. */

/** Side of the square that both networks look at (px). */
export const SIDE = 256;

/** Shape of what both are given: one picture of RGB pixels. */
export const INPUT_SHAPE: [number, number, number, number] = [1, SIDE, SIDE, 3];

/** Runs a network on one picture of SIDE × SIDE pixels: RGB, row by row. */
export type Network<Input> = (pixels: Input) => Promise<ArrayLike<number>>;

export interface Networks {
  /** MoveNet MultiPose, of pixels from 0 to 255: up to six people and 17 keypoints of each. */
  readonly people: Network<Int32Array>;
  /** MediaPipe Selfie Segmentation, of pixels from 0 to 1: which of them show a person. */
  readonly person: Network<Float32Array>;
}
