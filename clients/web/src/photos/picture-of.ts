/** Takes a photo from the camera: the upright part that the preview shows, never mirrored. */

/** Width by height of a photo. */
const RATIO = 3 / 4;

const QUALITY = 0.95;

/** The part of the camera's frame that the preview shows (px). */
export function partShown({ videoWidth, videoHeight }: HTMLVideoElement) {
  const width = Math.min(videoWidth, Math.round(videoHeight * RATIO));
  const height = Math.min(videoHeight, Math.round(videoWidth / RATIO));
  return { left: (videoWidth - width) / 2, top: (videoHeight - height) / 2, width, height };
}

/** A JPEG of the present frame. Rejects when there is none. */
export function pictureOf(video: HTMLVideoElement): Promise<Blob> {
  const { left, top, width, height } = partShown(video);
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  canvas.getContext('2d')!.drawImage(video, left, top, width, height, 0, 0, width, height);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the camera shows nothing'))),
      'image/jpeg',
      QUALITY,
    ),
  );
}
