/** Paints surfaces into a picture: nearest wins, soft light, edges smoothed by four samples to a pixel. */

import type { Angle } from '@reddyfit/shared/photos';
import { type Camera, projection } from './camera.ts';
import type { Mesh } from './mesh.ts';

/** Samples along each side of a pixel. */
const SAMPLES = 2;

/** A canvas of samples. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue of each sample. */
  readonly colour: Uint8Array;
  /** Nearness of what is painted there (cm); -Infinity where nothing is. */
  readonly near: Float32Array;
}

/** An empty canvas for a photo of this size (px). */
export function canvas(width: number, height: number): Canvas {
  const [w, h] = [width * SAMPLES, height * SAMPLES];
  return {
    width: w,
    height: h,
    colour: new Uint8Array(w * h * 3),
    near: new Float32Array(w * h).fill(-Infinity),
  };
}

/** Direction the light comes from, seen from the camera: right, up, towards it. Of length 1. */
export type Light = readonly [right: number, up: number, near: number];

/** Paints meshes as seen from `camera` with `angle` turned to it. */
export function paintMeshes(
  on: Canvas,
  meshes: readonly Mesh[],
  camera: Camera,
  angle: Angle,
  light: Light,
): void {
  const view = projection(camera, angle);
  for (const mesh of meshes) {
    const count = mesh.points.length / 3;
    const seen = new Float64Array(count * 3);
    const shade = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      const at = i * 3;
      view.project(mesh.points[at]!, mesh.points[at + 1]!, mesh.points[at + 2]!, seen, at);
      seen[at]! *= SAMPLES;
      seen[at + 1]! *= SAMPLES;
      const [right, up, near] = view.direction(
        mesh.normals[at]!,
        mesh.normals[at + 1]!,
        mesh.normals[at + 2]!,
      );
      const lit = right * light[0] + up * light[1] + near * light[2];
      // Ambient light, the lamp, and a rim that falls off where the surface turns away.
      shade[i] = 0.5 + 0.42 * Math.max(0, lit) + 0.1 * Math.max(0, near);
    }
    const { rings, segments } = mesh;
    for (let ring = 0; ring + 1 < rings; ring++) {
      for (let segment = 0; segment < segments; segment++) {
        const a = ring * segments + segment;
        const b = ring * segments + ((segment + 1) % segments);
        triangle(on, mesh, seen, shade, a, b, a + segments);
        triangle(on, mesh, seen, shade, b, b + segments, a + segments);
      }
    }
  }
}

const colour = new Float64Array(3);

function triangle(
  on: Canvas,
  { points, paint }: Mesh,
  seen: Float64Array,
  shade: Float64Array,
  a: number,
  b: number,
  c: number,
): void {
  const [ax, ay, az] = [seen[a * 3]!, seen[a * 3 + 1]!, seen[a * 3 + 2]!];
  const [bx, by, bz] = [seen[b * 3]!, seen[b * 3 + 1]!, seen[b * 3 + 2]!];
  const [cx, cy, cz] = [seen[c * 3]!, seen[c * 3 + 1]!, seen[c * 3 + 2]!];
  const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  if (area === 0) return;
  const top = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5));
  const bottom = Math.min(on.height - 1, Math.floor(Math.max(ay, by, cy) - 0.5));
  const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5));
  const right = Math.min(on.width - 1, Math.floor(Math.max(ax, bx, cx) - 0.5));
  // Weights of the corners change evenly from column to column.
  const stepB = (cy - ay) / area;
  const stepC = -(by - ay) / area;
  for (let row = top; row <= bottom; row++) {
    const [x, y] = [left + 0.5 - ax, row + 0.5 - ay];
    let wb = (x * (cy - ay) - y * (cx - ax)) / area;
    let wc = ((bx - ax) * y - (by - ay) * x) / area;
    for (let column = left; column <= right; column++, wb += stepB, wc += stepC) {
      const wa = 1 - wb - wc;
      if (wa < 0 || wb < 0 || wc < 0) continue;
      const near = wa * az + wb * bz + wc * cz;
      const at = row * on.width + column;
      if (near <= on.near[at]!) continue;
      on.near[at] = near;
      const [pa, pb, pc] = [a * 3, b * 3, c * 3];
      paint(
        wa * points[pa]! + wb * points[pb]! + wc * points[pc]!,
        wa * points[pa + 1]! + wb * points[pb + 1]! + wc * points[pc + 1]!,
        wa * points[pa + 2]! + wb * points[pb + 2]! + wc * points[pc + 2]!,
        colour,
      );
      const lit = wa * shade[a]! + wb * shade[b]! + wc * shade[c]!;
      on.colour[at * 3] = Math.min(255, colour[0]! * lit);
      on.colour[at * 3 + 1] = Math.min(255, colour[1]! * lit);
      on.colour[at * 3 + 2] = Math.min(255, colour[2]! * lit);
    }
  }
}

/** Lays the canvas over a background (RGB, one byte a channel), in place. */
export function layOver({ width, colour: samples, near }: Canvas, background: Buffer): void {
  const columns = width / SAMPLES;
  const perPixel = SAMPLES * SAMPLES;
  for (let pixel = 0; pixel < background.length / 3; pixel++) {
    const first = Math.floor(pixel / columns) * SAMPLES * width + (pixel % columns) * SAMPLES;
    let [covered, red, green, blue] = [0, 0, 0, 0];
    for (let sample = 0; sample < perPixel; sample++) {
      const at = first + Math.floor(sample / SAMPLES) * width + (sample % SAMPLES);
      if (near[at] === -Infinity) continue;
      covered++;
      red += samples[at * 3]!;
      green += samples[at * 3 + 1]!;
      blue += samples[at * 3 + 2]!;
    }
    if (covered === 0) continue;
    const rest = perPixel - covered;
    const at = pixel * 3;
    background[at] = (red + background[at]! * rest) / perPixel;
    background[at + 1] = (green + background[at + 1]! * rest) / perPixel;
    background[at + 2] = (blue + background[at + 2]! * rest) / perPixel;
  }
}
