/** Draws the four photos of a figure as JPEG. */

import type { Angle } from '@reddyfit/shared/photos';
import sharp, { type Sharp } from 'sharp';
import { PHOTO, type Figure } from './figure.ts';
import { backSvg, frontSvg, rightSvg } from './photo-svg.ts';

/** JPEG quality of the photos (1 to 100). */
const QUALITY = 88;

/** Rendered once each, since the soft shading takes longer than anything else here. */
async function pixels(svg: string): Promise<Sharp> {
  const { data, info } = await sharp(Buffer.from(svg))
    .resize(PHOTO.width, PHOTO.height)
    .flatten()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
}

const jpeg = (picture: Sharp) => picture.jpeg({ quality: QUALITY }).toBuffer();

/** The four photos, 1200×1600 px, at PX_PER_CM. `left` is the mirror image of `right`: a figure has equal sides. */
export async function drawPhotos(figure: Figure): Promise<Record<Angle, Buffer>> {
  const [front, back, right] = await Promise.all(
    [frontSvg, backSvg, rightSvg].map((svg) => pixels(svg(figure))),
  );
  return {
    front: await jpeg(front!),
    back: await jpeg(back!),
    left: await jpeg(right!.clone().flop()),
    right: await jpeg(right!),
  };
}
