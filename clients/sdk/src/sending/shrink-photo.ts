/** Redraws a photo: upright, small, and without metadata. */

/** Longest side (px): the server's copy for a model and the outlines need no more. */
const LONGEST_SIDE_PX = 1600;

/** Quality of the JPEG, 0 to 1. */
const QUALITY = 0.92;

interface Bitmap {
  readonly width: number;
  readonly height: number;
  close(): void;
}
export interface Canvas {
  getContext(kind: '2d'): {
    fillStyle: string;
    imageSmoothingQuality: string;
    fillRect(x: number, y: number, width: number, height: number): void;
    drawImage(bitmap: Bitmap, x: number, y: number, width: number, height: number): void;
  } | null;
  convertToBlob(options: { type: string; quality: number }): Promise<Blob>;
}

/** The drawing functions of a worker or of a page. */
export interface CanvasMaker {
  createImageBitmap(blob: Blob, options: { imageOrientation: 'from-image' }): Promise<Bitmap>;
  createCanvas(width: number, height: number): Canvas;
}

/** Resolves with the photo as a JPEG. Rejects when the browser cannot open the photo. */
export async function shrinkPhoto(bytes: Uint8Array, maker: CanvasMaker): Promise<Uint8Array> {
  const photo = new Blob([bytes as Uint8Array<ArrayBuffer>]);
  const bitmap = await maker.createImageBitmap(photo, { imageOrientation: 'from-image' });
  try {
    const { width, height } = sizeWithin(bitmap, LONGEST_SIDE_PX);
    const canvas = maker.createCanvas(width, height);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('nothing to draw on');
    // JPEG has no transparency; without a fill, transparent parts would turn black.
    context.fillStyle = 'white';
    context.fillRect(0, 0, width, height);
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, width, height);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    bitmap.close();
  }
}

/** The size (px) with the same aspect ratio and a longest side of at most `longest`; never larger than the original. */
export function sizeWithin({ width, height }: { width: number; height: number }, longest: number) {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
