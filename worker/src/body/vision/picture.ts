/** A photo as the networks and the ruler see it: upright, in colour, of a size that makes pixels comparable. */

import sharp from 'sharp';
import { openPhoto } from '../photos/decode.ts';

/** Long edge (px) for the ruler: of a 3:4 portrait that is about 8 px for a centimetre of body. */
export const FINE_PX = 1600;

/** Long edge (px) for the gate: three times what the networks look at. */
export const COARSE_PX = 768;

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

/** Decodes a photo, scaled to at most `longEdge` px. Throws when the bytes are no readable photo. */
export async function openPicture(bytes: Buffer, longEdge: number): Promise<Picture> {
  const { data, info } = await openPhoto(bytes)
    .resize({ width: longEdge, height: longEdge, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: 'white' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return pictureOf(data, info.width, info.height);
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
