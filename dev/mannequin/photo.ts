/** Takes photos of a mannequin. */

import { ANGLES, type Angle } from '@reddyfit/shared/photos';
import sharp, { type Sharp } from 'sharp';
import type { Body } from './body.ts';
import type { Camera } from './camera.ts';
import { figure } from './figure.ts';
import type { Look } from './look.ts';
import { canvas, layOver, type Light, paintMeshes } from './raster.ts';
import { type Room, roomPixels } from './room.ts';

/** Everything in a scene but the camera. */
export interface Scene {
  readonly body: Body;
  readonly look: Look;
  readonly room: Room;
  readonly light: Light;
}

/** JPEG quality of the photos (1 to 100). */
const QUALITY = 90;

/** Size of a photo unless asked otherwise (px). */
export const PHOTO = { width: 1200, height: 1600 } as const;

/** A camera that sees in parallel lines, level, with the body from 6 % below the upper edge to 7 % above the lower. */
export function plainCamera(body: Body, size: { width: number; height: number } = PHOTO): Camera {
  return {
    ...size,
    pxPerCm: (0.87 * size.height) / body.heightCm,
    centreX: size.width / 2,
    floorY: 0.93 * size.height,
    yaw: 0,
    roll: 0,
    perspective: null,
  };
}

/** Someone else in the picture, `besideCm` to the right of the first. */
export interface Bystander {
  readonly body: Body;
  readonly look: Look;
  readonly besideCm: number;
}

/** One photo, not yet encoded. */
export async function takePhoto(
  { body, look, room, light }: Scene,
  camera: Camera,
  angle: Angle,
  bystanders: readonly Bystander[] = [],
): Promise<Sharp> {
  const pixels = await roomPixels(room, camera);
  const on = canvas(camera.width, camera.height);
  paintMeshes(on, figure(body, look), camera, angle, light);
  for (const other of bystanders) {
    const moved = { ...camera, centreX: camera.centreX + other.besideCm * camera.pxPerCm };
    paintMeshes(on, figure(other.body, other.look), moved, angle, light);
  }
  layOver(on, pixels);
  return picture(pixels, camera);
}

/** The room without anybody. */
export async function takeEmptyRoom({ room }: Scene, camera: Camera): Promise<Sharp> {
  return picture(await roomPixels(room, camera, false), camera);
}

const picture = (pixels: Buffer, { width, height }: Camera) =>
  sharp(pixels, { raw: { width, height, channels: 3 } });

/** As a phone would store it. */
export function developed(photo: Sharp): Promise<Buffer> {
  return photo.jpeg({ quality: QUALITY }).toBuffer();
}

/** The four photos as JPEG. */
export async function takePhotos(
  scene: Scene,
  cameraFor: (angle: Angle) => Camera = () => plainCamera(scene.body),
): Promise<Record<Angle, Buffer>> {
  const photos = {} as Record<Angle, Buffer>;
  for (const angle of ANGLES)
    photos[angle] = await developed(await takePhoto(scene, cameraFor(angle), angle));
  return photos;
}
