/**
 * What the readers in this folder report of a photo's file before any decoder gets it. The readers decode no pixel, and their
 * time is linear in the length of the file.
 */

import type { Box } from './boxes.ts';
import type { Orientation, Taken } from './exif.ts';

/** The contents of a photo's file. */
export interface PhotoFile {
  readonly format: 'jpeg' | 'png' | 'webp' | 'heic' | 'avif';
  /** The stored size (px), before the picture is turned by `orientation`. */
  readonly width: number;
  readonly height: number;
  readonly orientation: Orientation;
  /** When the photo was taken, if the camera wrote it. */
  readonly taken: Taken;
  readonly picture: FilePicture | HeifPicture;
}

/** A picture that a decoder reads as one file. Its bytes contain only the parts that affect pixels. */
export interface FilePicture {
  readonly kind: 'file';
  readonly bytes: Buffer;
  /** True when the file broke off and the reader added the end marker. Only a complete picture is then accepted. */
  readonly endAdded: boolean;
  /** True when it can be decoded row by row; otherwise the whole picture has to be in memory at once. */
  readonly rowByRow: boolean;
}

/** A picture in coded tiles, without thumbnails, depth, gain maps and whatever else a phone stores beside the picture. */
export interface HeifPicture {
  readonly kind: 'tiles';
  readonly codec: 'hevc' | 'av1';
  readonly columns: number;
  readonly rows: number;
  /** The tiles row by row, all of the same size (px). What lies beyond the picture's right and lower edge is cut off. */
  readonly tiles: readonly Tile[];
  readonly tileWidth: number;
  readonly tileHeight: number;
  /** The part of the stored picture that is shown (px); all of it when absent. */
  readonly clip?: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
  /**
   * The ICC profile of the picture's colours, or the name of a profile; sRGB when absent. The tiles do not contain it, so
   * that no decoder applies it.
   */
  readonly colours?: Buffer | 'display-p3';
}

export interface Tile {
  readonly data: Buffer;
  /** The boxes that a decoder needs beside the data: the decoder's configuration, and how colours are coded. */
  readonly properties: readonly Box[];
}
