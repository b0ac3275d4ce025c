/** Makes the small grey copy of a photo from which light and sharpness are judged. */

import { type Grey, GREY_LONG_EDGE_PX } from '@reddyfit/shared/gate/light';
import sharp from 'sharp';
import type { Pixels } from './decode-tiles.ts';

/**
 * The grey copy. Two pipelines, since one of sharp's makes all pixels grey before it makes the picture smaller, whatever the
 * order of the calls, which takes four times as long.
 */
export async function greyOf({ data: pixels, width, height }: Pixels): Promise<Grey> {
  const small = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .resize({ width: GREY_LONG_EDGE_PX, height: GREY_LONG_EDGE_PX, fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { data, info } = await sharp(small.data, {
    raw: { width: small.info.width, height: small.info.height, channels: 3 },
  })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { pixels: data, width: info.width, height: info.height };
}
