/**
 * Writes pixels and their colour profile into one file, so that sharp can convert the colours. With raw pixels, sharp takes
 * no profile.
 */

import type { Pixels } from './decode-tiles.ts';

/** Field types of TIFF 6.0, section 2. */
const [SHORT, LONG, UNDEFINED] = [3, 4, 7];

/** An uncompressed TIFF (TIFF 6.0, section 6) of RGB pixels with an ICC profile (ICC.1:2022, B.4). */
export function tiffOf({ data, width, height }: Pixels, profile: Buffer): Buffer {
  const fields = 10;
  const bits = 8 + 2 + 12 * fields + 4;
  const profileAt = bits + 6;
  const head = Buffer.alloc(profileAt);
  head.write('II*\0', 'latin1');
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(fields, 8);
  // Tag, type, count, and the value or its offset.
  const table = [
    [256, LONG, 1, width],
    [257, LONG, 1, height],
    [258, SHORT, 3, bits],
    [259, SHORT, 1, 1],
    [262, SHORT, 1, 2],
    [273, LONG, 1, profileAt + profile.length],
    [277, SHORT, 1, 3],
    [278, LONG, 1, height],
    [279, LONG, 1, data.length],
    [34675, UNDEFINED, profile.length, profileAt],
  ] as const;
  for (const [i, [tag, type, count, value]] of table.entries()) {
    const at = 10 + 12 * i;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type!, at + 2);
    head.writeUInt32LE(count, at + 4);
    // A short value is stored in the first of the field's four bytes. In little-endian order, that is the same as a long
    // value.
    head.writeUInt32LE(value, at + 8);
  }
  for (const i of [0, 1, 2]) head.writeUInt16LE(8, bits + 2 * i);
  return Buffer.concat([head, profile, data]);
}
