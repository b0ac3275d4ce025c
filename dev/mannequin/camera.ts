/** From a body in its room to pixels: which side is turned to the camera, and how the camera sees it. */

import type { Angle } from '@reddyfit/shared/photos';

/** Where the camera stands and how it is held. */
export interface Camera {
  /** Size of the photo (px). */
  readonly width: number;
  readonly height: number;
  /** Pixels for a centimetre at the body's middle. */
  readonly pxPerCm: number;
  /** Column of the body's middle and row of the soles (px), before the camera is turned about its axis. */
  readonly centreX: number;
  readonly floorY: number;
  /** The body turned away from the asked side (radians), and the camera turned about its axis (radians, clockwise). */
  readonly yaw: number;
  readonly roll: number;
  /** Distance from the body's middle and height above the floor (cm); a camera without sees in parallel lines. */
  readonly perspective: { readonly distanceCm: number; readonly heightCm: number } | null;
}

/** Turn of the body (radians) that brings a side to the camera. */
const TURN: Record<Angle, number> = { front: 0, back: Math.PI, left: -Math.PI / 2, right: Math.PI / 2 };

/** Projects points of the body: writes column and row (px) and nearness (cm, more is nearer) into `into`. */
export function projection(camera: Camera, angle: Angle) {
  const { pxPerCm, centreX, floorY, yaw, roll, perspective, width, height } = camera;
  const turn = TURN[angle] + yaw;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const [rollCos, rollSin] = [Math.cos(roll), Math.sin(roll)];
  const turned = (x: number, z: number): [number, number] => [x * cos + z * sin, z * cos - x * sin];
  return {
    /** A direction seen from the camera: right, up, towards it. */
    direction(x: number, y: number, z: number): [number, number, number] {
      const [right, near] = turned(x, z);
      return [right, y, near];
    },
    project(x: number, y: number, z: number, into: Float64Array, at: number): void {
      const [right, near] = turned(x, z);
      const scale = perspective ? perspective.distanceCm / (perspective.distanceCm - near) : 1;
      const eye = perspective?.heightCm ?? 0;
      const column = centreX + right * scale * pxPerCm - width / 2;
      const row = floorY - (eye + (y - eye) * scale) * pxPerCm - height / 2;
      into[at] = column * rollCos - row * rollSin + width / 2;
      into[at + 1] = column * rollSin + row * rollCos + height / 2;
      into[at + 2] = near;
    },
  };
}
