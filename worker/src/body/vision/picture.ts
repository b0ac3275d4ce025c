/** A photo as the gate takes it (shared/src/gate/picture.ts), its pixels resampled by libvips. */

import type { Picture } from '@reddyfit/shared/gate/picture';
import sharp, { type Sharp } from 'sharp';

/** A picture of RGB pixels, one byte a channel. */
export function pictureOf(pixels: Uint8Array, width: number, height: number): Picture {
  return {
    width,
    height,
    pixels,
    async square(side, part = { left: 0, top: 0, width, height }) {
      const scale = side / Math.max(part.width, part.height);
      const fitted = { width: Math.round(part.width * scale), height: Math.round(part.height * scale) };
      const left = Math.floor((side - fitted.width) / 2);
      const top = Math.floor((side - fitted.height) / 2);
      const square = await sharp(pixels, { raw: { width, height, channels: 3 } })
        .extract(part)
        .resize({ ...fitted, fit: 'fill', kernel: 'linear' })
        .extend({
          left,
          top,
          right: side - fitted.width - left,
          bottom: side - fitted.height - top,
          background: '#808080',
        })
        .raw()
        .toBuffer();
      return { pixels: square, scale, left: left - part.left * scale, top: top - part.top * scale };
    },
    within: (longEdge) =>
      drawn(
        sharp(pixels, { raw: { width, height, channels: 3 } }).resize({
          width: longEdge,
          height: longEdge,
          fit: 'inside',
        }),
      ),
    turned: (quarters) => drawn(sharp(pixels, { raw: { width, height, channels: 3 } }).rotate(quarters * 90)),
  };
}

async function drawn(image: Sharp): Promise<Picture> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return pictureOf(data, info.width, info.height);
}
