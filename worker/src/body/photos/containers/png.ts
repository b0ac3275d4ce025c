/** Reads a PNG (ISO/IEC 15948) and keeps the chunks that affect pixels. */

import type { PhotoFile } from './container.ts';
import { damaged, FileFault, MOST_PARTS, MOST_PROFILE_BYTES } from './file-fault.ts';
import { type Exif, NO_EXIF, readExif } from './exif.ts';

/** Small chunks on which colours depend. A small `iCCP` is kept, too. */
const COLOUR = new Set(['tRNS', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'cICP']);
const CRITICAL = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND']);
const ANIMATION = new Set(['acTL', 'fcTL', 'fdAT']);

/** The largest chunk of these types that is kept (bytes): the transparency of a palette has at most 256 entries. */
const MOST_COLOUR_BYTES = 1024;

/** Leaves out text, times, private and unknown chunks, and whatever comes after the end chunk. Throws FileFault. */
export function readPng(bytes: Buffer): PhotoFile {
  const kept: Buffer[] = [bytes.subarray(0, 8)];
  let header: Buffer | undefined;
  let exif: Exif = NO_EXIF;
  let [ended, data] = [false, false];
  let at = 8;
  for (let parts = 0; !ended; parts++) {
    if (parts > MOST_PARTS) throw damaged('a PNG with too many chunks');
    if (at + 12 > bytes.length) throw damaged('a PNG that breaks off');
    const length = bytes.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > bytes.length) throw damaged('a chunk that breaks off');
    const type = bytes.toString('latin1', at + 4, at + 8);
    const content = bytes.subarray(at + 8, at + 8 + length);
    if (parts === 0) {
      if (type !== 'IHDR' || length !== 13) throw damaged('no header where it should be');
      header = content;
    }
    if (ANIMATION.has(type)) throw new FileFault('animation', 'an animated PNG');
    if (CRITICAL.has(type)) kept.push(bytes.subarray(at, end));
    else if (COLOUR.has(type) && length <= MOST_COLOUR_BYTES) kept.push(bytes.subarray(at, end));
    else if (type === 'iCCP' && length <= MOST_PROFILE_BYTES) kept.push(bytes.subarray(at, end));
    else if (type === 'eXIf') exif = readExif(content);
    // A capital first letter marks a critical chunk: a decoder that does not know the chunk must stop.
    else if (type < 'a') throw new FileFault('unsupported', 'an unknown critical chunk');
    data ||= type === 'IDAT';
    ended = type === 'IEND';
    at = end;
  }
  const [width, height, interlaced] = [header!.readUInt32BE(0), header!.readUInt32BE(4), header![12] !== 0];
  if (!data || width === 0 || height === 0) throw damaged('no picture');
  return {
    format: 'png',
    width,
    height,
    ...exif,
    picture: { kind: 'file', bytes: Buffer.concat(kept), endAdded: false, rowByRow: !interlaced },
  };
}
