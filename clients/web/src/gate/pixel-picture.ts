/** A photo as plain pixels, in the form that the gate's rules take. */

import type { Grey } from '@reddyfit/shared/gate/light';
import type { Picture } from '@reddyfit/shared/gate/picture';
import { LANCZOS, LINEAR, resample } from './resample.ts';

/** Makes a Picture of RGB pixels, one byte per channel. */
export function pictureOf(pixels: Uint8Array, width: number, height: number): Picture {
  const whole = { left: 0, top: 0, width, height };
  return {
    width,
    height,
    pixels,
    async square(side, part = whole) {
      const scale = side / Math.max(part.width, part.height);
      const fitted = { width: Math.round(part.width * scale), height: Math.round(part.height * scale) };
      const left = Math.floor((side - fitted.width) / 2);
      const top = Math.floor((side - fitted.height) / 2);
      const square = new Uint8Array(side * side * 3).fill(0x80);
      const small = resample({ pixels, width, height }, part, fitted, LINEAR);
      for (let y = 0; y < fitted.height; y++) {
        const row = small.subarray(y * fitted.width * 3, (y + 1) * fitted.width * 3);
        square.set(row, ((top + y) * side + left) * 3);
      }
      return { pixels: square, scale, left: left - part.left * scale, top: top - part.top * scale };
    },
    async within(longEdge) {
      const size = fittedTo(whole, longEdge);
      return pictureOf(resample({ pixels, width, height }, whole, size, LANCZOS), size.width, size.height);
    },
    async turned(quarters) {
      const turned = new Uint8Array(pixels.length);
      const [wide, high] = quarters === 2 ? [width, height] : [height, width];
      for (let y = 0; y < high; y++)
        for (let x = 0; x < wide; x++) {
          const from =
            quarters === 1
              ? (height - 1 - x) * width + y
              : quarters === 2
                ? (height - 1 - y) * width + (width - 1 - x)
                : x * width + (width - 1 - y);
          // A `set` of three bytes takes ten times as long.
          const at = from * 3;
          const to = (y * wide + x) * 3;
          turned[to] = pixels[at]!;
          turned[to + 1] = pixels[at + 1]!;
          turned[to + 2] = pixels[at + 2]!;
        }
      return pictureOf(turned, wide, high);
    },
  };
}

function fittedTo({ width, height }: { width: number; height: number }, longEdge: number) {
  const scale = longEdge / Math.max(width, height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** The transfer function of sRGB (IEC 61966-2-1) from a byte to linear light, 0 to 1. */
const LIGHT = Float32Array.from({ length: 256 }, (_, byte) => {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** A grey copy whose long edge has `longEdge` pixels: the luminance (Rec. 709) of linear light, as on the server. */
export async function greyOf(picture: Picture, longEdge: number): Promise<Grey> {
  const { pixels, width, height } = await picture.within(longEdge);
  const grey = new Uint8Array(width * height);
  for (let i = 0; i < grey.length; i++) {
    const light =
      0.2126 * LIGHT[pixels[i * 3]!]! +
      0.7152 * LIGHT[pixels[i * 3 + 1]!]! +
      0.0722 * LIGHT[pixels[i * 3 + 2]!]!;
    const value = light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;
    grey[i] = Math.round(value * 255);
  }
  return { pixels: grey, width, height };
}
