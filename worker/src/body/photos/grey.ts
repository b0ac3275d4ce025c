/** Makes the small grey copy of a photo from which light and sharpness are judged. */

import { type Grey, GREY_LONG_EDGE_PX } from '@reddyfit/shared/gate/light';
import sharp from 'sharp';
import type { Pixels } from './decode-tiles.ts';

export async function greyOf({ data: pixels, width, height }: Pixels): Promise<Grey> {
  const { data, info } = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .resize({ width: GREY_LONG_EDGE_PX, height: GREY_LONG_EDGE_PX, fit: 'inside' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { pixels: data, width: info.width, height: info.height };
}
