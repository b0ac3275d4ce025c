/** Reads a WebP (RFC 9649) and keeps the chunks that affect pixels. */

import type { PhotoFile } from './container.ts';
import { damaged, FileFault, MOST_PARTS, MOST_PROFILE_BYTES } from './file-fault.ts';
import { type Exif, NO_EXIF, readExif } from './exif.ts';

/** Flags of the extended header. */
const FLAG = { animation: 0x02, alpha: 0x10, profile: 0x20 } as const;

/** Leaves out EXIF, XMP and unknown chunks, and whatever comes after the end. Throws FileFault. */
export function readWebp(bytes: Buffer): PhotoFile {
  const end = Math.min(bytes.length, 8 + bytes.readUInt32LE(4));
  let extended: Buffer | undefined;
  const colour: Buffer[] = [];
  let picture: { chunk: Buffer; width: number; height: number } | undefined;
  let exif: Exif = NO_EXIF;
  let at = 12;
  for (let parts = 0; at + 8 <= end; parts++) {
    if (parts > MOST_PARTS) throw damaged('a WebP with too many chunks');
    const type = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const next = at + 8 + length + (length % 2);
    if (at + 8 + length > end) throw damaged('a chunk that breaks off');
    const content = bytes.subarray(at + 8, at + 8 + length);
    const chunk = bytes.subarray(at, next);
    if (type === 'VP8X' && length >= 10) extended = content;
    else if (type === 'ANIM' || type === 'ANMF') throw new FileFault('animation', 'an animated WebP');
    else if ((type === 'VP8 ' || type === 'VP8L') && !picture) {
      picture = { chunk, ...(type === 'VP8 ' ? lossySize(content) : losslessSize(content)) };
    } else if (type === 'ALPH' && !picture) colour.push(chunk);
    else if (type === 'ICCP' && length <= MOST_PROFILE_BYTES) colour.unshift(chunk);
    else if (type === 'EXIF') {
      const prefix = content.toString('latin1', 0, 6) === 'Exif\0\0' ? 6 : 0;
      exif = readExif(content.subarray(prefix));
    }
    at = next;
  }
  if (extended && extended[0]! & FLAG.animation) throw new FileFault('animation', 'an animated WebP');
  if (!picture) throw damaged('no picture');
  const { width, height } = picture;
  if (width === 0 || height === 0) throw damaged('a picture without a size');
  const chunks = extended ? [headerOf(extended, colour), ...colour, picture.chunk] : [picture.chunk];
  const body = Buffer.concat(chunks);
  const riff = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  riff.writeUInt32LE(4 + body.length, 4);
  return {
    format: 'webp',
    width,
    height,
    ...exif,
    picture: { kind: 'file', bytes: Buffer.concat([riff, body]), endAdded: false, rowByRow: false },
  };
}

/** The extended header, with flags for the chunks that were kept. */
function headerOf(extended: Buffer, kept: readonly Buffer[]): Buffer {
  const has = (type: string) => kept.some((chunk) => chunk.toString('latin1', 0, 4) === type);
  const header = Buffer.concat([Buffer.from('VP8X\x0a\0\0\0', 'latin1'), extended.subarray(0, 10)]);
  header[8] = (has('ICCP') ? FLAG.profile : 0) | (has('ALPH') ? FLAG.alpha : extended[0]! & FLAG.alpha);
  return header;
}

function lossySize(content: Buffer) {
  if (content.length < 10 || content.readUIntLE(3, 3) !== 0x2a019d) throw damaged('no frame header');
  return { width: content.readUInt16LE(6) & 0x3fff, height: content.readUInt16LE(8) & 0x3fff };
}

function losslessSize(content: Buffer) {
  if (content.length < 5 || content[0] !== 0x2f) throw damaged('no frame header');
  const bits = content.readUInt32LE(1);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}
