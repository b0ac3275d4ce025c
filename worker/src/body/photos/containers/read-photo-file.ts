/** Reads a photo's file. Its kind comes from its first bytes, since file names and declared types may be wrong. */

import type { PhotoFile } from './container.ts';
import { FileFault } from './file-fault.ts';
import { readHeif } from './heif.ts';
import { readJpeg } from './jpeg.ts';
import { readPng } from './png.ts';
import { readWebp } from './webp.ts';

/** Kinds of file: those that are read; `jxl` and `dng`, which users may send and are told by name; and `other`. */
export type PhotoKind = PhotoFile['format'] | 'jxl' | 'dng' | 'other';

/** Brands of ISO media files that hold HEVC or AV1 pictures (ISO/IEC 23008-12, AV1 Image File Format). */
const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']);
const AVIF_BRANDS = new Set(['avif', 'avis']);

/** The kind of a file, by its first bytes. */
export function photoKind(bytes: Buffer): PhotoKind {
  const ascii = (from: number, to: number) => bytes.toString('latin1', from, to);
  if (ascii(0, 3) === '\xff\xd8\xff') return 'jpeg';
  if (ascii(0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return 'webp';
  if (ascii(0, 2) === '\xff\x0a' || ascii(4, 12) === 'JXL \r\n\x87\n') return 'jxl';
  if (ascii(0, 4) === 'II*\0' || ascii(0, 4) === 'MM\0*') return 'dng';
  if (ascii(4, 8) === 'ftyp') {
    // Reads the compatible brands, too, since the brand `mif1` does not tell the coding.
    const length = Math.min(bytes.readUInt32BE(0), 128, bytes.length);
    const brands = [ascii(8, 12)];
    for (let at = 16; at + 4 <= length; at += 4) brands.push(ascii(at, at + 4));
    if (brands.some((brand) => AVIF_BRANDS.has(brand))) return 'avif';
    if (brands.some((brand) => HEIC_BRANDS.has(brand))) return 'heic';
  }
  return 'other';
}

/** Reads a file of this kind. Throws FileFault. */
export function readPhotoFile(bytes: Buffer, kind: PhotoFile['format']): PhotoFile {
  try {
    if (kind === 'jpeg') return readJpeg(bytes);
    if (kind === 'png') return readPng(bytes);
    if (kind === 'webp') return readWebp(bytes);
    return readHeif(bytes, kind);
  } catch (error) {
    if (error instanceof FileFault) throw error;
    // Buffer throws RangeError when a number lies beyond the end of the bytes.
    throw new FileFault('damaged', 'a file that breaks off', { cause: error });
  }
}
