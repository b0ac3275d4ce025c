/**
 * Lights a wall again where a shadow is cast on it (cast-shadow.ts), so that the network and the outline end where the body does. The
 * light is added that the shadow takes, rather than the pixel made brighter: its noise stays what it is.
 */

import type { PicturePixels } from '@reddyfit/shared/gate/picture';
import { type CastShadow, isNear, mixedAt, SAME, sharesOf } from './cast-shadow.ts';
import { addMeanColour } from './mean-colour.ts';

/** From this part of the way from shadow to light on, a pixel is lit wall. Assumed. */
const LIT = 0.93;

/** Places about those of the shadow in which its pixels are looked for. Assumed. */
const NEAR = 4;

/** The furthest that border of a shadow is soft (px). Assumed. */
const SOFT_PX = 20;

/** The picture's pixels with the light added that the shadow takes. Leaves `picture` as it is. */
export function litWhereShadow(
  { width, height, pixels }: PicturePixels,
  { shares, inside, places }: CastShadow,
): Uint8Array {
  const { left, top, step, columns, rows, said, wall, spine } = places;
  const result = Uint8Array.from(pixels);
  const [x0, y0] = [Math.floor(left), Math.floor(top)];
  const [across, down] = [Math.floor(columns * step), Math.floor(rows * step)];
  /** 0 what is neither, 1 shadow, 2 lit wall, 3 what may be the shadow's soft border. */
  const kinds = new Uint8Array(across * down);
  /** How much of the way from shadow to light each lies. */
  const parts = new Float32Array(kinds.length);
  const own = new Float32Array(3);
  const colour = new Float32Array(3);
  const wallAt = (x: number, y: number) => {
    const row = Math.min(rows - 1, Math.floor(y / step));
    return wall[row]![x / step - 0.5 < spine[row]! ? 0 : 1];
  };
  const isNearShadow = (x: number, y: number) => {
    const [column, row] = [Math.floor(x / step), Math.floor(y / step)];
    for (let r = Math.max(0, row - NEAR); r <= Math.min(rows - 1, row + NEAR); r++)
      for (let c = Math.max(0, column - NEAR); c <= Math.min(columns - 1, column + NEAR); c++)
        if (inside[r * columns + c]) return true;
    return false;
  };
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      const of = wallAt(x, y);
      if (!of || !isNearShadow(x, y)) continue;
      colour.fill(0);
      addMeanColour({ width, height, pixels }, x0 + x, y0 + y, 1, 1, colour, 0);
      sharesOf(colour, 0, of, own, 0);
      const at = y * across + x;
      const part = mixedAt(own, 0, shares);
      if (isNear(own, 0, shares, SAME)) kinds[at] = 1;
      else if (part !== undefined && part > 0) kinds[at] = part > LIT ? 2 : 3;
      parts[at] = Math.min(1, Math.max(0, part ?? 0));
    }
  }
  const light = (at: number) => {
    const [x, y] = [at % across, Math.floor(at / across)];
    const [of, to] = [wallAt(x, y)!, ((y0 + y) * width + x0 + x) * 3];
    for (let channel = 0; channel < 3; channel++)
      result[to + channel] = Math.min(
        255,
        pixels[to + channel]! + (1 - parts[at]!) * (1 - shares[channel]!) * of[channel]!,
      );
  };
  for (let at = 0; at < kinds.length; at++) if (kinds[at] === 1) light(at);
  const isWall = (at: number) => {
    const [column, row] = [at % across, Math.floor(at / across)].map((px) => Math.floor(px / step));
    return said[row! * columns + column!]! < 0.5;
  };
  // Between shadow and lit wall the border is soft.
  const along = (from: number, by: number, count: number) => {
    let [last, since] = [0, 0];
    for (let i = 0; i < count; i++) {
      const kind = kinds[from + i * by]!;
      if (kind === 3) continue;
      const isBorder = (last === 1 && kind === 2) || (last === 2 && kind === 1);
      // Skin of the wall's hue rises from its shade to its light, too; beyond it the network sees body.
      const beyond = kind === 2 ? Math.min(count - 1, i + 4 * step) : Math.max(0, since - 4 * step);
      if (isBorder && i - since <= SOFT_PX && isWall(from + Math.round(beyond) * by))
        for (let j = since + 1; j < i; j++) light(from + j * by);
      [last, since] = [kind, i];
    }
  };
  for (let y = 0; y < down; y++) along(y * across, 1, across);
  for (let x = 0; x < across; x++) along(x, across, down);
  return result;
}
