/** Decodes a photo once, upright and no larger than necessary, for all later steps. */

import sharp, { type Sharp } from 'sharp';
import type { FilePicture, PhotoFile } from './containers/container.ts';
import type { Orientation } from './containers/exif.ts';
import { decodeTiles, MOST_TILE_PIXELS, type Pixels } from './decode-tiles.ts';
import { releasePixels } from './release-pixels.ts';
import { tiffOf } from './tiff.ts';

/**
 * The most pixels of a JPEG that is decoded row by row: the largest phone cameras make 108 megapixels, at most 12032×9024
 * pixels.
 */
const MOST_JPEG_PIXELS = 109_000_000;

/** The most pixels of a HEIC or AVIF in tiles: 200 megapixels (16320×12240). */
const MOST_TILED_PIXELS = 200_000_000;

/** The most pixels of other pictures that are decoded row by row. */
const MOST_PIXELS = 50_000_000;

/**
 * The most pixels of a file that has to be in memory as a whole: a progressive JPEG, an interlaced PNG or a WebP. For a HEIC
 * without tiles see MOST_TILE_PIXELS.
 */
const MOST_WHOLE_PIXELS = 25_000_000;

/**
 * The most pixels that a photo of this kind may have. A caller compares them with the size in the header before it takes
 * memory, since a small file can claim billions of pixels.
 */
export function mostPixels({ format, picture }: PhotoFile): number {
  if (picture.kind === 'tiles') return picture.tiles.length > 1 ? MOST_TILED_PIXELS : MOST_TILE_PIXELS;
  if (!picture.rowByRow) return MOST_WHOLE_PIXELS;
  return format === 'jpeg' ? MOST_JPEG_PIXELS : MOST_PIXELS;
}

/** True when a single tile is larger than what a decoder is given. */
export function hasLargeTiles({ picture }: PhotoFile): boolean {
  return picture.kind === 'tiles' && picture.tileWidth * picture.tileHeight > MOST_TILE_PIXELS;
}

/** The upright photo in sRGB, its long edge at most `longEdge` px. Throws when the file is cut short or broken. */
export async function decodePhoto(file: PhotoFile, longEdge: number): Promise<Pixels> {
  const { picture, orientation } = file;
  const opened = picture.kind === 'file' ? openFile(picture) : await openTiles(file, longEdge);
  const { data, info } = await opened
    .resize({ width: longEdge, height: longEdge, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: 'white' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const stored = { data, width: info.width, height: info.height };
  // Turned only after it was made smaller: a decoder that turns a picture holds all of it, which for 108 megapixels takes
  // 340 MiB.
  return orientation === 1 ? stored : turned(stored, orientation);
}

function openFile({ bytes, endAdded }: FilePicture): Sharp {
  // `error` instead of `warning`, since phones write irregularities that every viewer forgives. When the end marker was
  // missing, the pixels must be complete. A decoder that invents missing pixels only warns, so warnings fail then.
  const failOn = endAdded ? 'warning' : 'error';
  return sharp(bytes, { failOn, limitInputPixels: MOST_JPEG_PIXELS, sequentialRead: true });
}

async function openTiles(file: PhotoFile, longEdge: number): Promise<Sharp> {
  if (file.picture.kind !== 'tiles') throw new TypeError('not a picture in tiles');
  const { data, width, height } = await decodeTiles(file, file.picture, longEdge);
  const { colours } = file.picture;
  return colours
    ? sharp(tiffOf({ data, width, height }, colours === 'display-p3' ? await displayP3() : colours))
    : sharp(data, { raw: { width, height, channels: 3 } });
}

/** The ICC profile of Display P3 that comes with sharp. */
async function displayP3(): Promise<Buffer> {
  const pixel = sharp({ create: { width: 1, height: 1, channels: 3, background: 'white' } });
  const { icc } = await sharp(await pixel.withIccProfile('p3').png().toBuffer()).metadata();
  if (!icc) throw new TypeError('sharp has no profile of Display P3');
  return icc;
}

/** The picture upright (EXIF 2.32, table 6), its own pixels released: mirrored left to right or top to bottom, then turned clockwise. */
async function turned({ data, width, height }: Pixels, orientation: Orientation): Promise<Pixels> {
  const photo = sharp(data, { raw: { width, height, channels: 3 } });
  const mirrored = orientation === 2 || orientation === 5 || orientation === 7 ? photo.flop() : photo;
  const upright = orientation === 4 ? mirrored.flip() : mirrored;
  const degrees = { 1: 0, 2: 0, 3: 180, 4: 0, 5: 270, 6: 90, 7: 90, 8: 270 }[orientation];
  const seen = await (degrees === 0 ? upright : upright.rotate(degrees))
    .raw()
    .toBuffer({ resolveWithObject: true });
  releasePixels(data);
  return { data: seen.data, width: seen.info.width, height: seen.info.height };
}
