/** Reads two facts from a photo's EXIF: its orientation, and when it was taken. */

/** EXIF's orientation, from 1 (stored upright) to 8: the turn and mirror that show a stored picture upright. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** When a photo was taken, by the camera's clock, without a time zone (YYYY-MM-DDTHH:MM:SS); absent when unknown. */
export interface Taken {
  readonly at?: string;
}

export interface Exif {
  readonly orientation: Orientation;
  readonly taken: Taken;
}

export const NO_EXIF: Exif = { orientation: 1, taken: {} };

/** The most entries of a directory that are read: cameras write up to about sixty. */
const MOST_ENTRIES = 200;

const TAG = { orientation: 0x0112, exifDirectory: 0x8769, takenAt: 0x9003 } as const;

/**
 * Reads a TIFF block (EXIF 2.32, 4.6): its first directory and the EXIF directory to which that points. A value that cannot
 * be read counts as absent; nothing is thrown.
 */
export function readExif(tiff: Buffer): Exif {
  const order = tiff.toString('latin1', 0, 2);
  if (tiff.length < 8 || (order !== 'II' && order !== 'MM')) return NO_EXIF;
  const little = order === 'II';
  const u16 = (at: number) =>
    at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
  const u32 = (at: number) =>
    at + 4 > tiff.length ? 0 : little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at);

  /** The offset of a tag's value field; 0 when the directory does not have the tag. */
  const valueOf = (directory: number, tag: number): number => {
    const entries = Math.min(u16(directory), MOST_ENTRIES);
    for (let i = 0; i < entries; i++) {
      const entry = directory + 2 + 12 * i;
      if (u16(entry) === tag) return entry + 8;
    }
    return 0;
  };

  const first = u32(4);
  const stored = u16(valueOf(first, TAG.orientation) || tiff.length);
  const orientation = (stored >= 1 && stored <= 8 ? stored : 1) as Orientation;
  const directory = u32(valueOf(first, TAG.exifDirectory) || tiff.length);
  const place = directory && u32(valueOf(directory, TAG.takenAt) || tiff.length);
  const text = place ? tiff.toString('latin1', place, place + 19) : '';
  const match = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/.exec(text);
  return { orientation, taken: match ? { at: `${match[1]}-${match[2]}-${match[3]}T${match[4]}` } : {} };
}
