/** A photo as the networks see it: upright, in colour, of a size that makes pixels comparable. */

import sharp from 'sharp';

/** A square copy: picture × `scale`, moved by `left` and `top` (px). */
export interface Square {
  readonly pixels: Buffer;
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/** A part of a picture (px). */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** RGB, one byte a channel. */
  readonly pixels: Buffer;
  /** The whole picture, or a part of it, fitted into a square on grey. */
  square(side: number, part?: Box): Promise<Square>;
}

/** A picture of RGB pixels, one byte a channel. */
export function pictureOf(pixels: Buffer, width: number, height: number): Picture {
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
  };
}
