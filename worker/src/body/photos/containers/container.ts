/** What our own readers say of a photo's file before any decoder sees it. They touch no pixel and are linear in the file's length. */

import type { HeifPicture } from './heif.ts';
import type { Taken } from './exif.ts';

/** How a picture is stored against how it is to be seen: EXIF's orientation, 1 (upright) to 8. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

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

/** Why a file is not read. */
export type FileFaultReason =
  /** Its structure breaks off or contradicts itself. */
  | 'damaged'
  /** More than one picture in time. */
  | 'animation'
  /** A kind of coding that no camera writes, or that is not read here. */
  | 'unsupported';

/** Thrown by the readers; the message is for developers and quotes nothing of the file. */
export class FileFault extends Error {
  readonly reason: FileFaultReason;

  constructor(reason: FileFaultReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

export const damaged = (message: string) => new FileFault('damaged', message);

/** Colour profiles up to here go to the decoder (bytes): Display P3 and sRGB take 0.5 to 3 KB. */
export const MOST_PROFILE_BYTES = 8 * 1024;

/** Parts that a file may have (segments, chunks or boxes): phones write up to some hundred. */
export const MOST_PARTS = 20_000;
