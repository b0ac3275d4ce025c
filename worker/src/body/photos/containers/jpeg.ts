/** Reads a JPEG (ITU-T T.81, annex B) and keeps the segments that affect the pixels of its first picture. */

import type { PhotoFile } from './container.ts';
import { damaged, FileFault, MOST_PARTS, MOST_PROFILE_BYTES } from './file-fault.ts';
import { type Exif, NO_EXIF, readExif } from './exif.ts';

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP1 = 0xe1;
const APP2 = 0xe2;
const ADOBE = 0xee;

/** The frames that cameras write: baseline, extended and progressive. */
const FRAMES = new Set([0xc0, 0xc1, 0xc2]);
const PROGRESSIVE = 0xc2;
/** Frames in other codings: lossless, hierarchical and arithmetic. */
const OTHER_FRAMES = new Set([0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);

/** Tables, restart interval and number of lines. With frames and scans these are all the segments that affect pixels. */
const TABLES = new Set([0xc4, 0xdb, 0xdc, 0xdd]);

/** The most scans of a picture: ten are usual in a progressive one, and a decoder goes over the whole picture for each. */
const MOST_SCANS = 40;

const isRestart = (marker: number) => marker >= 0xd0 && marker <= 0xd7;

/**
 * The first picture of the file. Left out are everything after the picture's end (a gain map, a second view, a video),
 * comments, thumbnails, positions, and everything else that applications write. When the file breaks off within a scan, the
 * end marker is added. Throws FileFault.
 */
export function readJpeg(bytes: Buffer): PhotoFile {
  const kept: Buffer[] = [bytes.subarray(0, 2)];
  let size: { width: number; height: number } | undefined;
  let exif: Exif | undefined;
  let progressive = false;
  let scans = 0;
  let at = 2;
  let ended = false;
  for (let parts = 0; !ended && at < bytes.length; parts++) {
    if (parts > MOST_PARTS) throw damaged('a JPEG with too many segments');
    if (bytes[at] !== 0xff) throw damaged('no marker where a segment should begin');
    // Any number of fill bytes may stand before a marker.
    let start = at + 1;
    while (bytes[start] === 0xff) start++;
    const marker = bytes[start];
    if (marker === undefined) break;
    if (marker === EOI) {
      kept.push(bytes.subarray(start - 1, start + 1));
      ended = true;
      break;
    }
    if (marker === SOI || marker === 0 || marker === 0x01 || isRestart(marker)) {
      throw damaged('a marker that does not belong there');
    }
    const end = start + 1 + (start + 3 <= bytes.length ? bytes.readUInt16BE(start + 1) : 0);
    if (end < start + 3 || end > bytes.length) {
      // This is never forgiven: a file that only breaks off within the data of its last scan has all its segments whole.
      throw damaged('a segment that breaks off');
    }
    const segment = bytes.subarray(start - 1, end);
    const content = bytes.subarray(start + 3, end);
    at = end;
    if (OTHER_FRAMES.has(marker)) throw new FileFault('unsupported', 'a coding that cameras do not use');
    if (FRAMES.has(marker)) {
      if (size || content.length < 6) throw damaged('not one frame');
      size = { height: content.readUInt16BE(1), width: content.readUInt16BE(3) };
      progressive = marker === PROGRESSIVE;
      kept.push(segment);
    } else if (marker === SOS) {
      if (!size) throw damaged('a scan before its frame');
      if (++scans > MOST_SCANS) throw damaged('a JPEG with too many scans');
      at = endOfScan(bytes, end);
      kept.push(segment, bytes.subarray(end, at));
    } else if (TABLES.has(marker) || marker === ADOBE) {
      kept.push(segment);
    } else if (marker === APP1 && content.toString('latin1', 0, 6) === 'Exif\0\0') {
      exif ??= readExif(content.subarray(6));
    } else if (marker === APP2 && isWholeProfile(content)) {
      kept.push(segment);
    }
  }
  if (!size || scans === 0) throw damaged('no picture');
  if (size.width === 0 || size.height === 0) throw damaged('a picture without a size');
  if (!ended) kept.push(Buffer.from([0xff, EOI]));
  return {
    format: 'jpeg',
    ...size,
    ...(exif ?? NO_EXIF),
    picture: { kind: 'file', bytes: Buffer.concat(kept), endAdded: !ended, rowByRow: !progressive },
  };
}

/** The offset at which the data of a scan ends: at the next marker that is not a restart marker, or at the end of the file. */
function endOfScan(bytes: Buffer, from: number): number {
  let at = from;
  for (;;) {
    const found = bytes.indexOf(0xff, at);
    // A single 0xff at the end of the file is the first half of a marker.
    if (found < 0 || found + 1 >= bytes.length) return found < 0 ? bytes.length : found;
    const next = bytes[found + 1]!;
    if (next !== 0 && next !== 0xff && !isRestart(next)) return found;
    at = found + (next === 0xff ? 1 : 2);
  }
}

/** True for a colour profile in one piece (ICC.1, annex B.4) that is small enough. */
function isWholeProfile(content: Buffer): boolean {
  return (
    content.toString('latin1', 0, 12) === 'ICC_PROFILE\0' &&
    content[13] === 1 &&
    content.length <= MOST_PROFILE_BYTES
  );
}
