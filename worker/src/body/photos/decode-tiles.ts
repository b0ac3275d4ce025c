/**
 * Decodes the coded tiles of a HEIC or AVIF one after the other, so that a picture of any size needs only the memory of one
 * tile beside that of the result.
 */

import sharp from 'sharp';
import { box, fullBox } from './containers/boxes.ts';
import type { HeifPicture, PhotoFile, Tile } from './containers/container.ts';
import { damaged } from './containers/file-fault.ts';
import { decodeHevc } from './decode-hevc.ts';

/**
 * The most pixels of a tile: a decoder holds the whole tile in memory several times. Phones that do not use tiles store
 * pictures of up to 16 megapixels in one piece.
 */
export const MOST_TILE_PIXELS = 17_000_000;

/** A picture in RGB, one byte per channel. */
export interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

/**
 * The stored picture, cut to its clip and not turned. It is made smaller by the largest whole number that leaves its long
 * edge, before the clip, at `longEdge` px or more; a smaller picture keeps its size. Throws when a tile cannot be decoded.
 */
export async function decodeTiles(
  { width, height }: Pick<PhotoFile, 'width' | 'height'>,
  picture: HeifPicture,
  longEdge: number,
): Promise<Pixels> {
  const { tiles, columns, tileWidth, tileHeight, codec } = picture;
  const step = Math.max(1, Math.floor(Math.max(width, height) / longEdge));
  const size = { width: Math.floor(width / step), height: Math.floor(height / step) };
  const sums = new Uint32Array(size.width * size.height * 3);
  for (const [index, tile] of tiles.entries()) {
    const file = fileOf(codec, tile);
    // oxlint-disable-next-line no-await-in-loop -- one at a time is the point
    const pixels = codec === 'hevc' ? await decodeHevc(file) : await decodeAv1(file);
    if (pixels.width !== tileWidth || pixels.height !== tileHeight) throw damaged('a tile of another size');
    const [left, top] = [(index % columns) * tileWidth, Math.floor(index / columns) * tileHeight];
    const right = Math.min(left + tileWidth, size.width * step);
    const bottom = Math.min(top + tileHeight, size.height * step);
    const { data, channels } = pixels;
    for (let y = top; y < bottom; y++) {
      const row = Math.floor(y / step) * size.width;
      let from = (y - top) * tileWidth * channels;
      for (let x = left; x < right; x++, from += channels) {
        const to = (row + Math.floor(x / step)) * 3;
        sums[to]! += data[from]!;
        sums[to + 1]! += data[from + 1]!;
        sums[to + 2]! += data[from + 2]!;
      }
    }
  }
  const count = step * step;
  const data = Buffer.alloc(sums.length);
  for (let i = 0; i < sums.length; i++) data[i] = Math.round(sums[i]! / count);
  return picture.clip ? clipped({ data, ...size }, picture.clip, step) : { data, ...size };
}

/** The part of a picture that is shown. `clip` is in px of the picture before it was made smaller by `step`. */
async function clipped(
  { data, width, height }: Pixels,
  clip: NonNullable<HeifPicture['clip']>,
  step: number,
): Promise<Pixels> {
  const [left, top] = [Math.floor(clip.left / step), Math.floor(clip.top / step)];
  const size = {
    width: Math.max(1, Math.min(width - left, Math.floor(clip.width / step))),
    height: Math.max(1, Math.min(height - top, Math.floor(clip.height / step))),
  };
  const part = await sharp(data, { raw: { width, height, channels: 3 } })
    .extract({ left, top, ...size })
    .raw()
    .toBuffer();
  return { data: part, ...size };
}

async function decodeAv1(file: Buffer) {
  const { data, info } = await sharp(file, { failOn: 'error', limitInputPixels: MOST_TILE_PIXELS })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels };
}

/**
 * A file with one tile only, as simple as the standard allows (ISO/IEC 23008-12). Decoders get no other file structure than
 * this.
 */
function fileOf(codec: HeifPicture['codec'], { data, properties }: Tile): Buffer {
  const [brand, type] = codec === 'hevc' ? ['heic', 'hvc1'] : ['avif', 'av01'];
  const ftyp = box('ftyp', ascii(`${brand}\0\0\0\0mif1${brand}`));
  const meta = (offset: number) =>
    fullBox(
      'meta',
      0,
      fullBox('hdlr', 0, ascii('\0\0\0\0pict'), Buffer.alloc(13)),
      fullBox('pitm', 0, u16(1)),
      fullBox(
        'iloc',
        0,
        Buffer.from([0x44, 0]),
        u16(1),
        u16(1),
        u16(0),
        u16(1),
        u32(offset),
        u32(data.length),
      ),
      fullBox('iinf', 0, u16(1), fullBox('infe', 2, u16(1), u16(0), ascii(`${type}\0`))),
      box(
        'iprp',
        box('ipco', ...properties.map((each) => box(each.type, each.content))),
        fullBox(
          'ipma',
          0,
          u32(1),
          u16(1),
          Buffer.from([properties.length, ...properties.map((_, i) => i + 1)]),
        ),
      ),
    );
  const offset = ftyp.length + meta(0).length + 8;
  return Buffer.concat([ftyp, meta(offset), box('mdat', data)]);
}

const ascii = (text: string) => Buffer.from(text, 'latin1');

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
