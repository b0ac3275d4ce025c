/** The two neural networks that look at photos, independent of what runs them. */

/** Side of the square picture that both networks take (px). */
export const SIDE = 256;

/** Shape of the input of both networks: one picture of RGB pixels. */
export const INPUT_SHAPE: [number, number, number, number] = [1, SIDE, SIDE, 3];

/** Runs a network on one picture of SIDE × SIDE pixels: RGB, row by row. */
export type Network<Input> = (pixels: Input) => Promise<ArrayLike<number>>;

export interface Networks {
  /** MoveNet MultiPose. Takes pixels from 0 to 255 and finds up to six people with 17 keypoints each. */
  readonly people: Network<Int32Array>;
  /** MediaPipe Selfie Segmentation. Takes pixels from 0 to 1 and tells for each of them whether it shows a person. */
  readonly person: Network<Float32Array>;
}
