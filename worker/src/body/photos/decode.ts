/** How this system opens a photo: the one set of limits for checking and preparing it. */

import sharp, { type Metadata, type Sharp } from 'sharp';

/**
 * Most pixels a photo may have: 50 megapixels, as the largest phone cameras make. Checked by the header, before
 * memory is taken: a small file can claim billions.
 */
export const MAX_PIXELS = 50_000_000;

/** What the header says, or null when it cannot be read. No limit on pixels: none are read, and the user is to be told. */
export async function readHeader(bytes: Buffer): Promise<Metadata | null> {
  return sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => null);
}

/** Opens bytes, turned upright as EXIF says. Reading pixels throws when the file is cut short or broken. */
export function openPhoto(bytes: Buffer): Sharp {
  // `error` and not `warning`: phones write oddities that every viewer forgives.
  return sharp(bytes, { failOn: 'error', limitInputPixels: MAX_PIXELS, autoOrient: true });
}
