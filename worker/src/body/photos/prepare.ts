/** Makes the copy of a decoded photo that is sent to a model. */

import sharp from 'sharp';
import type { Pixels } from './decode-tiles.ts';

/**
 * Long edge of the copy that is sent (px). At high detail, vision models scale the short edge to 768 px. The long edge of a
 * 3:4 portrait is then 1024 px, so they would discard any more pixels.
 */
const LONG_EDGE_PX = 1024;

/** At this quality skin shows no blocks, and a photo has about 150 kB. */
const JPEG_QUALITY = 85;

/** The copy: a JPEG in sRGB, its long edge at most 1024 px, without metadata (place, time, camera). */
export async function preparePhoto({ data, width, height }: Pixels): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .resize({ width: LONG_EDGE_PX, height: LONG_EDGE_PX, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer();
}
