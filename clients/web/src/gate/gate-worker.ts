/** A web worker that checks photos with the server gate's own rules and networks, before a byte of them is sent. */

import type { Looked } from '@reddyfit/shared/gate/arrange-photos';
import { GREY_LONG_EDGE_PX, lightFault } from '@reddyfit/shared/gate/light';
import type { Networks } from '@reddyfit/shared/gate/networks';
import { poseIn } from '@reddyfit/shared/gate/pose';
import { standUpright } from '@reddyfit/shared/gate/quarter-turns';
import { LONG_EDGE_PX, sizeFault } from '@reddyfit/shared/gate/size';
import type { Angle } from '@reddyfit/shared/names/angles';
import { openNetworks } from './networks.ts';
import { greyOf, pictureOf } from './pixel-picture.ts';

export interface GateRequest {
  readonly id: number;
  readonly angle: Angle;
  /** A photo as a file, or a camera frame, whose light and size are not judged. */
  readonly photo: Blob | ImageBitmap;
}
/** `look` is null when the photo cannot be judged: the networks cannot run here, or the photo cannot be opened. */
export type GateAnswer = { readonly id: number; readonly look: Looked | null } | { readonly ready: boolean };

// TypeScript's library for workers cannot be combined with the page's.
const scope = globalThis as unknown as {
  addEventListener(type: 'message', listener: (event: { data: GateRequest }) => void): void;
  postMessage(answer: GateAnswer): void;
};

// The warming-up only saves time, so nothing is said when it fails.
const warm = warmUp().catch(() => undefined);
const networks = openNetworks()
  .then((opened) => warm.then(() => opened))
  .catch(() => null);
void networks.then((opened) => scope.postMessage({ ready: opened !== null }));

// Photos are checked one after another, because the networks run in one thread.
let last: Promise<unknown> = networks;
scope.addEventListener('message', ({ data: { id, angle, photo } }) => {
  last = last.then(async () => {
    const opened = await networks;
    const look = opened ? await lookAt(opened, angle, photo).catch(() => null) : null;
    scope.postMessage({ id, look });
  });
});

async function lookAt(opened: Networks, angle: Angle, photo: Blob | ImageBitmap): Promise<Looked> {
  const isFile = photo instanceof Blob;
  const bitmap = isFile ? await createImageBitmap(photo, { imageOrientation: 'from-image' }) : photo;
  try {
    const small = isFile ? sizeFault(angle, bitmap) : null;
    if (small) return { issues: [small] };
    const picture = drawn(bitmap);
    const light = isFile ? lightFault(angle, await greyOf(picture, GREY_LONG_EDGE_PX)) : null;
    if (light) return { issues: [light] };
    const { picture: upright, people } = await standUpright(opened, picture);
    return { issues: [], pose: await poseIn(opened, upright, people) };
  } finally {
    bitmap.close();
  }
}

/**
 * Measures the light of a black photo while the networks load. The first look runs this code several times as slowly as later
 * ones, and frames of the camera, which are not judged by their light, would leave it to the first photo.
 */
async function warmUp(): Promise<void> {
  const canvas = new OffscreenCanvas(LONG_EDGE_PX * 0.75, LONG_EDGE_PX);
  canvas.getContext('2d');
  const bitmap = await createImageBitmap(await canvas.convertToBlob({ type: 'image/jpeg' }));
  lightFault('front', await greyOf(drawn(bitmap), GREY_LONG_EDGE_PX));
  bitmap.close();
}

/** The pixels of an image, no larger than those that the server examines. */
function drawn(bitmap: ImageBitmap) {
  const scale = Math.min(1, LONG_EDGE_PX / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [Math.round(bitmap.width * scale), Math.round(bitmap.height * scale)];
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const pixels = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; from < data.length; from += 4) {
    pixels[to++] = data[from]!;
    pixels[to++] = data[from + 1]!;
    pixels[to++] = data[from + 2]!;
  }
  return pictureOf(pixels, width, height);
}
