/** What kind of file bytes are, by their first bytes: names and declared types are not to be believed. */

/** Formats the decoder reads; the rest are known so that the user can be told what to change. */
export type PhotoFormat = 'jpeg' | 'png' | 'webp' | 'heic' | 'other';

/** Brands of ISO media files (ISO/IEC 23008-12) that phones write for HEIC. */
const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']);

/** The format of a file, from its first 12 bytes. */
export function photoFormat(bytes: Buffer): PhotoFormat {
  const ascii = (from: number, to: number) => bytes.toString('latin1', from, to);
  if (ascii(0, 3) === '\xff\xd8\xff') return 'jpeg';
  if (ascii(0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return 'webp';
  if (ascii(4, 8) === 'ftyp' && HEIC_BRANDS.has(ascii(8, 12))) return 'heic';
  return 'other';
}
