/** Reads the colour of a photo about a place of the network's mask, whose places are several pixels large. */

import type { PicturePixels } from '@reddyfit/shared/gate/picture';

/** Adds to `to`, from `at` on, the mean colour (three channels, in steps of `unit` of 255) of three by three pixels, `apart` px from each other, about a place. */
export function addMeanColour(
  { width, height, pixels }: PicturePixels,
  x: number,
  y: number,
  apart: number,
  unit: number,
  to: Float32Array,
  at: number,
): void {
  for (let dy = -1; dy <= 1; dy++) {
    const row = Math.max(0, Math.min(height - 1, Math.floor(y + dy * apart)));
    for (let dx = -1; dx <= 1; dx++) {
      const column = Math.max(0, Math.min(width - 1, Math.floor(x + dx * apart)));
      const from = (row * width + column) * 3;
      for (let channel = 0; channel < 3; channel++) to[at + channel]! += pixels[from + channel]! / (9 * unit);
    }
  }
}
