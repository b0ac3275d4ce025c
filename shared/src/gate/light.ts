/** Measures light and sharpness of a photo on a small grey copy of it, and finds the faults. */

import type { Angle } from '../names/angles.ts';
import type { PhotoIssue } from '../scan/results.ts';
import { photoFault, type PhotoFault } from './photo-fault.ts';

/**
 * Long edge of the copy (px). One size makes the numbers of photos of 12 megapixels and of 600×800 px comparable, and reduces
 * noise.
 */
export const GREY_LONG_EDGE_PX = 512;

/** Side of the squares in which sharpness is measured (px). */
const TILE_PX = 32;

/** The share of the squares, those with the most contrast, that decide the sharpness: most of a good photo is plain wall. */
const OUTLINE_SHARE = 0.1;

/** Grey values (0–255): up to the first and from the second on, no details are visible. */
const BLACK = 12;
const WHITE = 250;

/**
 * A photo with a lower mean grey (0–255) is too dark: darker than one of a person in a lamp-lit room at night, so that outlines
 * merge with the background.
 */
const TOO_DARK = 40;

/** A photo with a higher mean grey (0–255) is too bright: brighter than one of a pale person before a white wall. */
const TOO_BRIGHT = 245;

/** With more than this share of the middle black or white, there is no body left to see. */
const CLIPPED_SHARE = 0.9;

/**
 * Below this sharpness (see sharpnessOf) only the outline of limbs is visible. A clean edge has 0.2; blurred by 2, 4 and
 * 6 px (standard deviation, in a photo of 1200×1600) it has 0.06, 0.013 and 0.006.
 */
const TOO_BLURRED = 0.012;

interface Measures {
  /** Mean grey value (0–255) of the middle half of the width, where the person stands. */
  readonly brightness: number;
  /** Shares (0–1) of the same area that are black or white. */
  readonly blackShare: number;
  readonly whiteShare: number;
  /** Variance of the Laplacian over the variance of the grey values, in the squares with the most contrast; 0 without any. */
  readonly sharpness: number;
}

/** The grey copy of a photo, one byte per pixel. */
export interface Grey {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export const measuresOf = (grey: Grey): Measures => ({ ...lightOf(grey), sharpness: sharpnessOf(grey) });

function lightOf({ pixels, width, height }: Grey): Omit<Measures, 'sharpness'> {
  const [left, right] = [Math.floor(width / 4), Math.ceil((width * 3) / 4)];
  let [sum, black, white] = [0, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = left; x < right; x++) {
      const value = pixels[y * width + x]!;
      sum += value;
      if (value <= BLACK) black++;
      if (value >= WHITE) white++;
    }
  }
  const count = (right - left) * height;
  return { brightness: sum / count, blackShare: black / count, whiteShare: white / count };
}

/**
 * Variance of the Laplacian (Pech-Pacheco et al. 2000, "Diatom autofocusing in brightfield microscopy"). It is taken only
 * where the outlines are, so that a plain background does not make a sharp figure look blurred. It is divided by the
 * contrast there, so that dim light does not make it look blurred, either.
 */
function sharpnessOf(grey: Grey): number {
  const tiles: Tile[] = [];
  for (let top = 1; top + TILE_PX < grey.height; top += TILE_PX) {
    for (let left = 1; left + TILE_PX < grey.width; left += TILE_PX) tiles.push(tileOf(grey, left, top));
  }
  tiles.sort((a, b) => b.contrast - a.contrast);
  const outlines = tiles.slice(0, Math.ceil(tiles.length * OUTLINE_SHARE));
  const sum = (field: keyof Tile) => outlines.reduce((total, tile) => total + tile[field], 0);
  const contrast = sum('contrast');
  return contrast > 0 ? sum('laplacian') / contrast : 0;
}

/** Variances within a square: of the grey values, and of their Laplacian. */
interface Tile {
  readonly contrast: number;
  readonly laplacian: number;
}

function tileOf({ pixels, width }: Grey, left: number, top: number): Tile {
  let [greySum, greySquares, laplaceSum, laplaceSquares] = [0, 0, 0, 0];
  for (let y = top; y < top + TILE_PX; y++) {
    for (let x = left; x < left + TILE_PX; x++) {
      const at = y * width + x;
      const value = pixels[at]!;
      const laplacian =
        pixels[at - 1]! + pixels[at + 1]! + pixels[at - width]! + pixels[at + width]! - 4 * value;
      greySum += value;
      greySquares += value * value;
      laplaceSum += laplacian;
      laplaceSquares += laplacian * laplacian;
    }
  }
  const count = TILE_PX * TILE_PX;
  return {
    contrast: greySquares / count - (greySum / count) ** 2,
    laplacian: laplaceSquares / count - (laplaceSum / count) ** 2,
  };
}

/** The fault of a photo's light or sharpness, or null. */
export function lightFault(angle: Angle, grey: Grey): PhotoFault | null {
  const measures = measuresOf(grey);
  const dark = tooDark(measures);
  if (dark) return photoFault('too_dark', { angle }, dark);
  const bright = tooBright(measures);
  if (bright) return photoFault('too_bright', { angle }, bright);
  if (measures.sharpness < TOO_BLURRED) {
    return photoFault('blurred', { angle }, { value: rounded(measures.sharpness), limit: TOO_BLURRED });
  }
  return null;
}

type Missed = NonNullable<PhotoIssue['measured']>;

/** The limit that a dark photo misses: of its brightness, or of the share of black. */
function tooDark({ brightness, blackShare }: Measures): Missed | null {
  if (brightness < TOO_DARK) return { value: rounded(brightness), limit: TOO_DARK };
  return clipped(blackShare);
}

/** The limit that a bright photo misses: of its brightness, or of the share of white. */
function tooBright({ brightness, whiteShare }: Measures): Missed | null {
  if (brightness > TOO_BRIGHT) return { value: rounded(brightness), limit: TOO_BRIGHT };
  return clipped(whiteShare);
}

const clipped = (share: number): Missed | null =>
  share > CLIPPED_SHARE ? { value: rounded(share), limit: CLIPPED_SHARE } : null;

const rounded = (value: number) => Math.round(value * 10_000) / 10_000;
