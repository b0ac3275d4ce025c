/** What a hand-held phone adds to a photo: exposure, a little blur, noise. */

import sharp, { type Sharp } from 'sharp';
import type { Random } from './random.ts';

/** Numbers of a bell curve that noise is drawn from. */
const GRAINS = 4093;

/** The photo with exposure 0.75 to 1.15, blur of up to 0.8 px and noise of 1 to 5 grey values (standard deviations). */
export async function handHeld(photo: Sharp, chance: Random): Promise<Sharp> {
  const exposure = chance.between(0.75, 1.15);
  const noise = chance.between(1, 5);
  const { data, info } = await photo
    .blur(chance.between(0.35, 0.8))
    .raw()
    .toBuffer({ resolveWithObject: true });
  const grains = Float64Array.from({ length: GRAINS }, () => chance.around(0, noise));
  for (let i = 0; i < data.length; i++) {
    // Neighbours take grains that lie far apart, so that no pattern shows.
    const grain = grains[(i * 2741 + (i >> 9)) % GRAINS]!;
    data[i] = Math.max(0, Math.min(255, data[i]! * exposure + grain));
  }
  const { width, height, channels } = info;
  return sharp(data, { raw: { width, height, channels } });
}
