/** The error for a photo's file that is not read, and the limits of how much of a file's structure is read. */

/** Why a file is not read. */
export type FileFaultReason =
  /** The structure of the file breaks off or contradicts itself. */
  | 'damaged'
  /** The file holds an animation. */
  | 'animation'
  /** The picture is coded in a way that no camera uses, or that the readers do not support. */
  | 'unsupported';

/** Thrown by the readers. The message is for developers and quotes nothing from the file. */
export class FileFault extends Error {
  readonly reason: FileFaultReason;

  constructor(reason: FileFaultReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

export const damaged = (message: string) => new FileFault('damaged', message);

/** The largest colour profile that is passed to the decoder (bytes): Display P3 and sRGB take 0.5 to 3 KB. */
export const MOST_PROFILE_BYTES = 8 * 1024;

/** The most parts (segments, chunks or boxes) that a file may have: phones write up to some hundreds. */
export const MOST_PARTS = 20_000;
