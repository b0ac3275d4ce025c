/** Draws the four photos of a figure as JPEG. */

import type { Angle } from '@reddyfit/shared/photos';
import sharp from 'sharp';
import { PHOTO, type Figure } from './figure.ts';
import { backSvg, frontSvg, sideSvg } from './photo-svg.ts';

/** JPEG quality of the photos (1 to 100). */
const QUALITY = 88;

async function jpeg(svg: string): Promise<Buffer> {
  return sharp(Buffer.from(svg))
    .resize(PHOTO.width, PHOTO.height)
    .flatten()
    .jpeg({ quality: QUALITY })
    .toBuffer();
}

/** The four photos, 1200×1600 px, at PX_PER_CM; `left` shows the left side of the body, facing the picture's left. */
export async function drawPhotos(figure: Figure): Promise<Record<Angle, Buffer>> {
  const [front, back, left, right] = await Promise.all(
    [frontSvg(figure), backSvg(figure), sideSvg(figure, 'left'), sideSvg(figure, 'right')].map(jpeg),
  );
  return { front: front!, back: back!, left: left!, right: right! };
}
