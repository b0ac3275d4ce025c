/** Decodes a photo once, upright and no larger than is needed, for everything that looks at it. */

import sharp, { type Sharp } from 'sharp';
import type { FilePicture, PhotoFile } from './containers/container.ts';
import type { Orientation } from './containers/exif.ts';
import { decodeTiles, MOST_TILE_PIXELS, type Pixels } from './decode-tiles.ts';
import { tiffOf } from './tiff.ts';

/** Most pixels of a JPEG that is decoded row by row: 108 megapixels, as the largest phone cameras make, by 12032×9024 the largest of them. */
const MOST_JPEG_PIXELS = 109_000_000;

/** Of a HEIC or AVIF in tiles: 200 megapixels (16320×12240). */
const MOST_TILED_PIXELS = 200_000_000;

/** Of others that are decoded row by row, or made smaller while they are. */
const MOST_PIXELS = 50_000_000;

/** Of what has to be in memory as a whole: a progressive JPEG, an interlaced PNG, a WebP, a HEIC without tiles. */
const MOST_WHOLE_PIXELS = 25_000_000;

/** Most pixels that a photo of this kind may have. Checked by its header, before memory is taken: a small file can claim billions. */
export function mostPixels({ format, picture }: PhotoFile): number {
  if (picture.kind === 'tiles') return picture.tiles.length > 1 ? MOST_TILED_PIXELS : MOST_TILE_PIXELS;
  if (!picture.rowByRow) return MOST_WHOLE_PIXELS;
  return format === 'jpeg' ? MOST_JPEG_PIXELS : MOST_PIXELS;
}

/** Whether a single piece of it is more than a decoder is given. */
export function hasLargeTiles({ picture }: PhotoFile): boolean {
  return picture.kind === 'tiles' && picture.tileWidth * picture.tileHeight > MOST_TILE_PIXELS;
}

/** RGB of the upright photo, in sRGB, its long edge at most `longEdge` px. Throws when the file is cut short or broken. */
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
  // Turned once it is small: a decoder that has to turn holds the whole picture, 340 MiB of 108 megapixels.
  return orientation === 1 ? stored : turned(stored, orientation);
}

function openFile({ bytes, endAdded }: FilePicture): Sharp {
  // `error` and not `warning`: phones write oddities that every viewer forgives. A missing end is forgiven only to a picture
  // that is whole, and what a decoder makes up for missing data is a warning.
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

/** The ICC profile of Display P3, as sharp brings it. */
async function displayP3(): Promise<Buffer> {
  const pixel = sharp({ create: { width: 1, height: 1, channels: 3, background: 'white' } });
  const { icc } = await sharp(await pixel.withIccProfile('p3').png().toBuffer()).metadata();
  if (!icc) throw new TypeError('sharp has no profile of Display P3');
  return icc;
}

/** EXIF 2.32, table 6: a mirror left to right or top to bottom, then a turn clockwise. */
async function turned({ data, width, height }: Pixels, orientation: Orientation): Promise<Pixels> {
  const photo = sharp(data, { raw: { width, height, channels: 3 } });
  const mirrored = orientation === 2 || orientation === 5 || orientation === 7 ? photo.flop() : photo;
  const upright = orientation === 4 ? mirrored.flip() : mirrored;
  const degrees = { 1: 0, 2: 0, 3: 180, 4: 0, 5: 270, 6: 90, 7: 90, 8: 270 }[orientation];
  const seen = await (degrees === 0 ? upright : upright.rotate(degrees))
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: seen.data, width: seen.info.width, height: seen.info.height };
}
