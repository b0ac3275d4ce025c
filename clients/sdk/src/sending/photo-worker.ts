/** A web worker that prepares one photo, so that the page stays responsive meanwhile. */

import { type Canvas, type CanvasMaker, shrinkPhoto } from './shrink-photo.ts';

export interface PhotoWorkerRequest {
  readonly bytes: Uint8Array;
}
/** `bytes` is null when the photo could not be opened. */
export interface PhotoWorkerAnswer {
  readonly bytes: Uint8Array | null;
}

interface WorkerScope {
  addEventListener(type: 'message', listener: (event: { data: PhotoWorkerRequest }) => void): void;
  postMessage(answer: PhotoWorkerAnswer): void;
  readonly OffscreenCanvas: new (width: number, height: number) => Canvas;
  readonly createImageBitmap: CanvasMaker['createImageBitmap'];
}

const scope = globalThis as unknown as WorkerScope;

scope.addEventListener('message', ({ data: { bytes } }) => {
  void prepare(bytes).then((prepared) => scope.postMessage({ bytes: prepared }));
});

const prepare = (bytes: Uint8Array) =>
  shrinkPhoto(bytes, {
    createImageBitmap: (blob, options) => scope.createImageBitmap(blob, options),
    createCanvas: (width, height) => new scope.OffscreenCanvas(width, height),
  }).catch(() => null);
