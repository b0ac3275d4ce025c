/** Prepares a photo in the browser: turns it upright, shrinks it and removes its metadata. */

import type { PhotoWorkerAnswer, PhotoWorkerRequest } from './photo-worker.ts';
import { type Canvas, type CanvasMaker, shrinkPhoto } from './shrink-photo.ts';

/** A photo as an app passes it: bytes, or a browser's `Blob` or `File`, whose bytes are read at once. */
export type PhotoInput = Uint8Array | Blob;

/** Resolves with the prepared bytes of a photo, which may be the same bytes. Rejects when it cannot read the photo. */
export type PreparePhoto = (bytes: Uint8Array) => Promise<Uint8Array>;

/** Leaves the bytes as they are, for callers that have prepared them already. */
export const asGiven: PreparePhoto = async (bytes) => bytes;

interface Worker {
  postMessage(message: unknown): void;
  terminate(): void;
  addEventListener(type: 'message', listener: (event: { data: PhotoWorkerAnswer }) => void): void;
  addEventListener(type: 'error', listener: (event: { preventDefault(): void }) => void): void;
}
interface PhotoGlobals {
  readonly Worker?: new (url: URL, options: { type: 'module' }) => Worker;
  readonly OffscreenCanvas?: new (width: number, height: number) => Canvas;
  readonly createImageBitmap?: CanvasMaker['createImageBitmap'];
  readonly document?: { createElement(tag: 'canvas'): PageCanvas };
}
interface PageCanvas extends Omit<Canvas, 'convertToBlob'> {
  width: number;
  height: number;
  toBlob(done: (blob: Blob | null) => void, type: string, quality: number): void;
}

/**
 * Makes an upright JPEG of at most 1600 px without metadata, in a worker where there is one, else on the page. A photo
 * that the browser cannot open (for most browsers, HEIC) is sent unchanged, metadata included: the server can read it.
 */
export function browserPreparePhoto(
  globals: PhotoGlobals = globalThis as unknown as PhotoGlobals,
): PreparePhoto {
  const maker = canvasMaker(globals);
  return async (bytes) => {
    const { Worker, OffscreenCanvas } = globals;
    if (Worker && OffscreenCanvas) {
      try {
        return await inWorker(
          new Worker(new URL('./photo-worker.ts', import.meta.url), { type: 'module' }),
          bytes,
        );
      } catch {
        // Either module workers are not supported or the worker could not open the photo; the page may be able to.
      }
    }
    if (!maker) return bytes;
    try {
      return await shrinkPhoto(bytes, maker);
    } catch {
      return bytes;
    }
  };
}

/** browserPreparePhoto where a canvas can be drawn on, else asGiven. */
export function defaultPreparePhoto(): PreparePhoto {
  return canvasMaker(globalThis as unknown as PhotoGlobals) ? browserPreparePhoto() : asGiven;
}

function canvasMaker(globals: PhotoGlobals): CanvasMaker | null {
  const { OffscreenCanvas, document } = globals;
  if (!globals.createImageBitmap) return null;
  // Browsers throw when createImageBitmap is called with another `this` than the global object.
  const createImageBitmap: CanvasMaker['createImageBitmap'] = (blob, options) =>
    globals.createImageBitmap!(blob, options);
  if (OffscreenCanvas)
    return { createImageBitmap, createCanvas: (width, height) => new OffscreenCanvas(width, height) };
  if (!document) return null;
  return {
    createImageBitmap,
    createCanvas(width, height) {
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      return Object.assign(canvas, {
        convertToBlob: ({ type, quality }: { type: string; quality: number }) =>
          new Promise<Blob>((resolve, reject) => {
            canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), type, quality);
          }),
      });
    },
  };
}

function inWorker(worker: Worker, bytes: Uint8Array): Promise<Uint8Array> {
  return new Promise<Uint8Array>((resolve, reject) => {
    worker.addEventListener('message', ({ data }) =>
      data.bytes ? resolve(data.bytes) : reject(new Error('not opened')),
    );
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      reject(new Error('no worker'));
    });
    // The bytes are copied, not transferred: the page needs them if the worker fails.
    worker.postMessage({ bytes } satisfies PhotoWorkerRequest);
  }).finally(() => worker.terminate());
}
