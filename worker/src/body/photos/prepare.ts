/** Makes of a decoded photo what a model gets to see. */

import sharp from 'sharp';
import type { Pixels } from './decode-tiles.ts';

/**
 * Long edge of what is sent (px). Vision models scale the short edge to 768 px at high detail: of a 3:4 portrait that
 * is 1024 px on the long edge, so more would be sent and thrown away.
 */
const LONG_EDGE_PX = 1024;

/** Keeps skin free of visible blocks at about 150 kB a photo. */
const JPEG_QUALITY = 85;

/** JPEG in sRGB, at most 1024 px on its long edge and without metadata (place, time, camera). */
export async function preparePhoto({ data, width, height }: Pixels): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .resize({ width: LONG_EDGE_PX, height: LONG_EDGE_PX, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer();
}
