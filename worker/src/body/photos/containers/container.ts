/** What our own readers say of a photo's file before any decoder sees it. They touch no pixel and are linear in the file's length. */

import type { Box } from './boxes.ts';
import type { Orientation, Taken } from './exif.ts';

/** One photo's file, walked from end to end. */
export interface PhotoFile {
  readonly format: 'jpeg' | 'png' | 'webp' | 'heic' | 'avif';
  /** As stored (px), before it is turned by `orientation`. */
  readonly width: number;
  readonly height: number;
  readonly orientation: Orientation;
  /** When and with what it was taken, as far as the camera wrote it. */
  readonly taken: Taken;
  readonly picture: FilePicture | HeifPicture;
}

/** A picture that a decoder reads as one file, without anything that does not make pixels. */
export interface FilePicture {
  readonly kind: 'file';
  readonly bytes: Buffer;
  /** Whether the file had ended before its end marker: then only a whole picture may be believed. */
  readonly endAdded: boolean;
  /** Whether it can be decoded row by row, or all of it has to be in memory at once. */
  readonly rowByRow: boolean;
}

/** A picture in coded pieces. Thumbnails, depth, gain maps and whatever else a phone stores beside it are not in it. */
export interface HeifPicture {
  readonly kind: 'tiles';
  readonly codec: 'hevc' | 'av1';
  readonly columns: number;
  readonly rows: number;
  /** Row by row, each of the same size (px); what hangs over the picture's right and lower edge is cut off. */
  readonly tiles: readonly Tile[];
  readonly tileWidth: number;
  readonly tileHeight: number;
  /** The part that is to be seen (px, as stored); all of it when absent. */
  readonly clip?: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
  /** An ICC profile of its colours, or the name of one; sRGB when absent. No tile names it, so that no decoder heeds it. */
  readonly colours?: Buffer | 'display-p3';
}

export interface Tile {
  readonly data: Buffer;
  /** Boxes that a decoder needs beside the data: its configuration, and how colours are coded. */
  readonly properties: readonly Box[];
}
