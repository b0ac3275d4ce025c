/** Makes of an uploaded photo what a model gets to see. */

import { ScanPipelineError } from '@reddyfit/shared/errors';
import { openPhoto } from './decode.ts';

/**
 * Long edge of what is sent (px). Vision models scale the short edge to 768 px at high detail: of a 3:4 portrait that
 * is 1024 px on the long edge, so more would be sent and thrown away.
 */
const LONG_EDGE_PX = 1024;

/** Keeps skin free of visible blocks at about 150 kB a photo. */
const JPEG_QUALITY = 85;

/**
 * Upright JPEG in sRGB, at most 1024 px on its long edge and without metadata (place, time, camera), as a data URL.
 * Throws InvalidImageError when the bytes are no readable photo.
 */
export async function preparePhoto(bytes: Buffer): Promise<string> {
  try {
    const jpeg = await openPhoto(bytes)
      .resize({ width: LONG_EDGE_PX, height: LONG_EDGE_PX, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: 'white' })
      .jpeg({ quality: JPEG_QUALITY })
      .toBuffer();
    return `data:image/jpeg;base64,${jpeg.toString('base64')}`;
  } catch (error) {
    throw new ScanPipelineError('InvalidImageError', { cause: error });
  }
}
